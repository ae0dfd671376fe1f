import type { CommandSpec } from "../knowledge/command.ts";
import type { KnowledgeData } from "../knowledge/knowledge.ts";
import { writeSpec } from "../knowledge/stored.ts";
import { type CompiledCommand, compileCommand } from "./commands.ts";
import type { CommandExample } from "./examples.ts";
import { suggest } from "./nearest.ts";
import { type Problem, readDocuments, type Source } from "./source.ts";

export interface KnowledgeFile {
  readonly path: string;
  readonly text: string;
}

export interface CompiledKnowledge {
  readonly data: KnowledgeData;
  readonly examples: { readonly commands: readonly CommandExample[] };
  readonly problems: readonly Problem[];
}

const KINDS = ["command", "pack", "set", "profile"] as const;
type Kind = (typeof KINDS)[number];

export interface KnowledgeOptions {
  /** Examples of command files need no `gives` yet. */
  readonly drafts?: boolean;
}

/** Compiles command files, packs, sets and profiles; what a document is, its first key says. */
export function compileKnowledge(files: readonly KnowledgeFile[], options: KnowledgeOptions = {}): CompiledKnowledge {
  const sources = files.flatMap(({ path, text }) => readDocuments(text, path));
  const sorted = new Map<Kind, Source[]>(KINDS.map((kind) => [kind, []]));
  for (const source of sources) {
    const kind = kindOf(source);
    if (kind) sorted.get(kind)?.push(source);
  }
  const commands = compileCommands(sorted.get("command") ?? [], options.drafts ?? false);
  return {
    data: {
      commands: commands.flatMap(({ names }, i) => names.map((name) => [name, i] as const)),
      specs: commands.map(({ spec }) => writeSpec(spec)),
      sets: [],
      rules: [],
      profiles: [],
    },
    examples: { commands: commands.flatMap((command) => command.examples) },
    problems: sources.flatMap((source) => source.problems),
  };
}

function kindOf(source: Source): Kind | undefined {
  if (source.problems.length > 0) return undefined;
  const keys = typeof source.value === "object" && source.value !== null ? Object.keys(source.value) : [];
  const kind = KINDS.find((name) => keys.includes(name));
  const [first = ""] = keys;
  if (!kind)
    source.problem(
      first === "" ? [] : [first],
      `a document says first what it is: ${KINDS.join(", ")}${suggest(first, KINDS)}`,
      "key",
    );
  return kind;
}

/** Files that are `like` another program wait until that one is compiled. */
function compileCommands(sources: readonly Source[], drafts: boolean): readonly CompiledCommand[] {
  const programs = new Map<string, { readonly spec: CommandSpec; readonly file: string }>();
  const compiled = new Map<Source, CompiledCommand>();
  let waiting = [...sources];
  for (let before = -1; waiting.length > 0; ) {
    const last = waiting.length === before;
    before = waiting.length;
    const later: Source[] = [];
    for (const source of waiting) {
      const { like } = source.value as { like?: unknown };
      if (typeof like === "string" && !programs.has(like) && !last) {
        later.push(source);
        continue;
      }
      const command = compileCommand(source, { drafts, programs: (name) => programs.get(name)?.spec });
      if (!command) continue;
      for (const name of command.names) {
        const other = programs.get(name);
        if (other) source.problem(["command"], `"${name}" is a program of ${other.file} too`);
        programs.set(name, { spec: command.spec, file: source.file });
      }
      compiled.set(source, command);
    }
    waiting = later;
  }
  return sources.flatMap((source) => compiled.get(source) ?? []);
}
