import type { Word } from "../ast.ts";
import { type Reading, report } from "../reading.ts";
import type * as tree from "../tree.ts";

const DECLARES: ReadonlySet<string> = new Set(["declare", "typeset", "local", "readonly", "export"]);

/** `declare -a x='($(k1))'`: with an array option the quoted value is read as an array, and expanded, once more. */
export function checkArrayText(reading: Reading, node: tree.Command, words: readonly Word[]): void {
  const [first, ...rest] = words.map(plainText);
  if (first === undefined || !DECLARES.has(first)) return;
  if (!rest.some((text) => text !== undefined && /^[-+][a-zA-Z]*[aA]/.test(text))) return;
  for (const item of node.suffix) {
    if (item.type !== "Assignment" || item.value.type !== "Word") continue;
    const { text } = item.value;
    if (!text.includes("(") || !(text.includes("$") || text.includes("`"))) continue;
    report(reading, `${item.name} is an array, so its text is expanded once more`, item.pos, item.end);
  }
}

function plainText(word: Word): string | undefined {
  const [only, more] = word.parts;
  return only?.kind === "literal" && more === undefined ? only.text : undefined;
}
