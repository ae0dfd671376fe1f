import { readToolCall } from "../../intake/tool-call.ts";
import { present } from "../../load/present.ts";
import type { Context, Input } from "../../model/subject.ts";
import { asObject, asText, asTexts, type Gathering, type JsonObject, objectsOf, type SourceFile } from "../import/gathering.ts";
import type { CaseFacts } from "../schema.ts";

/** Something that was run, or asked to be. */
export interface Call {
  readonly input: Input;
  readonly context: CaseFacts["context"];
  readonly tool: string | undefined;
  /** What was decided then, if the line says. */
  readonly decided: string | undefined;
  /** `audit.jsonl:12` */
  readonly place: string;
}

/**
 * The calls of a file, a line each: an audit log's decisions, MCP requests, what agents hand to hooks, `{ tool, arguments }`, and plain
 * `{ command }` or `{ argv }`.
 */
export function* callsOf(file: SourceFile, gathering: Gathering): Generator<Call> {
  for (const { value, number } of objectsOf(file, gathering)) {
    const event = value.get("event");
    if (event !== undefined && event !== "decision") continue;
    const shared = { decided: asText(value.get("decision")), place: `${file.name}:${number}` };
    const called = toolOf(value);
    if (!called) {
      const plain = plainOf(value);
      if (plain) yield { ...plain, ...shared, tool: undefined };
      else gathering.problem(file, number, 1, 'expected "command", "argv" or a tool\'s "arguments"');
    } else if (called.args === undefined) gathering.leaveOut("a call whose arguments were not kept");
    else yield* subjectsOf(called.tool, called.args, gathering, shared);
  }
}

function* subjectsOf(
  tool: string,
  args: unknown,
  gathering: Gathering,
  shared: Pick<Call, "decided" | "place">,
): Generator<Call> {
  const reading = readToolCall(tool, args);
  if (reading.kind === "notExec") gathering.leaveOut("a call of a tool that runs nothing");
  else if (reading.kind === "problem") gathering.leaveOut(reading.problem);
  else for (const { input, context } of reading.subjects) yield { input, context: factsOf(context), tool, ...shared };
}

/** The ways in which calls of tools are written: by the audit log, by MCP, by agents. */
function toolOf(value: JsonObject): { readonly tool: string; readonly args: unknown } | undefined {
  const inner = asObject(value.get("params")) ?? asObject(value.get("call")) ?? value;
  const tool = asText(inner.get("tool")) ?? asText(inner.get("tool_name")) ?? asText(inner.get("name"));
  const args = inner.get("arguments") ?? inner.get("tool_input") ?? inner.get("input");
  if (tool === undefined || (args === undefined && value.get("event") !== "decision")) return undefined;
  return { tool, args };
}

function plainOf(value: JsonObject): { readonly input: Input; readonly context: CaseFacts["context"] } | undefined {
  const argv = asTexts(value.get("argv")) ?? asTexts(value.get("command"));
  const command = asText(value.get("command"));
  const context = asObject(value.get("context"));
  const text = (key: string): string | undefined => asText(value.get(key)) ?? asText(context?.get(key));
  const facts = factsOf(present({ cwd: text("cwd") ?? text("workdir"), user: text("user"), home: text("home") }));
  if (argv && argv.length > 0) return { input: { argv }, context: facts };
  return command === undefined || command === "" ? undefined : { input: { command }, context: facts };
}

/** What a case can say of where a call ran. */
export function factsOf({ cwd, home, user, project, env, shell }: Context): CaseFacts["context"] {
  const facts = present({ cwd, home, user, project: project && [...project], env: env && { ...env }, shell });
  return Object.keys(facts).length > 0 ? facts : undefined;
}
