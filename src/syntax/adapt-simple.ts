import { adaptArgumentAssignment, adaptAssignment } from "./adapt-assignments.ts";
import { adaptRedirect } from "./adapt-redirects.ts";
import { adaptWord } from "./adapt-words.ts";
import type { Assignment, Part, Redirect, Simple, Word } from "./ast.ts";
import { checkArrayText } from "./check/declarations.ts";
import { type Reading, spanOf } from "./reading.ts";
import type * as tree from "./tree.ts";

export function emptySimple(reading: Reading, pos: number, end: number): Simple {
  return { kind: "simple", assignments: [], words: [], redirects: [], span: spanOf(reading, pos, end) };
}

interface Building {
  readonly assignments: Assignment[];
  readonly redirects: Redirect[];
  readonly words: Word[];
  /** Where the last word ends in the source, unless something else came after it. */
  wordEnd: number;
  /** The parts of the last word, if it was joined. */
  joined: Part[] | undefined;
  declares: boolean;
}

export function adaptSimple(reading: Reading, node: tree.Command): Simple {
  const building: Building = { assignments: [], redirects: [], words: [], wordEnd: -1, joined: undefined, declares: false };
  for (const item of node.prefix) {
    if (item.type !== "Assignment") addRedirect(reading, building, item);
    // After the k1 of `>&-k1 x=1` it is an argument.
    else if (building.words.length > 0) addAssignment(reading, building, item);
    else building.assignments.push(adaptAssignment(reading, item));
  }
  if (node.name) addWord(reading, building, node.name);
  for (const item of node.suffix) {
    if (item.type === "Word") addWord(reading, building, item);
    else if (item.type === "Assignment") addAssignment(reading, building, item);
    else addRedirect(reading, building, item);
  }
  const { assignments, words, redirects } = building;
  if (building.declares) checkArrayText(reading, node, words);
  return { kind: "simple", assignments, words, redirects, span: spanOf(reading, node.pos, node.end) };
}

/** The parser ends a word at `<(…)`; the shell does not: `--file=<(c)x` is one word. */
function addWord(reading: Reading, building: Building, node: tree.Word): void {
  const word = adaptWord(reading, node);
  const { words } = building;
  const last = words.at(-1);
  if (last === undefined || building.wordEnd !== node.pos) {
    words.push(word);
    building.joined = undefined;
  } else {
    building.joined ??= [...last.parts];
    building.joined.push(...word.parts);
    words[words.length - 1] = { parts: building.joined, span: { start: last.span.start, end: word.span.end } };
  }
  building.wordEnd = node.end;
}

function addAssignment(reading: Reading, building: Building, node: tree.Assignment): void {
  building.words.push(adaptArgumentAssignment(reading, node));
  building.declares = true;
  building.wordEnd = -1;
}

function addRedirect(reading: Reading, building: Building, node: tree.Redirection): void {
  const { redirect, rest } = adaptRedirect(reading, node);
  building.redirects.push(redirect);
  if (rest) building.words.push(rest);
  building.wordEnd = -1;
}
