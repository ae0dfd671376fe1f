import { LIMITS } from "../model/limits.ts";
import {
  type Argument,
  concat,
  EMPTY,
  exact,
  exactText,
  join,
  originOf,
  type Piece,
  pattern,
  piecesOf,
  textsOf,
  unknown,
  type Value,
} from "../model/value.ts";
import { decodeEscapes } from "./escapes.ts";
import { format } from "./printf.ts";

/** The text an argument contributes; one that stands for any number of words is not known. */
export const valueOfArgument = (argument: Argument): Value => {
  if (argument.count === "one") return argument.value;
  const origin = originOf(argument.value);
  return unknown(origin?.by ?? "author", origin?.name, argument.value.from);
};

/** What echo prints. dash reads escapes without being told; `sh` may be either shell. */
export function echo(args: readonly Argument[], shell: string): Value {
  const values = args.map(valueOfArgument);
  const alternatives =
    shell === "sh"
      ? [echoed(values, false), echoed(values, true)]
      : [echoed(values, shell === "dash" || shell === "ash" || shell === "zsh")];
  const [first = EMPTY, second] = alternatives;
  return second && exactText(first) !== exactText(second) ? join(first, second) : first;
}

function echoed(values: readonly Value[], escapes: boolean): Value {
  let reads = escapes;
  let newline = true;
  let start = 0;
  for (const value of values) {
    const flag = exactText(value);
    if (flag === undefined || !(escapes ? /^-n$/ : /^-[neE]{1,8}$/).test(flag)) break;
    start++;
    if (flag.includes("n")) newline = false;
    if (flag.includes("e") || flag.includes("E")) reads = flag.lastIndexOf("e") > flag.lastIndexOf("E");
  }
  const words = values.slice(start).flatMap((value, i) => (i === 0 ? [value] : [exact(" "), value]));
  const text = words.length === 0 ? EMPTY : concat(words);
  const { value, ended } = reads ? decoded(text) : { value: text, ended: false };
  return newline && !ended ? concat([value, exact("\n")]) : value;
}

function decoded(value: Value): { readonly value: Value; readonly ended: boolean } {
  const texts = textsOf(value);
  if (texts) {
    const [only] = texts;
    if (texts.length === 1 && only !== undefined) {
      const { text, ended } = decodeEscapes(only, "echo");
      return { value: exact(text, value.from), ended };
    }
  }
  const pieces: Piece[] = [];
  for (const piece of piecesOf(value)) {
    if (typeof piece !== "string") pieces.push(piece);
    else {
      const { text, ended } = decodeEscapes(piece, "echo");
      pieces.push(text);
      if (ended) return { value: pattern(pieces, value.from), ended };
    }
  }
  return { value: pattern(pieces, value.from), ended: false };
}

/** What printf prints; undefined with `-v`, which prints nothing, and where the format is not known. */
export function printf(args: readonly Argument[]): Value | undefined {
  const [first, ...more] = args.map(valueOfArgument);
  if (exactText(first) === "--") return more[0] && formatted(more[0], more.slice(1));
  return exactText(first) === "-v" || !first ? undefined : formatted(first, more);
}

function formatted(first: Value, args: readonly Value[]): Value | undefined {
  const texts = textsOf(first);
  if (!texts) return undefined;
  const all = texts.map((text) => format(text, args, "shell"));
  const values = all.filter((value) => value !== undefined);
  const [value, ...more] = values;
  return value && values.length === all.length ? more.reduce(join, value) : undefined;
}

export function seq(args: readonly string[]): string | undefined {
  let separator = "\n";
  let padded = false;
  const numbers: number[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? "";
    if (arg === "-w") padded = true;
    else if (arg === "-s") separator = args[++i] ?? "";
    else if (arg.startsWith("-s")) separator = arg.slice(2);
    else if (/^-?[0-9]{1,9}$/.test(arg)) numbers.push(Number(arg));
    else return undefined;
  }
  const [a = 1, b = a, c] = numbers;
  const [from, step, to] = numbers.length === 1 ? [1, 1, a] : c === undefined ? [a, 1, b] : [a, b, c];
  if (numbers.length === 0 || numbers.length > 3 || step === 0 || (to - from) / step > LIMITS.textLength / 2) return undefined;
  const out: string[] = [];
  for (let n = from; step > 0 ? n <= to : n >= to; n += step) out.push(String(n));
  const width = padded
    ? Math.max(
        ...out
          .slice(0, 1)
          .concat(out.slice(-1))
          .map((n) => n.length),
        0,
      )
    : 0;
  const texts = out.map((n) => (n.startsWith("-") ? `-${n.slice(1).padStart(width - 1, "0")}` : n.padStart(width, "0")));
  return texts.length === 0 ? "" : `${texts.join(separator)}\n`;
}

export function basename(args: readonly string[]): string | undefined {
  const [path, suffix, ...rest] = args;
  if (path === undefined || path.startsWith("-") || rest.length > 0) return undefined;
  const name = lastOf(path);
  return `${suffix !== undefined && suffix !== "" && name !== suffix && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name}\n`;
}

function withoutSlashes(path: string): string {
  let end = path.length;
  while (end > 1 && path[end - 1] === "/") end--;
  return path.slice(0, end);
}

const lastOf = (path: string): string => {
  const bare = withoutSlashes(path);
  return bare === "/" ? bare : bare.slice(bare.lastIndexOf("/") + 1);
};

export function dirname(args: readonly string[]): string | undefined {
  if (args.length === 0 || args.some((arg) => arg.startsWith("-"))) return undefined;
  return args
    .map((path) => {
      const bare = withoutSlashes(path);
      const slash = bare.lastIndexOf("/");
      return `${slash < 0 ? "." : withoutSlashes(bare.slice(0, slash + 1))}\n`;
    })
    .join("");
}

/** `expr 1 + 2`, `expr length s`, `expr substr s 1 2`. */
export function expr(args: readonly string[]): string | undefined {
  const [a = "", b = "", c = "", d = ""] = args;
  if (args.length === 2 && a === "length") return `${Array.from(b).length}\n`;
  if (args.length === 4 && a === "substr" && /^[0-9]{1,6}$/.test(c) && /^[0-9]{1,6}$/.test(d))
    return `${Array.from(b)
      .slice(Number(c) - 1, Number(c) - 1 + Number(d))
      .join("")}\n`;
  if (args.length !== 3 || !/^-?[0-9]{1,18}$/.test(a) || !/^-?[0-9]{1,18}$/.test(c)) return undefined;
  const result = calculated(BigInt(a), b, BigInt(c));
  return result === undefined ? undefined : `${result}\n`;
}

function calculated(a: bigint, operator: string, b: bigint): bigint | undefined {
  if (operator === "+") return a + b;
  if (operator === "-") return a - b;
  if (operator === "*") return a * b;
  if (operator === "/" && b !== 0n) return a / b;
  return operator === "%" && b !== 0n ? a % b : undefined;
}
