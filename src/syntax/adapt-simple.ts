import { adaptArgumentAssignment, adaptAssignment } from "./adapt-assignments.ts";
import { adaptRedirect } from "./adapt-redirects.ts";
import { adaptWord } from "./adapt-words.ts";
import type { Assignment, Redirect, Simple, Word } from "./ast.ts";
import { checkArrayText } from "./check/declarations.ts";
import { type Reading, spanOf } from "./reading.ts";
import type * as tree from "./tree.ts";

export function emptySimple(reading: Reading, pos: number, end: number): Simple {
  return { kind: "simple", assignments: [], words: [], redirects: [], span: spanOf(reading, pos, end) };
}

export function adaptSimple(reading: Reading, node: tree.Command): Simple {
  const assignments: Assignment[] = [];
  const redirects: Redirect[] = [];
  const words: Word[] = [];
  let lastEnd = -1;
  let declares = false;
  const add = (item: tree.CommandArgument | tree.Redirection) => {
    if (item.type === "Word") {
      const word = adaptWord(reading, item);
      const last = words.at(-1);
      if (last && lastEnd === item.pos) words[words.length - 1] = join(last, word);
      else words.push(word);
      lastEnd = item.end;
    } else if (item.type === "Assignment") {
      words.push(adaptArgumentAssignment(reading, item));
      declares = true;
      lastEnd = -1;
    } else {
      const { redirect, rest } = adaptRedirect(reading, item);
      redirects.push(redirect);
      if (rest) words.push(rest);
      lastEnd = -1;
    }
  };
  for (const item of node.prefix) {
    if (item.type === "Assignment") assignments.push(adaptAssignment(reading, item));
    else add(item);
  }
  if (node.name) add(node.name);
  for (const item of node.suffix) add(item);
  if (declares) checkArrayText(reading, node, words);
  return { kind: "simple", assignments, words, redirects, span: spanOf(reading, node.pos, node.end) };
}

/** The parser ends a word after `<(…)`; the shell does not: `--file=<(c)x` is one word. */
function join(a: Word, b: Word): Word {
  return { parts: [...a.parts, ...b.parts], span: { ...a.span, end: b.span.end } };
}
