import { bytesOf, textOfBytes } from "./bytes.ts";
import { joinLines, linesOf } from "./lines.ts";
import { integer, readOptions, spec } from "./options.ts";

const CUT = spec("b:,bytes: c:,characters: f:,fields: d:,delimiter: s,only-delimited n complement output-delimiter:");

type Chosen = (position: number) => boolean;

export function cut(args: readonly string[], stdin: string): string | undefined {
  const options = readOptions(args, CUT);
  if (!options || options.operands.some((operand) => operand !== "-")) return undefined;
  const { flags } = options;
  const fields = flags.get("f");
  const list = listOf(fields ?? flags.get("c") ?? flags.get("b") ?? "");
  if (!list) return undefined;
  const chosen: Chosen = flags.has("complement") ? (n) => !list(n) : list;
  const { lines } = linesOf(stdin);
  if (fields === undefined) return joinLines(lines.map((line) => textOfBytes(bytesOf(line).filter((_, i) => chosen(i + 1)))));
  const delimiter = flags.get("d") ?? "\t";
  if (bytesOf(delimiter).length !== 1) return undefined;
  const out = lines.filter((line) => line.includes(delimiter) || !flags.has("s"));
  const joint = flags.get("output-delimiter") ?? delimiter;
  return joinLines(
    out.map((line) =>
      line.includes(delimiter)
        ? line
            .split(delimiter)
            .filter((_, i) => chosen(i + 1))
            .join(joint)
        : line,
    ),
  );
}

/** `1,3-5,7-`; undefined: not a list. */
function listOf(text: string): Chosen | undefined {
  const ranges: (readonly [number, number])[] = [];
  if (text.length > 200) return undefined;
  for (const part of text.split(",")) {
    const found = /^([0-9]{1,6})?(-)?([0-9]{1,6})?$/.exec(part);
    const [, from, dash, to] = found ?? [];
    if (!found || (from === undefined && to === undefined)) return undefined;
    ranges.push([Number(from ?? "1"), dash === undefined ? Number(from) : Number(to ?? "999999999")]);
  }
  return (position) => ranges.some(([from, to]) => position >= from && position <= to);
}

const FOLD = spec("w:,width: b,bytes s,spaces");

export function fold(args: readonly string[], stdin: string): string | undefined {
  const options = readOptions(
    args.map((arg) => (/^-[0-9]+$/.test(arg) ? `-w${arg.slice(1)}` : arg)),
    FOLD,
  );
  const width = integer(options?.flags.get("w") ?? "80");
  if (!options || options.operands.length > 0 || options.flags.has("s") || width === undefined || width < 1) return undefined;
  // Columns after a tab or a backspace are not counted by characters.
  if (/[\t\b\r]/.test(stdin)) return undefined;
  const { lines, open } = linesOf(stdin);
  const folded = lines.flatMap((line) => {
    const out: string[] = [];
    for (let i = 0; i === 0 || i < line.length; i += width) out.push(line.slice(i, i + width));
    return out;
  });
  return joinLines(folded, open);
}

const PASTE = spec("s,serial d:,delimiters:");

/** `paste -sd,` and `paste - -` over stdin. */
export function paste(args: readonly string[], stdin: string): string | undefined {
  const options = readOptions(args, PASTE);
  if (!options || options.operands.some((operand) => operand !== "-")) return undefined;
  const delimiters = (options.flags.get("d") ?? "\t").replaceAll("\\n", "\n").replaceAll("\\t", "\t").replaceAll("\\0", "\0");
  const separator = (i: number): string => (delimiters === "" ? "" : (delimiters[i % delimiters.length] ?? "").replace("\0", ""));
  const { lines } = linesOf(stdin);
  const size = options.flags.has("s") ? lines.length : Math.max(1, options.operands.length);
  const out: string[] = [];
  for (let i = 0; i < lines.length; i += size) {
    const row = Array.from({ length: size }, (_, k) => lines[i + k] ?? "");
    out.push(row.map((text, k) => (k === 0 ? text : separator(k - 1) + text)).join(""));
  }
  return joinLines(out);
}

export function rev(args: readonly string[], stdin: string): string | undefined {
  if (args.length > 0) return undefined;
  const { lines, open } = linesOf(stdin);
  return joinLines(
    lines.map((line) => Array.from(line).reverse().join("")),
    open,
  );
}
