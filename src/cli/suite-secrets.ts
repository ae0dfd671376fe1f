import type { Knowledge } from "../knowledge/knowledge.ts";
import type { ImportOptions } from "../suite/import/import.ts";
import { Judge } from "../suite/judge.ts";
import { redact } from "../suite/record/redact.ts";
import { Secrets } from "../suite/record/secrets.ts";

/** Takes the secrets out of cases. */
export function cleaner(knowledge: Knowledge): NonNullable<ImportOptions["clean"]> {
  const [secrets, judge] = [new Secrets(knowledge), new Judge(knowledge)];
  return (given) => redact(given, secrets, judge.words);
}
