import { adaptParts } from "./adapt-words.ts";
import type { Part, Word } from "./ast.ts";
import { afford, type Reading, spanOf } from "./reading.ts";
import type * as tree from "./tree.ts";

/** The word after `<<`, quotes removed. */
export function delimiterWord(reading: Reading, node: tree.HereDoc): Word {
  const { delimiter } = node;
  if (delimiter === undefined) return { parts: [], span: spanOf(reading, node.end, node.end) };
  const span = spanOf(reading, delimiter.pos, delimiter.end);
  const text = delimiter.value;
  return { parts: [delimiter.quoted ? { kind: "quoted", text, how: "single", span } : { kind: "literal", text, span }], span };
}

/** The body as one quoted part, or as one double-quoted part: it is expanded, but never split or globbed. */
export function adaptDocument(reading: Reading, node: tree.HereDoc): Word {
  const { pos, end } = node.body;
  const span = spanOf(reading, pos, end);
  const strip = node.operator === "<<-";
  if (node.delimiter?.quoted !== false) {
    const raw = reading.source.slice(pos, end);
    const text = strip ? withoutTabs(raw, true) : raw;
    return { parts: [{ kind: "quoted", text, how: "single", span }], span };
  }
  const parts = adaptParts(reading, afford(reading, pos, end) ? (node.body.parts ?? []) : [], pos, end, "document");
  return { parts: [{ kind: "double", parts: strip ? stripParts(parts) : parts, span }], span };
}

/** `<<-` removes the tabs that begin a line. */
function withoutTabs(text: string, startsLine: boolean): string {
  const lines = text.split("\n");
  return lines.map((line, i) => (i > 0 || startsLine ? line.slice(leadingTabs(line)) : line)).join("\n");
}

function leadingTabs(line: string): number {
  let count = 0;
  while (line[count] === "\t") count += 1;
  return count;
}

function stripParts(parts: readonly Part[]): Part[] {
  return parts.map((part, i) => {
    if (part.kind !== "quoted" || part.how !== "double") return part;
    return { ...part, text: withoutTabs(part.text, i === 0) };
  });
}
