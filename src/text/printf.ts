import { LIMITS } from "../model/limits.ts";
import { concat, EMPTY, exact, exactText, mapTexts, originOf, textsOf, unknown, type Value } from "../model/value.ts";
import { bytesOf, textOfBytes } from "./bytes.ts";
import { decodeEscapes } from "./escapes.ts";
import { shellQuoted } from "./quote.ts";

/** awk's %c takes a number for a character. */
export type Flavour = "shell" | "awk";

type Directive = { readonly text: string } | Conversion;
interface Conversion {
  readonly flags: string;
  readonly width: string;
  readonly precision: string | undefined;
  readonly letter: string;
}

/** What a format prints with these arguments; it is used again while arguments are left. Undefined: cannot be said. */
export function format(text: string, args: readonly Value[], flavour: Flavour): Value | undefined {
  const directives = directivesOf(text);
  if (!directives) return undefined;
  const out: Value[] = [];
  let next = 0;
  let length = 0;
  do {
    const before = next;
    for (const directive of directives) {
      if ("text" in directive) out.push(exact(directive.text));
      else {
        const take = (): Value | undefined => args[next++];
        const value = convert(directive, take, flavour);
        if (!value) return undefined;
        out.push(value.value);
        if (value.ended) return concat(out);
      }
      length += exactText(out.at(-1))?.length ?? 1;
      if (length > LIMITS.textLength || out.length > 4 * LIMITS.words) return undefined;
    }
    if (next === before || flavour === "awk") break;
  } while (next < args.length);
  return concat(out.length > 0 ? out : [EMPTY]);
}

const CONVERSION = /^%([-+ #0']{0,5})([0-9]{1,6}|\*)?(?:\.([0-9]{0,6}|\*))?(?:hh|h|ll|l|j|z|t|L|q(?=[a-z]))?([A-Za-z%])/;

function directivesOf(text: string): readonly Directive[] | undefined {
  const out: Directive[] = [];
  for (let at = 0; at < text.length; ) {
    const percent = text.indexOf("%", at);
    const plain = text.slice(at, percent < 0 ? undefined : percent);
    if (plain !== "") out.push({ text: decodeEscapes(plain, "format").text });
    if (percent < 0) break;
    const found = CONVERSION.exec(text.slice(percent, percent + 32));
    if (!found) return undefined;
    const [all, flags = "", width = "", precision, letter = ""] = found;
    out.push(letter === "%" ? { text: "%" } : { flags, width, precision, letter });
    at = percent + all.length;
  }
  return out;
}

interface Converted {
  readonly value: Value;
  readonly ended: boolean;
}

function convert(c: Conversion, take: () => Value | undefined, flavour: Flavour): Converted | undefined {
  const width = c.width === "*" ? take() : exact(c.width);
  const precision = c.precision === "*" ? take() : c.precision === undefined ? undefined : exact(c.precision);
  const argument = take();
  const size = Number(exactText(width) ?? Number.NaN);
  const digits = precision && Number(exactText(precision) ?? Number.NaN);
  if (Number.isNaN(size) || Number.isNaN(digits ?? 0) || Math.abs(size) > LIMITS.textLength) return undefined;
  const left = c.flags.includes("-") || size < 0;
  const pad = (text: string, zero: boolean): string =>
    left ? text.padEnd(Math.abs(size)) : text.padStart(Math.abs(size), zero ? "0" : " ");
  if (argument && !textsOf(argument))
    return { value: c.letter === "s" && digits === undefined && size === 0 ? argument : blurred(argument), ended: false };
  let ended = false;
  let failed = false;
  const value = mapTexts(argument ?? EMPTY, (text) => {
    const made = converted(text, c.letter, digits, c.flags, flavour);
    if (made === undefined) failed = true;
    else if (made.ended) ended = true;
    return pad(made?.text ?? "", c.flags.includes("0") && made?.numeric === true && !left);
  });
  return failed ? undefined : { value, ended };
}

const blurred = (value: Value): Value => unknown(originOf(value)?.by ?? "author", originOf(value)?.name, value.from);

interface Made {
  readonly text: string;
  readonly numeric?: boolean;
  readonly ended?: boolean;
}

function converted(
  text: string,
  letter: string,
  precision: number | undefined,
  flags: string,
  flavour: Flavour,
): Made | undefined {
  switch (letter) {
    case "s":
      return { text: precision === undefined ? text : text.slice(0, precision) };
    case "b":
      return decodeEscapes(text, "argument");
    case "q":
      return { text: shellQuoted(text) };
    case "c":
      return { text: flavour === "awk" && /^[0-9]{1,7}$/.test(text) ? character(Number(text)) : firstByte(text) };
    case "d":
    case "i":
    case "u":
    case "x":
    case "X":
    case "o":
      return integerText(text, letter, precision, flags);
    default:
      return undefined;
  }
}

const character = (code: number): string =>
  code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? "\ufffd" : String.fromCodePoint(code);
const firstByte = (text: string): string => (text === "" ? "\0" : textOfBytes(bytesOf(text).slice(0, 1)));

function integerText(text: string, letter: string, precision: number | undefined, flags: string): Made | undefined {
  const n = numberOf(text);
  if (n === undefined) return undefined;
  const sized = letter === "d" || letter === "i" ? n : BigInt.asUintN(64, n);
  const base = letter === "o" ? 8 : letter === "x" || letter === "X" ? 16 : 10;
  const digits = (sized < 0n ? -sized : sized).toString(base).padStart(precision ?? 0, "0");
  const prefix = flags.includes("#") && base !== 10 ? (base === 8 ? "0" : "0x") : "";
  const sign = sized < 0n ? "-" : flags.includes("+") ? "+" : flags.includes(" ") ? " " : "";
  const all = sign + prefix + digits;
  return { text: letter === "X" ? all.toUpperCase() : all, numeric: true };
}

/** C constants, and `'A` for the code of a character. */
function numberOf(text: string): bigint | undefined {
  if (/^["']/.test(text)) return BigInt(text.codePointAt(1) ?? 0);
  const found = /^\s{0,8}([-+]?)(0[xX][0-9A-Fa-f]{1,16}|0[0-7]{0,22}|[1-9][0-9]{0,18})?/.exec(text);
  const [all = "", sign, digits] = found ?? [];
  if (digits === undefined) return text.trim() === "" ? 0n : undefined;
  if (all.length !== text.length) return undefined;
  const value = /^0[0-7]/.test(digits) ? BigInt(`0o${digits.slice(1)}`) : BigInt(digits);
  return sign === "-" ? -value : value;
}
