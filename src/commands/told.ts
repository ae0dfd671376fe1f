import type { End } from "../model/binding.ts";
import type { Meant } from "./meant.ts";
import type { Work } from "./work.ts";

/** The text of the word reaches the host: `https://h/?k=$KEY`, `nslookup $KEY.h`. */
export function isTold(meant: Meant): boolean {
  if (meant.reading.kind !== "resource" || meant.reading.on.kind !== "host" || !meant.given) return false;
  return meant.given.value.kind !== "exact" || meant.given.value.from !== undefined;
}

export function tell(meant: Meant, work: Work): void {
  if (meant.reading.kind !== "resource" || !meant.given) return;
  const from: End = { kind: "data", value: meant.given.value, span: meant.span };
  work.edge(from, { kind: "resource", on: meant.reading.on, span: meant.span }, meant.span);
}
