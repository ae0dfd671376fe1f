import { joinLines, linesOf } from "./lines.ts";
import { integer, readOptions, spec } from "./options.ts";
import { find, parseRegex, type Regex } from "./regex.ts";

const OPTIONS = spec(
  "E,extended-regexp F,fixed-strings G,basic-regexp e:,regexp: i,ignore-case v,invert-match o,only-matching x,line-regexp c,count q,quiet,silent m:,max-count: h,no-filename a,text s",
);

export function grep(name: string): (args: readonly string[], stdin: string) => string | undefined {
  return (args, stdin) => {
    const options = readOptions(args, OPTIONS);
    if (!options) return undefined;
    const { flags, operands } = options;
    const patterns = flags.has("e") ? [flags.get("e") ?? ""] : operands.slice(0, 1);
    const [pattern] = patterns;
    if (
      pattern === undefined ||
      pattern.includes("\n") ||
      operands.slice(flags.has("e") ? 0 : 1).some((operand) => operand !== "-")
    )
      return undefined;
    const regex = regexOf(pattern, flags.has("F") || name === "fgrep", flags.has("E") || name === "egrep", flags);
    const most = flags.has("m") ? integer(flags.get("m")) : 999_999_999;
    if (!regex || most === undefined || most < 0) return undefined;
    const out = selected(linesOf(stdin).lines, regex, flags, most);
    return regex.fuel.left < 0 ? undefined : out;
  };
}

function regexOf(pattern: string, fixed: boolean, extended: boolean, flags: ReadonlyMap<string, string>): Regex | undefined {
  const ignoreCase = flags.has("i");
  const source = fixed ? pattern.replace(/[.[\]\\*^$]/g, "\\$&") : pattern;
  const regex = parseRegex(source, { extended: fixed ? false : extended, ignoreCase });
  return regex && flags.has("x") ? { ...regex, start: true, end: true } : regex;
}

function selected(lines: readonly string[], regex: Regex, flags: ReadonlyMap<string, string>, most: number): string {
  const kept = lines.filter((line) => (find(regex, line) !== undefined) !== flags.has("v")).slice(0, most);
  if (flags.has("q")) return "";
  if (flags.has("c")) return `${kept.length}\n`;
  return joinLines(flags.has("o") && !flags.has("v") ? kept.flatMap((line) => occurrences(regex, line)) : kept);
}

function occurrences(regex: Regex, line: string): readonly string[] {
  const out: string[] = [];
  for (let at = 0; at <= line.length; ) {
    const found = find(regex, line, at);
    if (!found) break;
    const [start, end] = found;
    if (end > start) out.push(line.slice(start, end));
    at = Math.max(end, start + 1);
  }
  return out;
}
