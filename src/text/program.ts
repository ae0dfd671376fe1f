import { type Content, contentOf, isSearched, textOf } from "../model/content.ts";
import { LIMITS } from "../model/limits.ts";
import {
  type Argument,
  carry,
  exact,
  exactText,
  mapTexts,
  type NodeId,
  originOf,
  type Piece,
  pattern,
  textsOf,
  unknown,
  type Value,
} from "../model/value.ts";
import { awk } from "./awk.ts";
import { cut, fold, paste, rev } from "./cut.ts";
import { base, openssl, xxd } from "./encode.ts";
import { grep } from "./grep.ts";
import { ls } from "./ls.ts";
import { basename, dirname, echo, expr, printf, seq, valueOfArgument } from "./make.ts";
import { mktemp } from "./mktemp.ts";
import { sed } from "./sed.ts";
import { amountOf, head, sort, tac, tail, uniq, wc } from "./select.ts";
import { tr } from "./tr.ts";

/** Makes text of its arguments alone. */
type Maker = (args: readonly string[]) => string | undefined;
/** Makes text of its input; undefined: it does more than that, or cannot be said. */
type Filter = (args: readonly string[], stdin: string) => string | undefined;

const MAKERS: ReadonlyMap<string, Maker> = new Map<string, Maker>([
  ["seq", seq],
  ["basename", basename],
  ["dirname", dirname],
  ["expr", expr],
]);

const FILTERS: ReadonlyMap<string, Filter> = new Map<string, Filter>([
  ["base64", base("base64")],
  ["base32", base("base32")],
  ["basenc", base("basenc")],
  ["openssl", openssl],
  ["xxd", xxd],
  ["rev", rev],
  ["tac", tac],
  ["tr", tr],
  ["cut", cut],
  ["fold", fold],
  ["paste", paste],
  ["head", head],
  ["tail", tail],
  ["sort", sort],
  ["uniq", uniq],
  ["wc", wc],
  ["grep", grep("grep")],
  ["egrep", grep("egrep")],
  ["fgrep", grep("fgrep")],
  ["sed", sed],
]);
const AWKS: ReadonlySet<string> = new Set(["awk", "gawk", "mawk", "nawk", "original-awk"]);
/** Each line is treated by itself: what is known of one is known though others are not. */
const BY_LINE: ReadonlySet<string> = new Set(["rev", "cut", "tr", "grep", "egrep", "fgrep"]);

/** What a program that only makes text prints. Undefined: it is none, or what it prints depends on more than its arguments and input. */
export function textOfProgram(
  name: string,
  args: readonly Argument[],
  stdin: Content | undefined,
  shell = "bash",
): Content | undefined {
  if (name === "echo") return made(echo(args, shell));
  if (name === "printf") return made(printf(args));
  if (name === "ls") return ls(args);
  const texts = args.map((argument) => (argument.count === "one" ? exactText(argument.value) : undefined));
  const known = texts.filter((text) => text !== undefined);
  if (known.length < texts.length) return undefined;
  const from = args.flatMap((argument) => argument.value.from ?? []);
  if (name === "tty") return made(exact("/dev/tty\n"));
  if (name === "mktemp") return made(mktemp(known));
  if (name === "yes") return repeated(args, from);
  if (name === "cat" || name === "tee") return copied(name, known, stdin);
  const maker = MAKERS.get(name);
  if (maker) return printed(maker(known), from);
  if (AWKS.has(name)) {
    const alone = awk(known, undefined);
    return alone === undefined ? filtered(name, awk, known, stdin, from) : printed(alone, from);
  }
  const filter = FILTERS.get(name);
  return filter && filtered(name, filter, known, stdin, from);
}

const printed = (text: string | undefined, from: readonly NodeId[]): Content | undefined =>
  text === undefined ? undefined : made(exact(text, from));

/** Content of a value; text around holes is cut into lines as far as it is known. */
function made(value: Value | undefined): Content | undefined {
  if (!value) return undefined;
  if (textsOf(value)?.some((text) => text.length > LIMITS.textLength)) return unclear(value);
  const from = value.from ? { from: value.from } : {};
  if (value.kind === "pattern") return { ...patternLines(value.pieces, value.from), ...from };
  const isLine = value.kind === "oneOf" && value.texts.every((text) => text.indexOf("\n") === text.length - 1);
  return isLine ? { lines: [mapTexts(value, (text) => text.slice(0, -1))], more: false, ...from } : contentOf(value);
}

function patternLines(pieces: readonly Piece[], from: readonly NodeId[] | undefined): Content {
  const lines: Piece[][] = [[]];
  for (const piece of pieces) {
    if (typeof piece !== "string") lines.at(-1)?.push(piece);
    else {
      piece.split("\n").forEach((text, i) => {
        if (i > 0) lines.push([]);
        lines.at(-1)?.push(text);
      });
    }
  }
  const open = lines.at(-1)?.some((piece) => piece !== "") === true;
  return { lines: (open ? lines : lines.slice(0, -1)).map((line) => pattern(line, from)), more: false, open };
}

function unclear(value: Value): Content {
  const origin = originOf(value);
  return {
    lines: [unknown(origin?.by ?? "output", origin?.name, value.from)],
    more: true,
    ...(value.from ? { from: value.from } : {}),
  };
}

function repeated(args: readonly Argument[], from: readonly NodeId[]): Content {
  const words = args.map((argument) => exactText(valueOfArgument(argument)) ?? "");
  return { lines: [exact(words.length === 0 ? "y" : words.join(" "), from)], more: true, ...(from.length > 0 ? { from } : {}) };
}

/** `cat` without files hands on what it reads; so does tee. */
function copied(name: string, args: readonly string[], stdin: Content | undefined): Content | undefined {
  const files = args.filter((arg) => arg !== "-u" && arg !== "-");
  return name === "cat" && files.length > 0 ? undefined : stdin;
}

function filtered(
  name: string,
  filter: Filter,
  args: readonly string[],
  stdin: Content | undefined,
  from: readonly NodeId[],
): Content | undefined {
  // Options are judged even where the input is not known: `base64 -d file` does not read its input.
  if (filter(args, "") === undefined || !stdin) return undefined;
  if (stdin.more && (name !== "head" || isSearched(stdin)) && selects(name, args)) return withMore(stdin, from);
  if (stdin.more) return name === "head" ? firstLines(args, stdin) : unclear(withFrom(textOf(stdin), from));
  const whole = textOf(stdin);
  if (tooLong(whole)) return unclear(withFrom(whole, from));
  if (!textsOf(whole) && BY_LINE.has(name) && stdin.lines.length > 1) return byLine(name, filter, args, stdin);
  if (!textsOf(whole) && name === "head") return firstLines(args, stdin);
  if (!textsOf(whole)) return unclear(withFrom(whole, from));
  let isDecided = true;
  const result = mapTexts(whole, (text) => {
    const out = filter(args, text);
    if (out === undefined) isDecided = false;
    return out ?? "";
  });
  return isDecided ? made(withFrom(result, from)) : unclear(withFrom(whole, from));
}

/** Programs whose output is some of the lines they read, with options that leave it so. */
const SELECTORS: ReadonlyMap<string, RegExp> = new Map([
  ["head", /^(-n|-n ?\d+|-?\d+)$/],
  ["tail", /^(-n|-n ?[+-]?\d+|[+-]?\d+)$/],
  ["sort", /^-[bdfghiMnrRuV]+$/],
  ["uniq", /^-[diu]+$/],
  ["tac", /^$/],
  ["grep", /^(-[EFPivx]+|[^-].*)$/],
]);

function selects(name: string, args: readonly string[]): boolean {
  const allowed = SELECTORS.get(name);
  return allowed?.test("") === true ? args.length === 0 : allowed !== undefined && args.every((arg) => allowed.test(arg));
}

/** Each line is like one of those that are known. */
function withMore(stdin: Content, from: readonly NodeId[]): Content {
  const all = [...(stdin.from ?? []), ...from];
  return { ...stdin, more: true, ...(all.length > 0 ? { from: all } : {}) };
}

const withFrom = (value: Value, from: readonly NodeId[]): Value => carry(value, from);
const tooLong = (value: Value): boolean => textsOf(value)?.some((text) => text.length > LIMITS.textLength) ?? false;

/** Known lines become what the filter makes of them. */
function byLine(name: string, filter: Filter, args: readonly string[], stdin: Content): Content {
  if (filter(args, "\n") !== "\n" && !name.endsWith("grep")) return unclear(textOf(stdin));
  const lines = stdin.lines.flatMap((line): readonly Value[] => {
    const text = exactText(line);
    const out = text === undefined ? undefined : filter(args, `${text}\n`);
    if (out === undefined) return [textsOf(line) ? line : (unclear(line).lines[0] ?? line)];
    return contentOf(exact(out, line.from)).lines;
  });
  return { ...stdin, lines };
}

/** The first lines, where they are known to be lines: an unknown one may be several. */
function firstLines(args: readonly string[], stdin: Content): Content {
  const wanted = amountOf(args);
  const amount = Number(wanted?.amount ?? -1);
  const known = stdin.lines.findIndex((line) => exactText(line) === undefined);
  const sure = known < 0 ? stdin.lines.length : known;
  const whole = textOf(stdin);
  if (wanted?.of !== "lines" || wanted.amount.startsWith("-")) return unclear(whole);
  const from = stdin.from ? { from: stdin.from } : {};
  if (amount <= sure) return { lines: stdin.lines.slice(0, amount), more: false, ...from };
  return known < 0 ? { lines: stdin.lines, more: true, ...from } : unclear(whole);
}
