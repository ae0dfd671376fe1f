import type { CommandSpec, ParsingMode } from "../knowledge/command.ts";
import { table } from "../knowledge/stored.ts";
import { commandFile, type Facts, subcommand } from "./command-schema.ts";
import { type CommandExample, contextOf, inputOf } from "./examples.ts";
import { compileFacts, declare } from "./facts.ts";
import { suggest } from "./nearest.ts";
import { present } from "./present.ts";
import { Scope } from "./scope.ts";
import { emptyFile, type Path, type Problem, readDocuments, type Source } from "./source.ts";

/** One program's facts, compiled. */
export interface CompiledCommand {
  /** Every name of the program; the first is its id. */
  readonly names: readonly string[];
  readonly spec: CommandSpec;
  readonly examples: readonly CommandExample[];
}

export interface CompileOptions {
  /** Programs of other files, for `like` of a whole file. */
  readonly programs?: (name: string) => CommandSpec | undefined;
  /** Examples need no `gives` yet. */
  readonly drafts?: boolean;
}

/** Compiles the text of a command file: its facts and examples, or what is wrong with it. */
export function compileCommandFile(
  text: string,
  file: string,
  options: CompileOptions = {},
): CompiledCommand | readonly Problem[] {
  const [source, second] = readDocuments(text, file);
  if (!source) return [emptyFile(file)];
  if (second) second.problem([], "a command file is one document");
  const compiled = compileCommand(source, options);
  const problems = [...source.problems, ...(second?.problems ?? [])];
  return compiled && problems.length === 0 ? compiled : problems;
}

/** Compiles one document; what is wrong is in the source's problems. */
export function compileCommand(source: Source, options: CompileOptions): CompiledCommand | undefined {
  if (source.problems.length > 0) return undefined;
  const facts = source.check([], commandFile, source.value);
  if (!facts) return undefined;
  const [id = ""] = facts.command;
  for (const name of facts.command)
    if (name.includes("/")) source.problem(["command"], `"${name}": a program's name has no folders`);
  if (new Set(facts.command).size < facts.command.length) source.problem(["command"], "a name is listed twice");
  const compiler = new CommandCompiler(source, options);
  const spec = compiler.compile(facts, id);
  if (spec && compiler.examples.length < 2)
    source.problem(
      ["examples"],
      `at least two examples are needed, one of them odd or doubtful; there ${compiler.examples.length === 1 ? "is one" : "are none"}`,
      "key",
    );
  return spec ? { names: facts.command, spec, examples: compiler.examples } : undefined;
}

/** A subcommand that is like another, once that is known. */
interface Pending {
  readonly target: string;
  readonly parent: string;
  readonly path: Path;
  readonly resolve: (base: CommandSpec) => void;
}

class CommandCompiler {
  readonly examples: CommandExample[] = [];
  private readonly source: Source;
  private readonly options: CompileOptions;
  private readonly scopes: { readonly scope: Scope; readonly facts: Facts }[] = [];
  /** By the words after the program's name. */
  private readonly byPath = new Map<string, CommandSpec>();
  private pending: Pending[] = [];

  constructor(source: Source, options: CompileOptions) {
    this.source = source;
    this.options = options;
  }

  compile(facts: Facts, id: string): CommandSpec | undefined {
    const base = facts.like === undefined ? undefined : this.options.programs?.(facts.like);
    if (facts.like !== undefined && !base) {
      this.source.problem(["like"], `there are no facts of a program "${facts.like}"`);
      return undefined;
    }
    const spec = this.facts(facts, id, "", [], undefined, base && renamed(base, base.id, id));
    this.settle();
    for (const { scope, facts: own } of this.scopes) {
      scope.reportUnused();
      for (const key of ["types", "defaults", "relative", "hosts"] as const) scope.checkNames(key, Object.keys(own[key] ?? {}));
    }
    return spec;
  }

  /** `words`: those of the subcommand, each followed by a blank. */
  private facts(
    facts: Facts,
    id: string,
    words: string,
    path: Path,
    parent?: { scope: Scope; mode: ParsingMode },
    base?: CommandSpec,
  ): CommandSpec {
    const scope = new Scope(this.source, path, parent?.scope);
    this.scopes.push({ scope, facts });
    const mode = facts.mode ?? base?.mode ?? parent?.mode ?? "interspersed";
    declare(facts, scope, mode);
    if (base) scope.borrow(base);
    const subcommands = facts.subcommands ? this.subcommands(facts.subcommands, id, words, path, { scope, mode }) : undefined;
    if (!facts.does && !facts.subcommands && !base)
      this.source.problem(path, '"does" is missing; an empty list means that it does nothing that matters', "key");
    this.collectExamples(facts, id, path);
    const own = { ...compileFacts(facts, scope, id, mode), ...present({ subcommands }) };
    return base ? extend(base, own, facts) : own;
  }

  private subcommands(
    raw: Record<string, unknown>,
    id: string,
    words: string,
    path: Path,
    parent: { scope: Scope; mode: ParsingMode },
  ): Record<string, CommandSpec> {
    const subcommands: Record<string, CommandSpec> = table();
    const group = { id, mode: parent.mode };
    const taken = new Set<string>();
    for (const [key, value] of Object.entries(raw)) {
      const at = [...path, "subcommands", key];
      const names = key.split(",").map((name) => name.trim().replace(/\s+/g, " "));
      const [first = ""] = names;
      for (const name of names) {
        if (name === "") this.source.problem(at, "a name is empty", "key");
        if (taken.has(name)) this.source.problem(at, `subcommand ${name} is listed twice`, "key");
        taken.add(name);
        // Keeps the order of the file, which counts for names with `*`.
        place(subcommands, name.split(" "), UNSETTLED, group);
      }
      const set = (spec: CommandSpec): void => {
        for (const name of names) {
          place(subcommands, name.split(" "), spec, group);
          this.byPath.set(words + name, spec);
        }
      };
      const build = (facts: Facts, base?: CommandSpec): void =>
        set(this.facts(facts, `${id} ${first}`, `${words}${first} `, at, parent, base));
      const like = likeOf(value);
      if (like !== undefined) this.pending.push({ target: like, parent: words, path: at, resolve: set });
      else this.build(value, words, at, build);
    }
    return subcommands;
  }

  private build(value: unknown, words: string, path: Path, build: (facts: Facts, base?: CommandSpec) => void): void {
    const facts = this.source.check(path, subcommand, value);
    if (!facts) return;
    if (facts.like === undefined) build(facts);
    else this.pending.push({ target: facts.like, parent: words, path: [...path, "like"], resolve: (base) => build(facts, base) });
  }

  /** Resolves `like`, whatever the order they stand in; a target is a sibling's name or the words after the program's. */
  private settle(): void {
    for (let before = -1; this.pending.length > 0 && this.pending.length !== before; ) {
      before = this.pending.length;
      const waiting = this.pending;
      this.pending = [];
      for (const like of waiting) {
        const base = this.byPath.get(like.parent + like.target) ?? this.byPath.get(like.target);
        if (base) like.resolve(base);
        else this.pending.push(like);
      }
    }
    for (const { target, path } of this.pending)
      this.source.problem(path, `there is no subcommand "${target}"${suggest(target, this.byPath.keys())}`);
  }

  private collectExamples(facts: Facts, of: string, path: Path): void {
    facts.examples?.forEach((example, i) => {
      const at = [...path, "examples", i];
      if (!example.gives && !this.options.drafts) this.source.problem(at, '"gives" is missing: what does it do, exactly?');
      const { file } = this.source;
      this.examples.push({
        file,
        line: this.source.line(at),
        path: at,
        of,
        input: inputOf(example.run),
        context: contextOf(example.context, this.source, [...at, "context"]),
        gives: example.gives,
      });
    });
  }
}

const UNSETTLED: CommandSpec = { id: "", mode: "none", options: [], operands: [], types: {}, defaults: {}, env: [], does: [] };

/** Puts a spec under its words; `container run` stands in a group `container`, which may have facts of its own. */
function place(
  subcommands: Record<string, CommandSpec>,
  [word = "", ...rest]: readonly string[],
  spec: CommandSpec,
  group: Pick<CommandSpec, "id" | "mode">,
): void {
  const before = subcommands[word];
  const inner = Object.assign(table<CommandSpec>(), rest.length > 0 ? undefined : spec.subcommands, before?.subcommands);
  if (rest.length === 0) {
    subcommands[word] = before?.subcommands ? { ...spec, subcommands: inner } : spec;
    return;
  }
  const own = { id: `${group.id} ${word}`, mode: group.mode };
  place(inner, rest, spec, own);
  subcommands[word] =
    before && before !== UNSETTLED ? { ...before, subcommands: inner } : { ...UNSETTLED, ...own, subcommands: inner };
}

/** `"like: other name"`. */
function likeOf(value: unknown): string | undefined {
  return typeof value === "string" && value.startsWith("like: ") ? value.slice("like: ".length).trim() : undefined;
}

/** What `own` says, and of `base` what it does not. */
function extend(base: CommandSpec, own: CommandSpec, facts: Facts): CommandSpec {
  const given = facts.operands !== undefined || facts.operands_when !== undefined;
  const subcommands =
    base.subcommands && own.subcommands
      ? Object.assign(table<CommandSpec>(), base.subcommands, own.subcommands)
      : (own.subcommands ?? base.subcommands);
  return {
    ...base,
    ...own,
    operands: given ? own.operands : base.operands,
    defaults: { ...base.defaults, ...own.defaults },
    env: [...base.env, ...own.env],
    does: [...base.does, ...own.does],
    ...present({ relative: merged(base.relative, own.relative), hosts: merged(base.hosts, own.hosts), subcommands }),
  };
}

function merged<T>(
  base: Readonly<Record<string, T>> | undefined,
  own: Readonly<Record<string, T>> | undefined,
): Record<string, T> | undefined {
  return base || own ? { ...base, ...own } : undefined;
}

/** The same facts under another program's name. */
function renamed(spec: CommandSpec, from: string, to: string, seen = new Map<CommandSpec, CommandSpec>()): CommandSpec {
  const known = seen.get(spec);
  if (known) return known;
  const subcommands: Record<string, CommandSpec> = table();
  const copy: CommandSpec = { ...spec, id: to + spec.id.slice(from.length), ...(spec.subcommands ? { subcommands } : {}) };
  seen.set(spec, copy);
  for (const [name, sub] of Object.entries(spec.subcommands ?? {})) subcommands[name] = renamed(sub, from, to, seen);
  return copy;
}
