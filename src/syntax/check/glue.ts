/** Reserved words of bash(1) that may stand between the leaves of a tree. */
const RESERVED: ReadonlySet<string> = new Set(
  "if then elif else fi for in do done while until case esac select function coproc { } ! [[ ]]".split(" "),
);

/**
 * Whether source[from, to) holds nothing but blanks, operators, reserved words and comments.
 * `follows`: a word ends at `from`. `open`: what starts at `to` may touch a word before it.
 */
export function isGlue(source: string, from: number, to: number, follows: boolean, open: boolean): boolean {
  if (to - from === 1 && source.charCodeAt(from) === 32) return true;
  // After a word only a blank or an operator may come.
  let bound = follows;
  let at = from;
  while (at < to) {
    const code = source.charCodeAt(at);
    if (isSeparator(code)) {
      bound = false;
      at += 1;
    } else if (code === 92 && source.charCodeAt(at + 1) === 10) at += 2;
    else if (bound) return false;
    else if (code === 35) {
      const newline = source.indexOf("\n", at);
      at = newline === -1 || newline > to ? to : newline;
    } else {
      const end = tokenEnd(source, at, to);
      if (!RESERVED.has(withoutContinuations(source.slice(at, end)))) return false;
      at = end;
      bound = true;
    }
  }
  return !bound || open;
}

/** Blanks, newline and `;`, `&`, `|`, `(`, `)`. */
function isSeparator(code: number): boolean {
  switch (code) {
    case 9:
    case 10:
    case 32:
    case 38:
    case 40:
    case 41:
    case 59:
    case 124:
      return true;
    default:
      return false;
  }
}

function tokenEnd(source: string, from: number, to: number): number {
  let at = from;
  while (at < to && !isSeparator(source.charCodeAt(at))) at += source.startsWith("\\\n", at) ? 2 : 1;
  return Math.min(at, to);
}

function withoutContinuations(text: string): string {
  return text.includes("\\") ? text.replaceAll("\\\n", "") : text;
}
