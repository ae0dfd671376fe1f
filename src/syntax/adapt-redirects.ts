import { adaptDocument, delimiterWord } from "./adapt-documents.ts";
import { adaptWord, wordOver } from "./adapt-words.ts";
import type { Redirect, Word } from "./ast.ts";
import { checkDocument } from "./check/documents.ts";
import { checkRest, checkTwice } from "./check/redirects.ts";
import { type Reading, spanOf } from "./reading.ts";
import type * as tree from "./tree.ts";

/** `rest`: a word that touches the redirect, as the k1 of `2>&-k1`. */
interface Redirected {
  readonly redirect: Redirect;
  readonly rest?: Word;
}

export function adaptRedirects(reading: Reading, nodes: readonly tree.Redirection[]): Redirect[] {
  return nodes.map((node) => adaptRedirect(reading, node).redirect);
}

export function adaptRedirect(reading: Reading, node: tree.Redirection): Redirected {
  const base = { operator: node.operator, span: spanOf(reading, node.pos, node.end), ...descriptor(node) };
  if (node.type === "HereDoc") {
    checkDocument(reading, node);
    const target = delimiterWord(reading, node);
    return { redirect: { target, body: adaptDocument(reading, node), ...base } };
  }
  const word = node.target;
  if (word === undefined) return { redirect: { ...base, target: { parts: [], span: spanOf(reading, node.end, node.end) } } };
  const rest = restStart(reading, node, word);
  if (rest === undefined) {
    checkTwice(reading, node.operator, word);
    return { redirect: { target: adaptWord(reading, word), ...base } };
  }
  const target = wordOver(reading, [], word.pos, rest);
  const span = spanOf(reading, node.pos, rest);
  checkRest(reading, rest, word.end);
  return { redirect: { ...base, target, span }, rest: wordOver(reading, word.parts ?? [], rest, word.end) };
}

/** Where a word begins right after the `-` of `>& -`, which is a token of its own; undefined if none does. */
function restStart(reading: Reading, node: tree.Redirect | tree.HereString, word: tree.Word): number | undefined {
  if ((node.operator !== ">&" && node.operator !== "<&") || reading.source[word.pos] !== "-") return undefined;
  let at = word.pos + 1;
  while (reading.source.startsWith("\\\n", at)) at += 2;
  return at < word.end ? at : undefined;
}

function descriptor(node: tree.Redirection): { fd?: number; variable?: string } {
  if (node.descriptor === undefined) return {};
  return node.descriptor.type === "FileDescriptor" ? { fd: node.descriptor.value } : { variable: node.descriptor.name };
}
