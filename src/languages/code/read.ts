import type { Binding } from "../../model/binding.ts";
import { LIMITS } from "../../model/limits.ts";
import { type Argument, prefixOf } from "../../model/value.ts";
import { type Abstract, dataFrom, type FunctionValue, optionsOf, sourcesOf, valueIn } from "./abstract.ts";
import { apply } from "./calls.ts";
import { evaluate } from "./evaluate.ts";
import { sourceOf } from "./holes.ts";
import { reachCode, startCode, startFile } from "./programs.ts";
import { Results } from "./results.ts";
import { Scope } from "./scope.ts";
import { walkBlock, walkUncalled } from "./statements.ts";
import type { Definition, Program, Statement } from "./tree.ts";
import type { Language, World } from "./world.ts";

/** Steps one piece of code may take. */
const FUEL = 40_000;
const DEEPEST_CODE = 8;

/** What a program does; undefined when nothing of it is known, or it cannot be read at all. */
export function readProgram(language: Language, code: Argument, args: readonly Argument[]): Binding | undefined {
  try {
    return walked(language, code, args);
  } catch (problem) {
    // The stack ended before the limits did.
    if (problem instanceof RangeError) return undefined;
    throw problem;
  }
}

function walked(language: Language, code: Argument, args: readonly Argument[]): Binding | undefined {
  const source = sourceOf(code);
  if (!source || source.text.length > LIMITS.nestedLength) return undefined;
  const program = language.parse(source);
  if (!program) return undefined;
  const results = new Results(code.span);
  const world: World = {
    language,
    results,
    top: new Scope(),
    args,
    descriptors: new Map(),
    uncalled: new Map(),
    handles: [],
    environment: new Map(),
    depth: 0,
    fuel: FUEL,
    returned: [],
    calls: new Map(),
  };
  if (language.showsLast) show(world, last(world, world.top, program));
  else run(world, world.top, program);
  walkUncalled(world);
  return results.binding();
}

/** `node -p` prints it, and whether that was asked for is not known here. */
function show(world: World, value: Abstract): void {
  if (
    value.kind === "handle" &&
    (value.type !== "process" || value.at.some(({ at }) => at.kind === "run" && at.run.outputs.length > 0))
  )
    return;
  world.results.flow(sourcesOf(value), { kind: "stdout" });
  if (value.kind !== "nothing" && value.kind !== "function") world.results.unknownOutput();
}

function run(world: World, scope: Scope, program: Program): void {
  walkBlock(world, scope, program.body);
  if (!program.broken) return;
  // The language itself would refuse it as well, unless it is newer than the parser: what it does besides says how much that matters.
  const { effects, runs } = world.results;
  world.results.opaque(
    `not all of the ${world.language.name} code can be read`,
    effects.size + runs.length > 0 ? "inline" : "project",
  );
}

/** Text that becomes code of the same language: read where it stands, or else a doubt. What its last expression gives. */
export function runText(world: World, scope: Scope, code: Abstract): Abstract {
  const out: Abstract[] = [];
  for (const option of optionsOf(code)) out.push(runOption(world, scope, option) ?? dataFrom([], "unsupported"));
  return out.length === 1 ? (out[0] ?? { kind: "nothing" }) : { kind: "either", options: out };
}

function runOption(world: World, scope: Scope, code: Abstract): Abstract | undefined {
  if (code.kind === "function") return apply(world, code, []);
  if (code.kind === "nothing") return code;
  reachCode(world, code, world.language.name);
  const source = sourceOf(world.results.argument(valueIn(code)));
  const program = source && world.depth < DEEPEST_CODE ? world.language.parse(source) : undefined;
  if (source && program && prefixOf(valueIn(code)) !== "" && world.fuel > 0) {
    world.depth++;
    const result = last(world, scope, program);
    world.depth--;
    return result;
  }
  return hidden(world, code);
}

/** `new Function("a", "return a")`: text becomes a function. */
export function functionFrom(world: World, code: Abstract, params: readonly string[]): Abstract {
  reachCode(world, code, world.language.name);
  const source = sourceOf(world.results.argument(valueIn(code)));
  const program = source ? world.language.parse(source) : undefined;
  if (!program) return hidden(world, code);
  const definition: Extract<Definition, { kind: "function" }> = {
    kind: "function",
    body: program.body,
    params: params.map((name) => ({ target: { kind: "name", name } })),
  };
  const value: FunctionValue = { kind: "function", definition, scope: world.top };
  world.uncalled.set(definition, value);
  return value;
}

/** The value of code is that of the expression it ends with. */
function last(world: World, scope: Scope, program: Program): Abstract {
  const end: Statement | undefined = program.body.at(-1);
  if (end?.kind !== "do") {
    run(world, scope, program);
    return { kind: "nothing" };
  }
  run(world, scope, { ...program, body: program.body.slice(0, -1) });
  return evaluate(world, scope, end.value);
}

/** Code from a file or from stdin is read there; any other that is not known is a doubt. */
function hidden(world: World, code: Abstract): Abstract {
  const { name } = world.language;
  const sources = sourcesOf(code);
  const [only] = sources;
  if (sources.length === 1 && only && only.step === undefined) {
    if (only.at.kind === "resource" && only.at.on.kind === "path")
      return startFile(world, name, { kind: "text", value: only.at.on.value, sources: [] }, []);
    if (only.at.kind === "stdin") {
      world.results.start({ as: "script", language: name, args: [], span: world.results.span }, false);
      return { kind: "nothing" };
    }
  }
  const network = sources.some(({ at }) => at.kind === "resource" && at.on.kind === "host");
  if (sources.some(({ at }) => at.kind === "data" && at.value.from)) return startCode(world, name, code);
  world.results.opaque(`${name} runs text that is not known`, network ? "network" : "inline");
  return { kind: "nothing" };
}
