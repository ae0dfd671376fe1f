import { bytesOf, textOfBytes } from "./bytes.ts";
import { decodeEscapes } from "./escapes.ts";
import { readOptions, spec } from "./options.ts";

const OPTIONS = spec("d,delete s,squeeze-repeats c,C,complement t,truncate-set1");

/** tr works on bytes, whatever the locale. */
export function tr(args: readonly string[], stdin: string): string | undefined {
  const options = readOptions(args, OPTIONS);
  if (!options) return undefined;
  const { flags, operands } = options;
  const [first, second] = operands.map((operand) => setOf(operand));
  const squeeze = flags.has("s");
  const remove = flags.has("d");
  if (!first || operands.length > 2 || (operands.length === 2 && !second)) return undefined;
  if (!second && !remove && !squeeze) return undefined;
  const chosen = flags.has("c") ? complement(first.bytes) : first.bytes;
  const bytes = bytesOf(stdin);
  if (remove)
    return textOfBytes(
      squeezed(
        bytes.filter((b) => !chosen.includes(b)),
        squeeze ? second?.bytes : undefined,
      ),
    );
  if (!second) return textOfBytes(squeezed(bytes, chosen));
  const target = filled(second, chosen.length, flags.has("t"));
  if (!target) return undefined;
  const map = new Map<number, number>();
  chosen.slice(0, target.length).forEach((byte, i) => {
    map.set(byte, target[i] ?? byte);
  });
  return textOfBytes(
    squeezed(
      bytes.map((b) => map.get(b) ?? b),
      squeeze ? target : undefined,
    ),
  );
}

interface ByteSet {
  readonly bytes: readonly number[];
  /** Where `[x*]` stands, which fills the set up. */
  readonly fill?: number;
}

const complement = (bytes: readonly number[]): readonly number[] =>
  Array.from({ length: 256 }, (_, i) => i).filter((b) => !bytes.includes(b));

function filled(set: ByteSet, length: number, truncate: boolean): readonly number[] | undefined {
  const { bytes, fill } = set;
  const last = bytes.at(-1);
  if (last === undefined) return undefined;
  const missing = Math.max(0, length - bytes.length);
  if (fill === undefined) return truncate ? bytes : [...bytes, ...new Array<number>(missing).fill(last)];
  return [...bytes.slice(0, fill), ...new Array<number>(missing).fill(bytes[fill] ?? last), ...bytes.slice(fill)];
}

function squeezed(bytes: Uint8Array, set: readonly number[] | undefined): Uint8Array {
  return set ? bytes.filter((byte, i) => i === 0 || byte !== bytes[i - 1] || !set.includes(byte)) : bytes;
}

const CLASSES: ReadonlyMap<string, RegExp> = new Map([
  ["alpha", /[A-Za-z]/],
  ["digit", /[0-9]/],
  ["alnum", /[A-Za-z0-9]/],
  ["upper", /[A-Z]/],
  ["lower", /[a-z]/],
  ["space", /[ \t\n\v\f\r]/],
  ["blank", /[ \t]/],
  ["punct", /[!-/:-@[-`{-~]/],
  ["cntrl", /[\0-\x1f\x7f]/],
  ["graph", /[!-~]/],
  ["print", /[ -~]/],
  ["xdigit", /[0-9A-Fa-f]/],
]);

function setOf(text: string): ByteSet | undefined {
  const out: number[] = [];
  let fill: number | undefined;
  for (let i = 0; i < text.length; ) {
    const rest = text.slice(i, i + 24);
    const named = /^\[:([a-z]{1,10}):\]/.exec(rest);
    const same = /^\[=(.)=\]/.exec(rest);
    const repeat = /^\[(\\[0-7]{1,3}|\\.|[^\\])\*([0-9]{0,4})\]/.exec(rest);
    if (named) {
      const characters = CLASSES.get(named[1] ?? "");
      if (!characters) return undefined;
      for (let byte = 0; byte < 128; byte++) if (characters.test(String.fromCharCode(byte))) out.push(byte);
      i += named[0].length;
    } else if (same) {
      out.push(...bytesOf(same[1] ?? ""));
      i += same[0].length;
    } else if (repeat) {
      const [byte = 0] = bytesOf(one(repeat[1] ?? "", 0).text);
      const count = Number.parseInt(repeat[2] || "0", repeat[2]?.startsWith("0") ? 8 : 10);
      if (count === 0) fill = out.length;
      else for (let n = 0; n < count; n++) out.push(byte);
      if (count === 0) out.push(byte);
      i += repeat[0].length;
    } else {
      const next = member(text, i, out);
      if (next === undefined) return undefined;
      i = next;
    }
  }
  return fill === undefined ? { bytes: out } : { bytes: out, fill };
}

/** A character or a range of them; undefined: a range that runs backwards. */
function member(text: string, at: number, out: number[]): number | undefined {
  const from = one(text, at);
  if (text[from.next] !== "-" || from.next + 1 >= text.length) {
    out.push(...bytesOf(from.text));
    return from.next;
  }
  const to = one(text, from.next + 1);
  const [low] = bytesOf(from.text);
  const [high] = bytesOf(to.text);
  if (low === undefined || high === undefined || low > high) return undefined;
  for (let byte = low; byte <= high; byte++) out.push(byte);
  return to.next;
}

function one(text: string, at: number): { readonly text: string; readonly next: number } {
  const found = text[at] === "\\" ? /^\\(?:[0-7]{1,3}|.)/s.exec(text.slice(at, at + 4)) : null;
  if (!found) {
    const char = String.fromCodePoint(text.codePointAt(at) ?? 0);
    return { text: char, next: at + char.length };
  }
  const known = /^\\[abfnrtv\\0-7]/.test(found[0]);
  return { text: known ? decodeEscapes(found[0], "format").text : found[0].slice(1), next: at + found[0].length };
}
