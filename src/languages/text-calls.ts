/** A call whose first argument is a text. */
export interface TextCall {
  readonly name: string;
  readonly text: string;
  /** The last text among its arguments. */
  readonly last: string;
}

/** How far the arguments of one call are looked for. */
const WINDOW = 1_024;

const isWord = (char: string): boolean =>
  (char >= "a" && char <= "z") || (char >= "A" && char <= "Z") || (char >= "0" && char <= "9") || char === "_" || char === ".";

/** `name("text", …)` wherever it stands in a program, the languages of which we read no more than that. */
export function textCalls(source: string): readonly TextCall[] {
  const calls: TextCall[] = [];
  for (let i = 0; i < source.length; i++) {
    const char = source[i] ?? "";
    if (!isWord(char)) continue;
    const start = i;
    while (i < source.length && isWord(source[i] ?? "")) i++;
    const name = source.slice(start, i);
    let at = i;
    while (source[at] === " ") at++;
    if (source[at] !== "(") continue;
    const texts = textsIn(source, at + 1);
    const [first] = texts;
    if (first !== undefined) calls.push({ name, text: first, last: texts.at(-1) ?? first });
  }
  return calls;
}

/** Texts up to the closing bracket. */
function textsIn(source: string, start: number): readonly string[] {
  const texts: string[] = [];
  let depth = 1;
  for (let i = start; i < Math.min(source.length, start + WINDOW) && depth > 0; i++) {
    const char = source[i];
    if (char === "(") depth++;
    else if (char === ")") depth--;
    else if (char === '"' || char === "'") {
      const [text, end] = quoted(source, i);
      texts.push(text);
      i = end;
    }
  }
  return texts;
}

/** A quoted text and where it ends; a backslash hides the next character. */
export function quoted(source: string, start: number): readonly [string, number] {
  const quote = source[start];
  let out = "";
  let i = start + 1;
  for (; i < source.length && source[i] !== quote; i++) {
    if (source[i] === "\\" && i + 1 < source.length) {
      const next = source[++i] ?? "";
      out += next === "n" ? "\n" : next === "t" ? "\t" : next;
    } else out += source[i];
  }
  return [out, i];
}
