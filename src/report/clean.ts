/**
 * Text for a terminal. What is judged is an attacker's text, and so is every path in a message: escape sequences,
 * direction overrides and invisible characters are shown as visible stand-ins, one column each.
 */
export function clean(text: string): string {
  let shown = "";
  for (const char of text) shown += visible(char);
  return shown;
}

function visible(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return "␡";
  if ((code >= 0x80 && code < 0xa0) || isInvisible(code) || (code >= 0xd800 && code <= 0xdfff)) return "�";
  return char;
}

/** Direction marks, zero-width characters, line separators, tags: Unicode categories Cf, Zl and Zp, by block. */
function isInvisible(code: number): boolean {
  return (
    code === 0xad ||
    code === 0x61c ||
    code === 0x180e ||
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x2028 && code <= 0x202e) ||
    (code >= 0x2060 && code <= 0x206f) ||
    code === 0xfeff ||
    (code >= 0xfff9 && code <= 0xfffb) ||
    (code >= 0xe0000 && code <= 0xe007f)
  );
}

/** Columns that a cleaned text takes: 0 for combining marks, 2 for wide characters. */
export function columns(text: string): number {
  let sum = 0;
  for (const char of text) sum += width(char.codePointAt(0) ?? 0);
  return sum;
}

function width(code: number): 0 | 1 | 2 {
  if (code < 0x300) return 1;
  if (code <= 0x36f || (code >= 0x20d0 && code <= 0x20ff) || (code >= 0xfe00 && code <= 0xfe0f)) return 0;
  return isWide(code) ? 2 : 1;
}

/** East Asian Wide and Fullwidth (Unicode UAX #11), and emoji, by block. */
function isWide(code: number): boolean {
  return (
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0x303e) ||
    (code >= 0x3041 && code <= 0xa4cf) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0xffe0 && code <= 0xffe6) ||
    (code >= 0x1f300 && code <= 0x1faff) ||
    (code >= 0x20000 && code <= 0x3fffd)
  );
}
