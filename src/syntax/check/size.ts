import { LIMITS } from "../../model/limits.ts";

/** Why only a part of a text is read, and where that part ends: at the end of a line. */
export interface Cut {
  readonly at: number;
  readonly text: string;
}

export function cutToSize(text: string): Cut | undefined {
  if (text.length > LIMITS.inputLength) {
    return { at: lineBefore(text, LIMITS.inputLength), text: `more than ${LIMITS.inputLength} characters` };
  }
  // Each opener has at least one character.
  if (text.length <= LIMITS.openers) return undefined;
  const at = openerNumber(text, LIMITS.openers + 1);
  return at === -1 ? undefined : { at: lineBefore(text, at), text: `more than ${LIMITS.openers} substitutions` };
}

export function lineBefore(text: string, at: number): number {
  return text.lastIndexOf("\n", at - 1) + 1;
}

/** Where the nth of `$(`, `${`, `$[`, `<(`, `>(`, backtick, `((` and `<<` stands, or -1. */
function openerNumber(text: string, nth: number): number {
  let count = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (!isOpener(text, at)) continue;
    count += 1;
    if (count === nth) return at;
  }
  return -1;
}

function isOpener(text: string, at: number): boolean {
  const next = text.charCodeAt(at + 1);
  switch (text.charCodeAt(at)) {
    case 96:
      return true;
    case 36:
      return next === 40 || next === 123 || next === 91;
    case 40:
    case 62:
      return next === 40;
    case 60:
      return next === 40 || next === 60;
    default:
      return false;
  }
}
