/** Options of one program: `d,decode` is a flag, `w:,wrap:` takes a value, `name:` alone is long only. */
export type Spec = ReadonlyMap<string, { readonly name: string; readonly takes: boolean }>;

export interface Options {
  /** By the first spelling in the spec. */
  readonly flags: ReadonlyMap<string, string>;
  readonly operands: readonly string[];
}

export function spec(text: string): Spec {
  const out = new Map<string, { name: string; takes: boolean }>();
  for (const option of text.split(" ").filter((word) => word !== "")) {
    const takes = option.includes(":");
    const spellings = option.replaceAll(":", "").split(",");
    for (const spelling of spellings) out.set(spelling, { name: spellings[0] ?? "", takes });
  }
  return out;
}

/** Reads arguments as GNU getopt does, abbreviations of long names included; undefined: an option we do not know. */
export function readOptions(args: readonly string[], known: Spec): Options | undefined {
  const flags = new Map<string, string>();
  const operands: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? "";
    if (arg === "--") {
      operands.push(...args.slice(i + 1));
      break;
    }
    if (arg === "-" || !arg.startsWith("-")) operands.push(arg);
    else {
      const used = arg.startsWith("--") ? long(arg, args[i + 1], known, flags) : short(arg, args[i + 1], known, flags);
      if (used === undefined) return undefined;
      i += used;
    }
  }
  return { flags, operands };
}

/** How many further arguments the option took. */
function long(arg: string, next: string | undefined, known: Spec, flags: Map<string, string>): number | undefined {
  const equals = arg.indexOf("=");
  const name = arg.slice(2, equals < 0 ? undefined : equals);
  const option = known.get(name) ?? only([...known].filter(([spelling]) => spelling.length > 1 && spelling.startsWith(name)));
  if (!option) return undefined;
  if (!option.takes) flags.set(option.name, "");
  else if (equals >= 0) flags.set(option.name, arg.slice(equals + 1));
  else if (next === undefined) return undefined;
  else flags.set(option.name, next);
  return option.takes && equals < 0 ? 1 : 0;
}

function only<T extends { readonly name: string }>(found: readonly (readonly [string, T])[]): T | undefined {
  const names = new Set(found.map(([, option]) => option.name));
  return names.size === 1 ? found[0]?.[1] : undefined;
}

function short(arg: string, next: string | undefined, known: Spec, flags: Map<string, string>): number | undefined {
  for (let i = 1; i < arg.length; i++) {
    const option = known.get(arg[i] ?? "");
    if (!option) return undefined;
    if (!option.takes) {
      flags.set(option.name, "");
      continue;
    }
    const rest = arg.slice(i + 1);
    if (rest === "" && next === undefined) return undefined;
    flags.set(option.name, rest === "" ? (next ?? "") : rest);
    return rest === "" ? 1 : 0;
  }
  return 0;
}

/** A whole number, or undefined. */
export const integer = (text: string | undefined): number | undefined =>
  text !== undefined && /^[-+]?[0-9]{1,9}$/.test(text) ? Number(text) : undefined;
