import type { Context, Input, Subject } from "../model/subject.ts";

/** What is asked about, checked: exactly one of `command` and `argv`, and text that a shell could receive. */
export type Intake = { readonly subject: Subject } | { readonly problem: string };

/** Problems are said in words; they never throw. */
export function intake(input: Input, context: Context): Intake {
  if ("argv" in input) {
    if (input.argv.length === 0) return { problem: "the argv array is empty" };
    const bad = input.argv.findIndex((argument) => !isPassable(argument));
    return bad < 0
      ? { subject: { input, context } }
      : { problem: `argument ${bad} holds a NUL or half a character, which no program can be given` };
  }
  return { subject: { input, context } };
}

/** exec(3) cannot pass NUL; a lone surrogate has no bytes. */
function isPassable(text: string): boolean {
  return !text.includes("\0") && isWellFormed(text);
}

function isWellFormed(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0xd800 || code > 0xdfff) continue;
    const next = text.charCodeAt(i + 1);
    if (code > 0xdbff || !(next >= 0xdc00 && next <= 0xdfff)) return false;
    i++;
  }
  return true;
}
