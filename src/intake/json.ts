/** What JSON.parse lets pass and readers disagree about: a key given twice. */
export type Json = { readonly value: unknown } | { readonly problem: string };

/** JSON whose meaning every reader agrees on. Never throws. */
export function readJson(text: string): Json {
  try {
    const value: unknown = JSON.parse(text.startsWith("\ufeff") ? text.slice(1) : text);
    const twice = repeatedKey(text);
    return twice === undefined ? { value } : { problem: `the key ${JSON.stringify(twice)} is given twice` };
  } catch (error) {
    return { problem: error instanceof RangeError ? "nested too deeply" : "not JSON" };
  }
}

/** The first key that its object has already. The text is JSON: strings and brackets are all there is to tell apart. */
function repeatedKey(text: string): string | undefined {
  const open: (Set<string> | undefined)[] = [];
  for (let i = 0; i < text.length; i++) {
    const character = text.charAt(i);
    if (character === "{") open.push(new Set());
    else if (character === "[") open.push(undefined);
    else if (character === "}" || character === "]") open.pop();
    else if (character === '"') {
      const end = endOfString(text, i);
      const keys = open.at(-1);
      if (keys && isKey(text, end)) {
        const key = String(JSON.parse(text.slice(i, end)));
        if (keys.has(key)) return key;
        keys.add(key);
      }
      i = end - 1;
    }
  }
  return undefined;
}

function endOfString(text: string, start: number): number {
  let i = start + 1;
  while (text.charAt(i) !== '"') i += text.charAt(i) === "\\" ? 2 : 1;
  return i + 1;
}

function isKey(text: string, after: number): boolean {
  let i = after;
  while (" \t\n\r".includes(text.charAt(i)) && i < text.length) i++;
  return text.charAt(i) === ":";
}
