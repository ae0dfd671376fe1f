/**
 * JSON that every reader reads the same. JSON.parse keeps the last of two equal keys, other readers the first or either;
 * Go's reader does not tell `Name` from `name`. What is judged must be what the server will read, so such text is refused.
 */
export interface Parsed {
  readonly value: unknown;
  /** Numbers that JavaScript rounds, as written: two calls that differ there alone are two calls. */
  readonly inexact: readonly string[];
  /** Value of the outermost `id`, as written. */
  readonly id: string | undefined;
}

const DEPTH = 128;
/** Objects down to here have keys that readers may match without regard to case: message, params, arguments. */
const FOLDED = 3;
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Never throws. */
export function parseStrict(bytes: Uint8Array): Parsed | { readonly problem: string } {
  const text = decoded(bytes);
  if (text === undefined) return { problem: "not valid UTF-8" };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: "not JSON" };
  }
  return new Scan(text).run(value);
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}

interface Open {
  /** Undefined in an array. */
  readonly keys: Set<string> | undefined;
  readonly folded: Set<string> | undefined;
  /** The key whose value comes next; a key itself comes next if undefined. */
  key: string | undefined;
}

/** One pass over text that JSON.parse has accepted: it only has to find keys, numbers and the end of strings. */
class Scan {
  readonly #text: string;
  readonly #open: Open[] = [];
  readonly #inexact: string[] = [];
  #id: string | undefined;
  #problem: string | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  run(value: unknown): Parsed | { readonly problem: string } {
    const text = this.#text;
    for (let at = 0; at < text.length && this.#problem === undefined; ) at = this.#step(at);
    return this.#problem === undefined ? { value, inexact: this.#inexact, id: this.#id } : { problem: this.#problem };
  }

  #step(at: number): number {
    const code = this.#text.charCodeAt(at);
    if (code === 0x22) return this.#string(at);
    if (code === 0x7b || code === 0x5b) this.#enter(code === 0x7b);
    else if (code === 0x7d || code === 0x5d) this.#open.pop();
    else if (code === 0x2c) this.#next();
    else if (code === 0x2d || (code >= 0x30 && code <= 0x39)) return this.#number(at);
    return at + 1;
  }

  #enter(object: boolean): void {
    const depth = this.#open.length + 1;
    if (depth > DEPTH) this.#problem = `nested deeper than ${DEPTH}`;
    this.#open.push({
      keys: object ? new Set() : undefined,
      folded: object && depth <= FOLDED ? new Set() : undefined,
      key: undefined,
    });
  }

  #next(): void {
    const top = this.#open.at(-1);
    if (top !== undefined) top.key = undefined;
  }

  #string(start: number): number {
    const end = endOfString(this.#text, start);
    const raw = this.#text.slice(start, end);
    if (raw.includes("\\u") && /\p{Surrogate}/u.test(String(JSON.parse(raw))))
      this.#problem = "half a character (a lone surrogate)";
    const top = this.#open.at(-1);
    if (top?.keys === undefined || top.key !== undefined) this.#keep(start, end);
    else this.#key(top, top.keys, raw.includes("\\") ? String(JSON.parse(raw)) : raw.slice(1, -1));
    return end;
  }

  #key(top: Open, keys: Set<string>, key: string): void {
    top.key = key;
    const folded = top.folded === undefined ? key : key.normalize("NFKC").toLowerCase();
    if (keys.has(key)) this.#problem = `the key ${JSON.stringify(key)} stands twice in one object`;
    else if (top.folded?.has(folded))
      this.#problem = `the key ${JSON.stringify(key)} stands twice in one object but for its case`;
    else if (key === "__proto__") this.#problem = 'the key "__proto__"';
    keys.add(key);
    top.folded?.add(folded);
  }

  #number(start: number): number {
    let end = start + 1;
    while (end < this.#text.length && isNumeric(this.#text.charCodeAt(end))) end++;
    const raw = this.#text.slice(start, end);
    if (String(Number(raw)) !== raw) this.#inexact.push(raw);
    this.#keep(start, end);
    return end;
  }

  #keep(start: number, end: number): void {
    if (this.#open.length === 1 && this.#open[0]?.key === "id") this.#id = this.#text.slice(start, end);
  }
}

const isNumeric = (code: number): boolean =>
  (code >= 0x30 && code <= 0x39) || code === 0x2e || code === 0x65 || code === 0x45 || code === 0x2b || code === 0x2d;

/** A quote ends the string unless an odd number of backslashes stands before it. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === 0x5c) slashes++;
    if (slashes % 2 === 0) return at + 1;
  }
  return text.length;
}
