const CONTROL = /[\0-\x1f\x7f]/;
const NAMED: ReadonlyMap<string, string> = new Map([
  ["\x07", "\\a"],
  ["\b", "\\b"],
  ["\t", "\\t"],
  ["\n", "\\n"],
  ["\v", "\\v"],
  ["\f", "\\f"],
  ["\r", "\\r"],
  ["\x1b", "\\E"],
  ["\\", "\\\\"],
  ["'", "\\'"],
]);

/** Text as bash writes it to be read again: `'it'\''s'`, `$'a\nb'`. */
export function quote(text: string): string {
  if (!CONTROL.test(text)) return `'${text.replaceAll("'", "'\\''")}'`;
  return `$'${Array.from(text, ansi).join("")}'`;
}

function ansi(char: string): string {
  const named = NAMED.get(char);
  if (named !== undefined) return named;
  return CONTROL.test(char) ? `\\${char.charCodeAt(0).toString(8).padStart(3, "0")}` : char;
}

export const quoteDouble = (text: string): string =>
  CONTROL.test(text) ? quote(text) : `"${text.replace(/["$`\\]/g, (char) => `\\${char}`)}"`;
