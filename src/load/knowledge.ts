import type { CommandSpec } from "../knowledge/command.ts";
import type { Knowledge, KnowledgeData } from "../knowledge/knowledge.ts";
import { writeSpec } from "../knowledge/stored.ts";
import { type CompiledCommand, compileCommand } from "./commands.ts";
import type { CommandExample, RuleExample, SetExample } from "./examples.ts";
import { compilePacks } from "./packs.ts";
import { compileProfiles } from "./profiles.ts";
import { SANDBOX_DOCUMENTS } from "./sandbox-rules.ts";
import { compileSets } from "./sets.ts";
import { emptyFile, type Problem, readDocuments, type Source } from "./source.ts";

/** A file of knowledge and what it says. */
export interface KnowledgeFile {
  readonly path: string;
  readonly text: string;
}

export interface KnowledgeExamples {
  readonly commands: readonly CommandExample[];
  readonly rules: readonly RuleExample[];
  readonly sets: readonly SetExample[];
}

export interface CompiledKnowledge {
  /** What compiles; documents with problems are in it as far as they go. */
  readonly data: KnowledgeData;
  readonly examples: KnowledgeExamples;
  readonly problems: readonly Problem[];
}

export interface KnowledgeOptions {
  /** What there is already: its sets and programs can be named, its names are taken. */
  readonly base?: Knowledge;
  /** Examples of command files need no `gives` yet. */
  readonly drafts?: boolean;
}

const KINDS = ["command", "pack", "set", "profile"] as const;
type Kind = (typeof KINDS)[number];

/** Compiles command files, packs, sets and profiles; what a document is, its first key says. */
export function compileKnowledge(files: readonly KnowledgeFile[], options: KnowledgeOptions = {}): CompiledKnowledge {
  const { base } = options;
  const documents = files.map(({ path, text }) => ({ path, sources: readDocuments(text, path) }));
  const empty = documents.filter(({ sources }) => sources.length === 0).map(({ path }) => emptyFile(path));
  const sources = documents.flatMap((file) => file.sources);
  const sorted = new Map<Kind, Source[]>(KINDS.map((kind) => [kind, []]));
  for (const source of sources) {
    const kind = kindOf(source);
    if (kind) sorted.get(kind)?.push(source);
  }
  const commands = compileCommands(sorted.get("command") ?? [], options);
  const { sets, examples: inSets } = compileSets(sorted.get("set") ?? [], base?.sets);
  const { rules, examples: ofRules } = compilePacks(sorted.get("pack") ?? [], [...(base?.sets ?? []), ...sets], base?.rules);
  return {
    data: {
      commands: commands.flatMap(({ names }, i) => names.map((name) => [name, i] as const)),
      specs: commands.map(({ spec }) => writeSpec(spec)),
      sets,
      rules,
      profiles: compileProfiles(sorted.get("profile") ?? [], new Set([...(base?.rules ?? []), ...rules].map((rule) => rule.id))),
    },
    examples: { commands: commands.flatMap((command) => command.examples), rules: ofRules, sets: inSets },
    problems: [...empty, ...sources.flatMap((source) => source.problems)],
  };
}

function kindOf(source: Source): Kind | undefined {
  if (source.problems.length > 0) return undefined;
  const keys = typeof source.value === "object" && source.value !== null ? Object.keys(source.value) : [];
  const kind = KINDS.find((name) => keys.includes(name));
  const [first = ""] = keys;
  if (!kind && !SANDBOX_DOCUMENTS.includes(first))
    source.problem(first === "" ? [] : [first], `a document says first what it is: ${KINDS.join(", ")}`, "key");
  return kind;
}

interface Program {
  readonly spec: CommandSpec;
  readonly file: string;
}

/** Files that are `like` another program wait until that one is compiled. */
function compileCommands(sources: readonly Source[], { base, drafts = false }: KnowledgeOptions): readonly CompiledCommand[] {
  const programs = new Map<string, Program>();
  const known = (name: string): CommandSpec | undefined => programs.get(name)?.spec ?? base?.command(name);
  const compiled = new Map<Source, CompiledCommand>();
  let waiting = sources;
  for (let stuck = false; waiting.length > 0; ) {
    const later: readonly Source[] = stuck ? [] : waiting.filter((source) => !isReady(source, known));
    for (const source of waiting) {
      if (later.includes(source)) continue;
      const command = compileCommand(source, { drafts, programs: known });
      if (!command) continue;
      compiled.set(source, command);
      for (const name of command.names) take(programs, name, { spec: command.spec, file: source.file }, source);
    }
    stuck = later.length === waiting.length;
    waiting = later;
  }
  return sources.flatMap((source) => compiled.get(source) ?? []);
}

function isReady(source: Source, known: (name: string) => CommandSpec | undefined): boolean {
  const { like } = source.value as { like?: unknown };
  return typeof like !== "string" || known(like) !== undefined;
}

function take(programs: Map<string, Program>, name: string, program: Program, source: Source): void {
  const other = programs.get(name);
  if (other) source.problem(["command"], `"${name}" is a program of ${other.file} too`);
  programs.set(name, program);
}
