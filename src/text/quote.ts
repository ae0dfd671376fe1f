/** Text as `printf %q` writes it. */
export function shellQuoted(text: string): string {
  if (text === "") return "''";
  if (/[\0-\x1f\x7f]/.test(text)) return `$'${Array.from(text, ansi).join("")}'`;
  return Array.from(text, (char, i) =>
    /^[A-Za-z0-9_@%+=:./\-\u0080-\uffff]$/u.test(char) || char.length > 1 || (char === "#" && i > 0) ? char : `\\${char}`,
  ).join("");
}

const NAMED = new Map([
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

const ansi = (char: string): string =>
  NAMED.get(char) ?? (/[\0-\x1f\x7f]/.test(char) ? `\\${char.charCodeAt(0).toString(8).padStart(3, "0")}` : char);
