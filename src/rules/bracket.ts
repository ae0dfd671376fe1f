/** The classes of bracket expressions, for ASCII: names of files we have sets for are ASCII. */
const CLASSES: ReadonlyMap<string, (code: number) => boolean> = new Map([
  ["alpha", (c) => isUpper(c) || isLower(c)],
  ["digit", (c) => isDigit(c)],
  ["alnum", (c) => isUpper(c) || isLower(c) || isDigit(c)],
  ["upper", (c) => isUpper(c)],
  ["lower", (c) => isLower(c)],
  ["word", (c) => isUpper(c) || isLower(c) || isDigit(c) || c === 95],
  ["punct", (c) => c > 32 && c < 127 && !isUpper(c) && !isLower(c) && !isDigit(c)],
  ["space", (c) => c === 32 || (c > 8 && c < 14)],
  ["blank", (c) => c === 32 || c === 9],
  ["print", (c) => c > 31 && c < 127],
  ["graph", (c) => c > 32 && c < 127],
  ["cntrl", (c) => c < 32 || c === 127],
  ["xdigit", (c) => isDigit(c) || (c > 64 && c < 71) || (c > 96 && c < 103)],
] as const);

const isUpper = (c: number): boolean => c > 64 && c < 91;
const isLower = (c: number): boolean => c > 96 && c < 123;
const isDigit = (c: number): boolean => c > 47 && c < 58;

/** Whether a character is one of a bracket expression's (`a-f0-9`, `!x`, `[:digit:]`), given without its brackets. */
export function inBracket(set: string, code: number): boolean {
  const negated = set.startsWith("!") || set.startsWith("^");
  for (let i = negated ? 1 : 0; i < set.length; i++) {
    if (set.startsWith("[:", i)) {
      const end = set.indexOf(":]", i + 2);
      const test = end < 0 ? undefined : CLASSES.get(set.slice(i + 2, end));
      if (test) {
        if (test(code)) return !negated;
        i = end + 1;
        continue;
      }
    }
    if (set[i] === "\\" && i + 1 < set.length) i++;
    const low = set.charCodeAt(i);
    const range = set[i + 1] === "-" && i + 2 < set.length;
    const high = range ? set.charCodeAt(i + 2) : low;
    if (range) i += 2;
    if (low <= code && code <= high) return !negated;
  }
  return negated;
}

/** The one character that the expression holds: `[s]` hides an s. */
export function onlyCharacter(set: string): string | undefined {
  return set.length === 1 ? set : undefined;
}
