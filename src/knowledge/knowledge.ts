import type { CommandSpec } from "./command.ts";
import { lazily } from "./lazily.ts";
import type { Profile } from "./profile.ts";
import type { Rule } from "./rule.ts";
import type { NamedSet } from "./set.ts";
import { readSpec } from "./stored.ts";

/** What is compiled from YAML when building, as plain JSON. Command specs are texts, read when first asked for. */
export interface KnowledgeData {
  /** Index into `specs` for every program name. Pairs, since names may be anything. */
  readonly commands: readonly (readonly [name: string, spec: number])[];
  /** Texts of CommandSpec, see `stored.ts`. */
  readonly specs: readonly string[];
  readonly sets: readonly NamedSet[];
  readonly rules: readonly Rule[];
  readonly profiles: readonly Profile[];
}

export interface Knowledge {
  /** Facts of a program by its name without folders, `undefined` when there are none. */
  command(name: string): CommandSpec | undefined;
  readonly commandNames: readonly string[];
  /** Whether facts name the program just so, letter case included. */
  isWritten(name: string): boolean;
  readonly sets: readonly NamedSet[];
  readonly rules: readonly Rule[];
  profile(name: string): Profile | undefined;
}

/** Programs that are installed next to others of their kind, with the version as part of the name: `lua5.4`, `node20`, `php83`. */
const VERSIONED: ReadonlySet<string> = new Set(
  (
    "python pypy ipython pip pipx node nodejs perl ruby irb gem erb php php-cgi lua luajit luarocks tclsh wish expect guile gcc g++ cpp gfortran " +
    "clang clang++ llc lli opt lldb bash zsh ksh java javac jshell ghc ocaml swipl julia vim emacs gawk mawk sqlite psql pg_dump " +
    "pg_dumpall mysql cmake automake autoconf make rake bundle qemu jdb ipython ptpython coverage pytest flask easy_install cython 2to3 pydoc idle"
  ).split(" "),
);

/** `python3.12`, `gcc-12`, `perl5.36.0`: the name before the version. */
function withoutVersion(name: string): string {
  let end = name.length;
  while (end > 0 && "0123456789.".includes(name.charAt(end - 1))) end--;
  if (end === name.length) return name;
  const stem = name.slice(0, name.charAt(end - 1) === "-" ? end - 1 : end);
  return VERSIONED.has(stem) ? stem : name;
}

/** Later data (a user's packs) come first: they add programs and rules, and replace programs of the same name. */
export function openKnowledge(data: readonly KnowledgeData[]): Knowledge {
  const specs = new Map<string, CommandSpec>();
  const texts = lazily(
    () =>
      new Map(data.flatMap(({ commands, specs: own }) => commands.map(([name, i]): [string, string] => [name, own[i] ?? ""]))),
  );
  const names = lazily(() => [...texts().keys()]);
  const profiles = lazily(() => new Map(data.flatMap((part) => part.profiles).map((profile) => [profile.name, profile])));
  const sets = lazily(() => data.flatMap((part) => part.sets));
  const rules = lazily(() => data.flatMap((part) => part.rules));
  return {
    command(name) {
      const known = specs.get(name);
      if (known) return known;
      // Where file names have no case, as on macOS, `RM` is rm.
      const text = texts().get(name) ?? texts().get(name.toLowerCase()) ?? texts().get(withoutVersion(name));
      if (text === undefined) return undefined;
      const spec = readSpec(text);
      specs.set(name, spec);
      return spec;
    },
    get commandNames() {
      return names();
    },
    isWritten: (name) => texts().has(name),
    get sets() {
      return sets();
    },
    get rules() {
      return rules();
    },
    profile: (name) => profiles().get(name),
  };
}
