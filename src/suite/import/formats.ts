import { atomicRedTeam } from "./atomic-red-team.ts";
import { claudeCode } from "./claude-code.ts";
import { codex } from "./codex.ts";
import { dcg } from "./dcg.ts";
import { falco } from "./falco.ts";
import type { Importer } from "./gathering.ts";
import { gtfobins } from "./gtfobins.ts";
import { jsonl } from "./jsonl.ts";
import { semgrep } from "./semgrep.ts";
import { shellHistory } from "./shell-history.ts";
import { text } from "./text.ts";

export const IMPORTERS: readonly Importer[] = [
  gtfobins,
  atomicRedTeam,
  falco,
  semgrep,
  dcg,
  text,
  jsonl,
  shellHistory,
  claudeCode,
  codex,
];
