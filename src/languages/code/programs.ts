import type { Run } from "../../model/binding.ts";
import type { Resource } from "../../model/resource.ts";
import { type Argument, concat, exact, exactText, type Value } from "../../model/value.ts";
import { type Abstract, type Handle, handle, itemsOf, optionsOf, sourcesOf, valueIn } from "./abstract.ts";
import { allSources } from "./ends.ts";
import type { Call, World } from "./world.ts";

export interface Streams {
  readonly stdin?: Abstract | undefined;
  readonly stdout?: Abstract | undefined;
  readonly env?: Abstract | undefined;
  readonly cwd?: Abstract | undefined;
  readonly captured: boolean;
}

/** A program is run by what the table says: text for a shell, a list of words, words one by one, or code. */
export function runAs(
  call: Call,
  as: string,
  what: Abstract | readonly Abstract[] | undefined,
  captured: boolean,
): Abstract | undefined {
  const { world } = call;
  if (what === undefined) return undefined;
  if (as === "words" || as === "path") return startWords(world, wordsOf(what as readonly Abstract[]), { captured });
  const value = what as Abstract;
  if (as === "shell") return startShell(world, value, { captured });
  if (as === "argv") return startWords(world, wordsOf([value]), { captured });
  return startCode(world, as, value);
}

/** `["ls", "-l"]`; a lone text is the program. */
export function wordsOf(values: readonly Abstract[]): readonly Abstract[] {
  return values.flatMap((value): readonly Abstract[] => {
    if (value.kind !== "list")
      return value.kind === "nothing" || value.kind === "function" || value.kind === "record" ? [] : [value];
    const { items, more } = itemsOf(value);
    return more ? [...items, more] : items;
  });
}

export function startShell(world: World, code: Abstract, streams: Streams, shell = "sh"): Handle {
  let made: Handle | undefined;
  for (const option of optionsOf(code)) {
    const value = valueIn(option);
    reachCode(world, option, "shell");
    made = start(
      world,
      { as: "shell", shell, code: world.results.argument(value), args: [], span: world.results.span },
      streams,
      [option],
    );
  }
  return made ?? handle("process");
}

export function startWords(world: World, words: readonly Abstract[], streams: Streams): Handle {
  const argv = words.map((word): Argument => world.results.argument(valueIn(word)));
  const [program] = words;
  if (!program) return handle("process");
  if (sourcesOf(program).length > 0) reachCode(world, program, "program");
  return start(world, { as: "argv", argv, span: world.results.span }, streams, words);
}

/** Code in another language, or this one in a process of its own. */
export function startCode(world: World, language: string, code: Abstract): Handle {
  reachCode(world, code, language);
  return start(
    world,
    { as: "code", language, code: world.results.argument(valueIn(code)), args: [], span: world.results.span },
    { captured: false },
    [code],
  );
}

/** A file of code. */
export function startFile(world: World, language: string, path: Abstract, args: readonly Abstract[]): Handle {
  const script: Run = {
    as: "script",
    language,
    path: world.results.argument(valueIn(path)),
    args: args.map((arg) => world.results.argument(valueIn(arg))),
    span: world.results.span,
  };
  return start(world, script, { captured: false }, [path]);
}

/** Data becomes code. A variable inside code that is otherwise known is a word of it. */
export function reachCode(world: World, code: Abstract, language: string): void {
  const whole = valueIn(code).kind === "unknown";
  const sources = sourcesOf(code).filter(
    ({ at }) =>
      whole || (at.kind !== "variable" && at.kind !== "environment" && (at.kind !== "data" || at.value.kind !== "pattern")),
  );
  world.results.flow(sources, { kind: "code", language });
}

function start(world: World, run: Run, streams: Streams, words: readonly Abstract[]): Handle {
  const { results } = world;
  const stdin = streams.stdin ? (sourcesOf(streams.stdin)[0] ?? undefined) : world.descriptors.get(0);
  const stdout = streams.stdout ? sourcesOf(streams.stdout).filter(({ at }) => at.kind !== "run") : [];
  const redirected = world.descriptors.get(1);
  const draft = results.start({ ...run, ...placed(world, streams) }, streams.captured);
  const text = streams.stdin ? exactText(valueIn(streams.stdin)) : undefined;
  if (text !== undefined && streams.stdin?.kind === "text")
    draft.run = { ...draft.run, stdin: { lines: text.split("\n").map((line) => exact(line)), more: false, open: true } };
  else if (stdin) results.flow([stdin], { kind: "run", run: draft });
  for (const sink of stdout.length > 0 ? stdout : redirected ? [redirected] : [])
    results.flow([{ at: { kind: "run", run: draft } }], sink.at);
  mention(world, words);
  const made = handle("process", [{ at: { kind: "run", run: draft } }]);
  world.handles.push(made);
  return made;
}

function placed(world: World, { env, cwd }: Streams): Pick<Run, "env" | "cwd"> {
  const own = env?.kind === "record" ? env.fields : new Map<string, Abstract>();
  const variables = [...world.environment, ...own].slice(0, 64).map(([name, value]) => ({ name, value: valueIn(value) }));
  return { ...(cwd && cwd.kind !== "nothing" ? { cwd: valueIn(cwd) } : {}), ...(variables.length > 0 ? { env: variables } : {}) };
}

/** What was read from elsewhere stands among the words of a program: what becomes of it is that program's business. */
function mention(world: World, words: readonly Abstract[]): void {
  const parts = words.filter((word) => word.kind !== "text" || word.value.kind !== "unknown" || words.length > 1);
  const about: Resource[] = allSources(parts).flatMap(({ at }) => (at.kind === "resource" ? [at.on] : []));
  if (about.length > 0)
    world.results.doubt({ kind: "hidden-argument", text: "what was read is handed to a program", role: "argument", about });
}

export const joinPath = (parts: readonly Value[]): Value => {
  let kept: Value[] = [];
  for (const part of parts) {
    const text = exactText(part);
    if (
      text?.startsWith("/") ||
      (part.kind === "pattern" && typeof part.pieces[0] === "string" && part.pieces[0].startsWith("/"))
    )
      kept = [part];
    else if (text !== "") {
      const before = kept.at(-1);
      const ended = before === undefined || exactText(before)?.endsWith("/") === true;
      kept.push(...(ended ? [part] : [exact("/"), part]));
    }
  }
  return kept.length === 0 ? exact("") : concat(kept);
};
