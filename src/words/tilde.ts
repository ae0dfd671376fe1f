import { exact, unknown, type Value } from "../model/value.ts";
import { type Fragment, fragment } from "./fragments.ts";
import { variableOf, type Work } from "./work.ts";

/**
 * Where a tilde is active: at the start; in a `word`, after the `=` and each `:` too if it begins like an assignment; in a
 * `value` that is assigned, after each `:` too.
 */
export type TildePosition = "none" | "start" | "word" | "value";

/** Splits literal text into fragments, tildes expanded. `last`: nothing follows the text in its word. */
export function tildes(text: string, position: TildePosition, first: boolean, last: boolean, work: Work): readonly Fragment[] {
  if (position === "none" || !text.includes("~")) return [fragment("literal", exact(text))];
  const out: Fragment[] = [];
  let done = 0;
  for (const start of startsOf(text, position, first)) {
    const end = endOf(text, start, position);
    if (end === text.length && !last) continue;
    const value = tilde(text.slice(start, end), work);
    if (!value) continue;
    if (start > done) out.push(fragment("literal", exact(text.slice(done, start))));
    out.push(fragment("quoted", value));
    done = end;
  }
  if (done < text.length) out.push(fragment("literal", exact(text.slice(done))));
  return out;
}

function startsOf(text: string, position: TildePosition, first: boolean): readonly number[] {
  const starts: number[] = [];
  for (let i = text.indexOf("~"); i >= 0; i = text.indexOf("~", i + 1)) {
    const before = text[i - 1];
    if (i === 0 ? first : position === "value" && (before === ":" || (before === "=" && isName(text.slice(0, i - 1)))))
      starts.push(i);
  }
  return starts;
}

function endOf(text: string, start: number, position: TildePosition): number {
  let end = start;
  while (end < text.length && text[end] !== "/" && (position !== "value" || text[end] !== ":")) end++;
  return end;
}

/** `name=` before a tilde; bash takes the `+=` of an append too. */
const isName = (text: string): boolean => text.length < 256 && /^[A-Za-z_][A-Za-z0-9_]*\+?$/.test(text);

/** Does the word begin like an assignment? `make PREFIX=~/x` expands, `--prefix=~/x` does not. */
export function beginsAssignment(text: string): boolean {
  const equals = text.indexOf("=");
  return equals > 0 && isName(text.slice(0, equals));
}

function tilde(prefix: string, work: Work): Value | undefined {
  const who = prefix.slice(1);
  if (who === "") return variableOf(work, "HOME")?.value ?? unknown("operator", "HOME");
  if (who === "+") return variableOf(work, "PWD")?.value ?? unknown("operator", "PWD");
  if (who === "-") return variableOf(work, "OLDPWD")?.value ?? unknown("operator", "OLDPWD");
  return who.length < 64 && /^[-+]?[A-Za-z0-9_][-A-Za-z0-9_.]*\$?$/.test(who) ? unknown("operator", prefix) : undefined;
}
