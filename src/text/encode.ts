import { bytesOf, textOfBytes } from "./bytes.ts";
import { integer, readOptions, spec } from "./options.ts";

const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const URL64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const HEX32 = "0123456789ABCDEFGHIJKLMNOPQRSTUV";
const BASE16 = "0123456789ABCDEF";

/** `-D` is macOS's spelling of `-d`. */
const BASE_OPTIONS = spec("d,decode,D i,ignore-garbage w:,wrap:,b: base64 base64url base32 base32hex base16");

/** base64, base32, basenc: the alphabet by the program's name or by option. */
export function base(name: string): (args: readonly string[], stdin: string) => string | undefined {
  return (args, stdin) => {
    const options = readOptions(args, BASE_OPTIONS);
    if (!options || options.operands.some((operand) => operand !== "-")) return undefined;
    const { flags } = options;
    const alphabet = alphabetOf(name, flags);
    if (alphabet === undefined) return undefined;
    if (flags.has("d")) return decoded(stdin, alphabet, flags.has("i"));
    const width = integer(flags.get("w") ?? (name === "macos" ? "0" : "76"));
    return width === undefined ? undefined : wrapped(encoded(bytesOf(stdin), alphabet), width, width > 0);
  };
}

function alphabetOf(name: string, flags: ReadonlyMap<string, string>): string | undefined {
  if (name === "base64" || flags.has("base64")) return BASE64;
  if (name === "base32" || flags.has("base32")) return BASE32;
  if (flags.has("base64url")) return URL64;
  if (flags.has("base32hex")) return HEX32;
  return flags.has("base16") ? BASE16 : undefined;
}

const bitsOf = (alphabet: string): number => Math.log2(alphabet.length);

/** What comes before the first character outside the alphabet is printed; then the program fails. */
function decoded(text: string, alphabet: string, ignoring: boolean): string {
  const bits = bitsOf(alphabet);
  const out: number[] = [];
  let buffer = 0;
  let filled = 0;
  for (const char of text) {
    const value = alphabet.indexOf(char);
    if (char === "\n" || (value < 0 && ignoring)) continue;
    if (value < 0 && char !== "=") break;
    if (char === "=") {
      buffer = 0;
      filled = 0;
      continue;
    }
    buffer = ((buffer << bits) | value) & 0xffff;
    filled += bits;
    if (filled >= 8) {
      filled -= 8;
      out.push((buffer >> filled) & 0xff);
    }
  }
  return textOfBytes(Uint8Array.from(out));
}

function encoded(bytes: Uint8Array, alphabet: string): string {
  const bits = bitsOf(alphabet);
  let out = "";
  let buffer = 0;
  let filled = 0;
  for (const byte of bytes) {
    buffer = ((buffer << 8) | byte) & 0xffff;
    filled += 8;
    while (filled >= bits) {
      filled -= bits;
      out += alphabet[(buffer >> filled) & (alphabet.length - 1)];
    }
  }
  if (filled > 0) out += alphabet[(buffer << (bits - filled)) & (alphabet.length - 1)];
  const group = bits === 6 ? 4 : bits === 5 ? 8 : 1;
  return out.padEnd(Math.ceil(out.length / group) * group, "=");
}

function wrapped(text: string, width: number, newline: boolean): string {
  if (width === 0) return text + (newline && text !== "" ? "\n" : "");
  let out = "";
  for (let i = 0; i < text.length; i += width) out += `${text.slice(i, i + width)}\n`;
  return newline ? out : out.slice(0, -1);
}

/** `openssl base64 -d`, `openssl enc -base64 -d`, `openssl enc -a`; ciphers need a key. */
export function openssl(args: readonly string[], stdin: string): string | undefined {
  const [command, ...rest] = args;
  const words = new Set(rest);
  if (command !== "base64" && !(command === "enc" && (words.has("-base64") || words.has("-a")))) return undefined;
  for (const word of words) if (!["-d", "-e", "-a", "-A", "-base64"].includes(word)) return undefined;
  if (words.has("-d")) return decoded(stdin, BASE64, false);
  const text = encoded(bytesOf(stdin), BASE64);
  return words.has("-A") ? text : wrapped(text, 64, true);
}

const XXD_OPTIONS = spec("r,revert p,ps,plain,postscript u c:,cols: l:,len:");

/** Plain hexadecimal only: `xxd -p`, `xxd -r -p`. Its options may be written with one dash: `-ps`. */
export function xxd(args: readonly string[], stdin: string): string | undefined {
  const options = readOptions(
    args.map((arg) => (/^-(?:ps|plain|postscript|revert|cols|len)$/.test(arg) ? `-${arg}` : arg)),
    XXD_OPTIONS,
  );
  if (!options?.flags.has("p") || options.operands.some((operand) => operand !== "-")) return undefined;
  const { flags } = options;
  if (flags.has("r")) return fromHex(stdin);
  const columns = integer(flags.get("c") ?? "30");
  const length = integer(flags.get("l") ?? "999999999");
  if (columns === undefined || length === undefined || columns < 0) return undefined;
  const hex = hexOf(bytesOf(stdin).slice(0, length));
  return wrapped(flags.has("u") ? hex.toUpperCase() : hex, columns * 2, true);
}

export const hexOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** Pairs of digits, blanks left out. What precedes the first digit is skipped; two other characters in a row skip their line. */
export function fromHex(text: string): string {
  const out: number[] = [];
  let started = false;
  let [before, last] = [-1, -1];
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? "";
    if (" \t\n\r".includes(char)) continue;
    const digit = BASE16.indexOf(char.toUpperCase());
    if (!started && digit < 0) continue;
    started = true;
    if (last >= 0 && digit >= 0) {
      out.push(last * 16 + digit);
      [before, last] = [last, -1];
    } else if (before < 0 && last < 0 && digit < 0) {
      const newline = text.indexOf("\n", i);
      if (newline < 0) break;
      i = newline;
      started = false;
    } else [before, last] = [last, digit];
  }
  return textOfBytes(Uint8Array.from(out));
}
