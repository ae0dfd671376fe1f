/** A value of a YAML or JSON document; scalars are texts as written. */
export type Data = string | readonly Data[] | ReadonlyMap<string, Data>;

interface Line {
  readonly indent: number;
  readonly text: string;
}

const EMPTY: Data = "";
const DEEPEST = 64;

/**
 * The documents of a YAML text (1.2), as far as manifests use it: block and flow collections, plain, quoted and block scalars. JSON is a
 * part of it. Anchors, aliases and merge keys are followed, tags left out. Undefined when it nests too deep or its aliases say too much.
 */
export function readDocuments(source: string): readonly Data[] | undefined {
  const documents: Data[] = [];
  for (const text of cutDocuments(source)) {
    const anchors = new Anchors();
    const reader = new Reader(text.split("\n").map(lineOf), anchors);
    const value = "[{".includes(text.trimStart()[0] ?? "x") ? new Flow(text, anchors).read(0) : reader.block(0, 0);
    if (reader.tooDeep || anchors.spent) return undefined;
    if (value !== EMPTY) documents.push(value);
  }
  return documents;
}

function cutDocuments(source: string): readonly string[] {
  const documents: string[][] = [[]];
  for (const line of source.replaceAll("\r", "").split("\n")) {
    if (line === "---" || line.startsWith("--- ")) documents.push(line.length > 4 ? [line.slice(4)] : []);
    else if (line !== "...") documents.at(-1)?.push(line);
  }
  return documents.map((lines) => lines.join("\n")).filter((text) => text.trim() !== "");
}

function lineOf(text: string): Line {
  const bare = text.trimStart();
  return { indent: text.length - bare.length, text: withoutComment(bare).trimEnd() };
}

/** ` #` begins a comment outside quotes. */
function withoutComment(text: string): string {
  if (text.startsWith("#")) return "";
  let quote = "";
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? "";
    if (quote !== "") quote = char === quote ? "" : quote;
    else if ((char === '"' || char === "'") && (i === 0 || " [{,:".includes(text[i - 1] ?? ""))) quote = char;
    else if (char === "#" && text[i - 1] === " ") return text.slice(0, i);
  }
  return text;
}

const MOST_ALIASED = 10_000;

/** `&name` marks a value, `*name` stands for it, `<<: *name` takes over its keys. */
class Anchors {
  private readonly marked = new Map<string, Data>();
  private left = MOST_ALIASED;

  get spent(): boolean {
    return this.left < 0;
  }

  mark(name: string, value: Data): Data {
    this.marked.set(name, value);
    return value;
  }

  /** A plain word, or what it stands for. */
  resolve(word: string): Data {
    const value = word.startsWith("*") ? this.marked.get(word.slice(1)) : undefined;
    if (value === undefined) return word;
    this.weigh(value);
    return this.spent ? EMPTY : value;
  }

  /** Aliases of aliases grow without end (a document of ten lines can hold a billion words). */
  private weigh(value: Data): void {
    if (--this.left < 0 || typeof value === "string") return;
    for (const item of value instanceof Map ? value.values() : (value as readonly Data[])) this.weigh(item);
  }
}

/** The keys of `<<` come after the table's own. */
function merged(pairs: Map<string, Data>): Data {
  const other = pairs.get("<<");
  if (other === undefined) return pairs;
  pairs.delete("<<");
  for (const table of Array.isArray(other) ? (other as readonly Data[]) : [other])
    if (table instanceof Map) for (const [key, value] of table) if (!pairs.has(key)) pairs.set(key, value);
  return pairs;
}

class Reader {
  tooDeep = false;
  private at = 0;
  private readonly lines: readonly Line[];
  private readonly anchors: Anchors;

  constructor(lines: readonly Line[], anchors: Anchors) {
    this.lines = lines;
    this.anchors = anchors;
  }

  private skipBlank(): void {
    while (this.at < this.lines.length && this.lines[this.at]?.text === "") this.at++;
  }

  /** The block that starts at the next line, if it is indented by at least `least`. */
  block(least: number, depth: number): Data {
    this.skipBlank();
    const line = this.lines[this.at];
    if (!line || line.indent < least) return EMPTY;
    if (depth > DEEPEST) {
      this.tooDeep = true;
      this.at = this.lines.length;
      return EMPTY;
    }
    if (isItem(line.text)) return this.sequence(line.indent, depth);
    if (keyEnd(line.text) >= 0) return this.mapping(line.indent, depth);
    return this.scalar(line.indent);
  }

  private sequence(indent: number, depth: number): Data {
    const items: Data[] = [];
    for (;;) {
      this.skipBlank();
      const line = this.lines[this.at];
      if (!line || line.indent !== indent || !isItem(line.text)) return items;
      const rest = line.text.slice(1).trimStart();
      const inner = indent + line.text.length - rest.length;
      items.push(rest === "" ? this.after(indent + 1, depth) : this.nested(rest, inner, depth));
    }
  }

  /** What stands behind `- `: a scalar, or the first line of a collection. */
  private nested(rest: string, indent: number, depth: number): Data {
    if (keyEnd(rest) < 0 && !isItem(rest)) return this.inline(rest, indent, depth);
    const end = this.endOf(indent);
    const reader = new Reader([{ indent, text: rest }, ...this.lines.slice(this.at + 1, end)], this.anchors);
    const value = reader.block(indent, depth + 1);
    this.tooDeep ||= reader.tooDeep;
    this.at = end;
    return value;
  }

  /** Behind the last line that belongs to a block of this indent, the first line apart. */
  private endOf(indent: number): number {
    let end = this.at + 1;
    while (end < this.lines.length && ((this.lines[end]?.indent ?? 0) >= indent || this.lines[end]?.text === "")) end++;
    return end;
  }

  private mapping(indent: number, depth: number): Data {
    const pairs = new Map<string, Data>();
    for (;;) {
      this.skipBlank();
      const line = this.lines[this.at];
      const end = line ? keyEnd(line.text) : -1;
      if (!line || line.indent !== indent || end < 0) return merged(pairs);
      const key = unquote(line.text.slice(0, end).trim());
      const rest = line.text.slice(end + 1).trim();
      // A list under a key may stand at the key's own indent.
      pairs.set(
        key,
        rest === "" ? this.after(this.itemFollows(indent) ? indent : indent + 1, depth) : this.inline(rest, indent + 1, depth),
      );
    }
  }

  private itemFollows(indent: number): boolean {
    let next = this.at + 1;
    while (next < this.lines.length && this.lines[next]?.text === "") next++;
    return this.lines[next]?.indent === indent && isItem(this.lines[next]?.text ?? "");
  }

  private after(least: number, depth: number): Data {
    this.at++;
    return this.block(least, depth + 1);
  }

  private inline(rest: string, indent: number, depth: number): Data {
    if (rest.startsWith("|") || rest.startsWith(">")) return this.literal(indent, rest.startsWith(">") ? " " : "\n");
    if (rest.startsWith("&") || rest.startsWith("!")) {
      const blank = rest.indexOf(" ");
      const bare = blank < 0 ? "" : rest.slice(blank).trim();
      const value = bare === "" ? this.after(indent, depth) : this.inline(bare, indent, depth);
      return rest.startsWith("&") ? this.anchors.mark(rest.slice(1, blank < 0 ? undefined : blank), value) : value;
    }
    return rest.startsWith("[") || rest.startsWith("{") ? this.flow(rest) : this.folded(rest, indent);
  }

  /** Lines that are indented deeper go on with a plain or quoted scalar. */
  private folded(first: string, indent: number): Data {
    const parts = [first];
    for (this.at++; this.at < this.lines.length; this.at++) {
      const line = this.lines[this.at];
      if (!line || line.text === "" || line.indent < indent) break;
      parts.push(line.text);
    }
    return this.anchors.resolve(unquote(parts.join(" ")));
  }

  /** A flow collection may go on over lines. */
  private flow(first: string): Data {
    let text = first;
    this.at++;
    while (this.at < this.lines.length && !isBalanced(text) && text.length < 100_000)
      text += ` ${this.lines[this.at++]?.text ?? ""}`;
    return new Flow(text, this.anchors).read(0);
  }

  private literal(least: number, join: string): Data {
    const lines: string[] = [];
    this.at++;
    const first = this.lines[this.at];
    const indent = first ? first.indent : 0;
    while (this.at < this.lines.length) {
      const line = this.lines[this.at];
      if (!line || (line.text !== "" && line.indent < Math.max(least, 1))) break;
      lines.push(" ".repeat(Math.max(0, line.indent - indent)) + line.text);
      this.at++;
    }
    return lines.join(join);
  }

  private scalar(indent: number): Data {
    const lines: string[] = [];
    while (this.at < this.lines.length && (this.lines[this.at]?.indent ?? 0) >= indent && this.lines[this.at]?.text !== "")
      lines.push(this.lines[this.at++]?.text ?? "");
    return unquote(lines.join(" "));
  }
}

const isItem = (text: string): boolean => text === "-" || text.startsWith("- ");

/** Where the colon of a key stands; -1: the line has none. */
function keyEnd(text: string): number {
  const first = text[0] ?? "";
  if (first === "[" || first === "{") return -1;
  let start = 0;
  if (first === '"' || first === "'") {
    const close = text.indexOf(first, 1);
    if (close < 0) return -1;
    start = close + 1;
    if (text[start] !== ":") return -1;
  }
  for (let i = text.indexOf(":", start); i >= 0; i = text.indexOf(":", i + 1))
    if (i + 1 === text.length || text[i + 1] === " ") return i;
  return -1;
}

function isBalanced(text: string): boolean {
  let depth = 0;
  for (const char of text) {
    if (char === "[" || char === "{") depth++;
    else if (char === "]" || char === "}") depth--;
  }
  return depth <= 0;
}

function unquote(text: string): string {
  const quote = text[0];
  if (text.length < 2 || (quote !== '"' && quote !== "'") || text.at(-1) !== quote) return text;
  const inner = text.slice(1, -1);
  return quote === "'"
    ? inner.replaceAll("''", "'")
    : inner.replaceAll(/\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)/gs, (_, code: string) =>
        code.length > 1 ? String.fromCharCode(Number.parseInt(code.slice(1), 16)) : (ESCAPES.get(code) ?? code),
      );
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["n", "\n"],
  ["t", "\t"],
  ["r", "\r"],
  ["0", "\0"],
]);

/** `{ a: [b, "c"] }` */
class Flow {
  private at = 0;
  private readonly text: string;
  private readonly anchors: Anchors;

  constructor(text: string, anchors: Anchors) {
    this.text = text;
    this.anchors = anchors;
  }

  read(depth: number): Data {
    this.blank();
    const char = this.text[this.at];
    if (depth > DEEPEST) {
      this.at = this.text.length;
      return EMPTY;
    }
    if (char === "[") return this.list(depth);
    return char === "{" ? this.table(depth) : this.scalar(",]}");
  }

  private blank(): void {
    while (" \n\t".includes(this.text[this.at] ?? "x")) this.at++;
  }

  private list(depth: number): Data {
    const items: Data[] = [];
    this.at++;
    for (;;) {
      this.blank();
      const char = this.text[this.at] ?? "";
      if (char === "" || char === "]") break;
      if (char === ",") this.at++;
      else items.push(this.step(() => this.read(depth + 1)));
    }
    this.at++;
    return items;
  }

  private table(depth: number): Data {
    const pairs = new Map<string, Data>();
    this.at++;
    for (;;) {
      this.blank();
      const char = this.text[this.at] ?? "";
      if (char === "" || char === "}") break;
      if (char === ",") {
        this.at++;
        continue;
      }
      const key = this.step(() => this.scalar(":,}"));
      this.blank();
      const value = this.text[this.at] === ":" ? this.behind(depth) : EMPTY;
      pairs.set(typeof key === "string" ? key : "", value);
    }
    this.at++;
    return merged(pairs);
  }

  private behind(depth: number): Data {
    this.at++;
    return this.read(depth + 1);
  }

  /** Something is always taken, so that a stray bracket does not stop the reading. */
  private step(read: () => Data): Data {
    const start = this.at;
    const value = read();
    if (this.at === start) this.at++;
    return value;
  }

  private scalar(ends: string): Data {
    const quote = this.text[this.at];
    const start = this.at;
    if (quote === '"' || quote === "'") {
      for (this.at++; this.at < this.text.length && this.text[this.at] !== quote; this.at++)
        if (this.text[this.at] === "\\" && quote === '"') this.at++;
      this.at++;
      return unquote(this.text.slice(start, this.at));
    }
    while (this.at < this.text.length && !ends.includes(this.text[this.at] ?? "")) this.at++;
    return this.anchors.resolve(this.text.slice(start, this.at).trim());
  }
}
