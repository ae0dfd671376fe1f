import { exact, exactText } from "../model/value.ts";
import { joinLines, linesOf } from "./lines.ts";
import { format } from "./printf.ts";

/** A value in a print statement. */
type Item = { readonly text: string } | { readonly field: number | "last" };
/** Items joined without a blank. */
type Expression = readonly Item[];
interface Program {
  readonly begin: boolean;
  readonly formatted: boolean;
  readonly expressions: readonly Expression[];
}

/** `awk '{print $2}'`, `awk -F: '{print $1 "x" $NF}'`, `awk 'BEGIN{printf "%c", 105}'`; anything more: undefined. */
export function awk(args: readonly string[], stdin: string | undefined): string | undefined {
  let separator = " ";
  let at = 0;
  for (; args[at]?.startsWith("-F") === true; at++)
    separator = args[at] === "-F" ? (args[++at] ?? "") : (args[at] ?? "").slice(2);
  const source = args[at];
  const program = source === undefined || args.length > at + 1 ? undefined : read(source);
  if (!program || separator.length !== 1 || /[\\^$.[\]|()*+?]/.test(separator)) return undefined;
  if (program.begin) return printed(program, [], "");
  if (stdin === undefined) return undefined;
  const out: string[] = [];
  for (const line of linesOf(stdin).lines) {
    const text = printed(program, fieldsOf(line, separator), line);
    if (text === undefined) return undefined;
    out.push(text);
  }
  return out.join("");
}

const fieldsOf = (line: string, separator: string): readonly string[] =>
  separator === " " ? line.split(/[ \t]/).filter((field) => field !== "") : line === "" ? [] : line.split(separator);

function printed(program: Program, fields: readonly string[], line: string): string | undefined {
  const text = (item: Item): string =>
    "text" in item
      ? item.text
      : item.field === "last"
        ? (fields.at(-1) ?? line)
        : item.field === 0
          ? line
          : (fields[item.field - 1] ?? "");
  const texts = program.expressions.map((expression) => expression.map(text).join(""));
  if (!program.formatted) return joinLines([program.expressions.length === 0 ? line : texts.join(" ")]);
  const [first, ...rest] = texts;
  return first === undefined
    ? undefined
    : exactText(
        format(
          first,
          rest.map((t) => exact(t)),
          "awk",
        ),
      );
}

function read(source: string): Program | undefined {
  const tokens = tokensOf(source);
  if (!tokens) return undefined;
  const [first, ...others] = tokens;
  const begin = first === "BEGIN";
  const body = begin ? others : tokens;
  if (body[0] !== "{" || body.at(-1) !== "}") return undefined;
  const [verb, ...inside] = body.slice(1, -1).filter((token, i, all) => token !== ";" || i < all.length - 1);
  if (verb !== "print" && verb !== "printf") return undefined;
  const expressions: Item[][] = inside.length === 0 ? [] : [[]];
  for (const token of inside[0] === "(" && inside.at(-1) === ")" ? inside.slice(1, -1) : inside) {
    if (token === ",") expressions.push([]);
    else {
      const item = itemOf(token);
      if (!item) return undefined;
      expressions.at(-1)?.push(item);
    }
  }
  return { begin, formatted: verb === "printf", expressions };
}

function itemOf(token: string): Item | undefined {
  if (token.startsWith('"')) return { text: token.slice(1) };
  if (/^[0-9]{1,15}$/.test(token)) return { text: token };
  if (token === "$NF") return { field: "last" };
  return /^\$[0-9]{1,4}$/.test(token) ? { field: Number(token.slice(1)) } : undefined;
}

/** Strings are decoded and keep their first quote. */
function tokensOf(source: string): readonly string[] | undefined {
  const out: string[] = [];
  for (let at = 0; at < source.length; ) {
    const rest = source.slice(at, at + 20);
    const blank = /^[ \t\n]+/.exec(rest);
    const token = /^(?:BEGIN|printf|print|\$NF|\$[0-9]{1,4}|[0-9]{1,15}|[{}(),;])/.exec(rest);
    if (blank) at += blank[0].length;
    else if (token) {
      out.push(token[0]);
      at += token[0].length;
    } else {
      const string = source[at] === '"' ? stringAt(source, at + 1) : undefined;
      if (!string || out.length > 1_000) return undefined;
      out.push(`"${string.text}`);
      at = string.next;
    }
  }
  return out;
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["n", "\n"],
  ["t", "\t"],
  ["r", "\r"],
  ["\\", "\\"],
  ['"', '"'],
  ["/", "/"],
]);

function stringAt(source: string, from: number): { readonly text: string; readonly next: number } | undefined {
  let text = "";
  for (let i = from; i < source.length; i++) {
    const char = source[i] ?? "";
    if (char === '"') return { text, next: i + 1 };
    if (char !== "\\") {
      text += char;
      continue;
    }
    const code = /^(?:[0-7]{1,3}|x[0-9A-Fa-f]{1,2})/.exec(source.slice(i + 1, i + 4))?.[0];
    const decoded =
      code === undefined
        ? ESCAPES.get(source[i + 1] ?? "")
        : String.fromCharCode(code.startsWith("x") ? Number.parseInt(code.slice(1), 16) : Number.parseInt(code, 8));
    if (decoded === undefined) return undefined;
    text += decoded;
    i += code?.length ?? 1;
  }
  return undefined;
}
