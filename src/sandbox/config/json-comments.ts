/** JSON with comments as text of the same length without them: it is YAML then, and everything keeps its place. */
export function withoutComments(text: string): string {
  let out = "";
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    if (quoted) {
      if (char === "\\") out += char + text.charAt(++i);
      else {
        out += char;
        quoted = char !== '"';
      }
      continue;
    }
    const two = text.slice(i, i + 2);
    if (two !== "//" && two !== "/*") {
      quoted = char === '"';
      out += char === "\t" || char === "\uFEFF" ? " " : char;
      continue;
    }
    const end = two === "//" ? text.indexOf("\n", i) : text.indexOf("*/", i + 2);
    const stop = end < 0 ? text.length : two === "//" ? end : end + 2;
    for (const hidden of text.slice(i, stop)) out += hidden === "\n" ? "\n" : " ".repeat(hidden.length);
    i = stop - 1;
  }
  return out;
}
