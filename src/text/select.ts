import { bytesOf, textOfBytes } from "./bytes.ts";
import { joinLines, linesOf } from "./lines.ts";
import { integer, readOptions, spec } from "./options.ts";

const COUNTED = spec("n:,lines: c:,bytes: q,quiet,silent v,verbose z");

/** `-5` and `+5` stand for `-n5` and `-n+5` where they come first. */
const modern = (arg: string, i: number): string =>
  i === 0 && /^[-+][0-9]{1,9}$/.test(arg) ? `-n${arg.startsWith("+") ? arg : arg.slice(1)}` : arg;

/** How much head and tail take, as written: `-5`, `5`, `+2`. */
export function amountOf(args: readonly string[]): { readonly of: "lines" | "bytes"; readonly amount: string } | undefined {
  const options = readOptions(args.map(modern), COUNTED);
  if (!options || options.operands.some((operand) => operand !== "-") || options.flags.has("v") || options.flags.has("z"))
    return undefined;
  const of = options.flags.has("c") ? "bytes" : "lines";
  const amount = options.flags.get(of === "bytes" ? "c" : "n") ?? "10";
  return integer(amount) === undefined ? undefined : { of, amount };
}

export function head(args: readonly string[], stdin: string): string | undefined {
  const wanted = amountOf(args);
  if (!wanted) return undefined;
  const amount = Number(wanted.amount);
  if (wanted.of === "bytes") return textOfBytes(bytesOf(stdin).slice(0, amount));
  const { lines, open } = linesOf(stdin);
  const taken = wanted.amount.startsWith("-") ? lines.slice(0, Math.max(0, lines.length + amount)) : lines.slice(0, amount);
  return joinLines(taken, open && taken.length === lines.length);
}

export function tail(args: readonly string[], stdin: string): string | undefined {
  const wanted = amountOf(args);
  if (!wanted) return undefined;
  const amount = Math.abs(Number(wanted.amount));
  const fromStart = wanted.amount.startsWith("+");
  const start = (length: number): number => (fromStart ? Math.max(0, amount - 1) : Math.max(0, length - amount));
  const bytes = bytesOf(stdin);
  if (wanted.of === "bytes") return textOfBytes(bytes.slice(start(bytes.length)));
  const { lines, open } = linesOf(stdin);
  return joinLines(lines.slice(start(lines.length)), open);
}

/** An open last line is glued to the one printed after it. */
export function tac(args: readonly string[], stdin: string): string | undefined {
  if (args.length > 0) return undefined;
  const { lines, open } = linesOf(stdin);
  return lines
    .map((line, i) => (open && i === lines.length - 1 ? line : `${line}\n`))
    .reverse()
    .join("");
}

const SORT = spec("r,reverse n,numeric-sort u,unique");

/** By bytes, or by the number a line begins with. */
export function sort(args: readonly string[], stdin: string): string | undefined {
  const options = readOptions(args, SORT);
  if (!options || options.operands.some((operand) => operand !== "-")) return undefined;
  const { flags } = options;
  const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  const numeric = (a: string, b: string): number => leading(a) - leading(b);
  const sign = flags.has("r") ? -1 : 1;
  const lines = [...linesOf(stdin).lines].sort(
    (a, b) => sign * ((flags.has("n") ? numeric(a, b) : 0) || (flags.has("n") && flags.has("u") ? 0 : order(a, b))),
  );
  const same = (a: string, b: string | undefined): boolean => b !== undefined && (flags.has("n") ? numeric(a, b) === 0 : a === b);
  return joinLines(flags.has("u") ? lines.filter((line, i) => !same(line, lines[i - 1])) : lines);
}

const leading = (line: string): number =>
  Number(/^[ \t]{0,99}(-?[0-9]{1,15}(?:\.[0-9]{1,9})?)/.exec(line.slice(0, 128))?.[1] ?? "0");

const UNIQ = spec("c,count d,repeated u,unique");

export function uniq(args: readonly string[], stdin: string): string | undefined {
  const options = readOptions(args, UNIQ);
  if (!options || options.operands.some((operand) => operand !== "-")) return undefined;
  const groups: { line: string; count: number }[] = [];
  for (const line of linesOf(stdin).lines) {
    const last = groups.at(-1);
    if (last?.line === line) last.count++;
    else groups.push({ line, count: 1 });
  }
  const { flags } = options;
  const kept = groups.filter(({ count }) => (!flags.has("d") || count > 1) && (!flags.has("u") || count === 1));
  return joinLines(kept.map(({ line, count }) => (flags.has("c") ? `${String(count).padStart(7)} ${line}` : line)));
}

const WC = spec("l,lines w,words c,bytes m,chars");

export function wc(args: readonly string[], stdin: string): string | undefined {
  const options = readOptions(args, WC);
  if (!options || options.operands.length > 0) return undefined;
  const { flags } = options;
  const words = stdin.split(/[ \t\n\v\f\r]/).filter((word) => word !== "").length;
  const counts = new Map([
    ["l", stdin.split("\n").length - 1],
    ["w", words],
    ["m", Array.from(stdin).length],
    ["c", bytesOf(stdin).length],
  ]);
  const wanted = flags.size === 0 ? ["l", "w", "c"] : [...counts.keys()].filter((key) => flags.has(key));
  const texts = wanted.map((key) => String(counts.get(key)));
  return `${texts.length === 1 ? texts.join("") : texts.map((text) => text.padStart(7)).join(" ")}\n`;
}
