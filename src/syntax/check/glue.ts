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
    } else if (code === 92 && source.charCodeAt(at + 1) === 10) {
      if (joinsOperator(source, at)) return false;
      while (source.startsWith("\\\n", at)) at += 2;
    } else if (bound) return false;
    else if (code === 35) at = endOfComment(source, at, to);
    else {
      const end = tokenEnd(source, at, to);
      if (!RESERVED.has(withoutContinuations(source.slice(at, end)))) return false;
      at = end;
      bound = true;
    }
  }
  return !bound || (open && !(at === from && continuesDescriptor(source, at)));
}

/** Whether source[from, to) holds nothing but blanks, newlines and comments. `follows`: a word ends at `from`. */
export function isSpace(source: string, from: number, to: number, follows: boolean): boolean {
  let bound = follows;
  let at = from;
  while (at < to) {
    const code = source.charCodeAt(at);
    if (code === 92 && source.charCodeAt(at + 1) === 10) at += 2;
    else if (code === 35 && !bound) at = endOfComment(source, at, to);
    else if (code !== 32 && code !== 9 && code !== 10) return false;
    else {
      bound = false;
      at += 1;
    }
  }
  return true;
}

function endOfComment(source: string, at: number, to: number): number {
  const newline = source.indexOf("\n", at);
  return newline === -1 || newline > to ? to : newline;
}

/** `a &\⏎> f` is `a &> f` for the shell, and `2\⏎> f` is `2> f`. Asked of the first of several continuations. */
function joinsOperator(source: string, at: number): boolean {
  const before = source.charAt(at - 1);
  let next = at + 2;
  while (source.startsWith("\\\n", next)) next += 2;
  const after = source.charAt(next);
  if (after === "<" || after === ">") return before !== "" && "0123456789}&<>".includes(before);
  return before !== "" && after !== "" && "&|;".includes(after) && "&|;<>".includes(before);
}

/** Whether `2` or `{v}` with continuations in it ends at `to`, for the parser a word: `2\⏎>f`. */
function continuesDescriptor(source: string, to: number): boolean {
  let continued = false;
  let last = "";
  for (let at = to; at > 0; ) {
    if (at >= 2 && source.startsWith("\\\n", at - 2)) {
      continued = true;
      at -= 2;
      continue;
    }
    const char = source.charAt(at - 1);
    if (last === "") last = char;
    if (!/[A-Za-z0-9_{}]/.test(char)) break;
    at -= 1;
  }
  return continued && last !== "" && "0123456789}".includes(last);
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
