import type { CommandSpec, OptionArgument, OptionSpec } from "./command.ts";
import { pack, unpack } from "./packed.ts";

/** How a spec is kept as text: options are lines, what is empty is left out, a subcommand with several names is written once. */
interface Stored {
  readonly options?: readonly string[];
  /** A text names the words to a subcommand that is written elsewhere. */
  readonly subcommands?: Readonly<Record<string, Stored | string>>;
}

/** A spec as text. */
export function writeSpec(spec: CommandSpec): string {
  const written = new Map<CommandSpec, string>();
  const store = (at: CommandSpec, path: readonly string[]): Stored => {
    const { options, subcommands, ...rest } = at;
    const full = Object.entries(rest).filter(([, value]) => typeof value !== "object" || Object.keys(value).length > 0);
    const stored = { ...Object.fromEntries(full), ...(options.length > 0 ? { options: options.map(writeOption) } : {}) };
    if (!subcommands) return stored;
    const inner = table<Stored | string>();
    for (const [name, sub] of Object.entries(subcommands)) {
      const known = written.get(sub);
      const here = [...path, name];
      if (known === undefined) written.set(sub, here.join(" "));
      inner[name] = known ?? store(sub, here);
    }
    return { ...stored, subcommands: inner };
  };
  return pack(JSON.stringify(store(spec, [])));
}

/** The inverse of `writeSpec`. Tables of subcommands have no prototype: a word like `constructor` finds nothing. */
export function readSpec(text: string): CommandSpec {
  const byPath = new Map<string, CommandSpec>();
  const links: { readonly subcommands: Record<string, CommandSpec>; readonly name: string; readonly to: string }[] = [];
  const read = (stored: Stored, path: string): CommandSpec => {
    const subcommands = table<CommandSpec>();
    const { options = [], subcommands: inner, ...rest } = stored;
    const spec: CommandSpec = { ...EMPTY, ...rest, options: options.map(readOption), ...(inner ? { subcommands } : {}) };
    byPath.set(path, spec);
    for (const [name, sub] of Object.entries(inner ?? {})) {
      // Holds the place: the order counts for names with `*`.
      subcommands[name] = EMPTY;
      if (typeof sub !== "string") subcommands[name] = read(sub, path === "" ? name : `${path} ${name}`);
      else links.push({ subcommands, name, to: sub });
    }
    return spec;
  };
  const root = read(JSON.parse(unpack(text)) as Stored, "");
  for (const { subcommands, name, to } of links) subcommands[name] = byPath.get(to) ?? EMPTY;
  return root;
}

const EMPTY: CommandSpec = {
  id: "",
  mode: "interspersed",
  options: [],
  operands: [],
  types: {},
  defaults: {},
  env: [],
  does: [],
};

/** `-f --file|ARCHIVE`; a leading blank marks the inert. */
function writeOption(option: OptionSpec): string {
  const args = option.args.map((arg) => (arg.optional ? `[${arg.name}` : arg.many ? `${arg.name}...` : arg.name));
  return `${option.inert ? " " : ""}${option.names.join(" ")}${args.length > 0 ? `|${args.join(" ")}` : ""}`;
}

function readOption(line: string): OptionSpec {
  const inert = line.startsWith(" ");
  const bar = line.lastIndexOf("|");
  const names = line.slice(inert ? 1 : 0, bar < 0 ? line.length : bar).split(" ");
  const args =
    bar < 0
      ? []
      : line
          .slice(bar + 1)
          .split(" ")
          .map(readArgument);
  return inert ? { names, args, inert } : { names, args };
}

function readArgument(word: string): OptionArgument {
  if (word.startsWith("[")) return { name: word.slice(1), optional: true };
  return word.endsWith("...") ? { name: word.slice(0, -3), many: true } : { name: word };
}

/** A table without a prototype, for keys that are looked up with words from outside. */
export function table<T>(): Record<string, T> {
  return Object.create(null) as Record<string, T>;
}
