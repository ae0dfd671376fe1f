import { connect } from "../flow/connect.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { type Content, contentOf } from "../model/content.ts";
import type { Facts } from "../model/finding.ts";
import { HERE, type Place } from "../model/place.ts";
import { identity } from "../model/span.ts";
import type { Context, Subject } from "../model/subject.ts";
import { type Argument, exact, unknown } from "../model/value.ts";
import type { Variable } from "../words/scope.ts";
import { runAtExit } from "./code.ts";
import { invoke } from "./invoke.ts";
import { Machine } from "./machine.ts";
import { parseText } from "./reread.ts";
import type { Descriptor, Frame } from "./state.ts";
import { sourceOf } from "./streams.ts";
import { walkScript } from "./walk.ts";

/** Walks what is asked about once, and says what it would do. */
export function trace(subject: Subject, knowledge: Knowledge): Facts {
  const machine = new Machine(knowledge, subject.context);
  const frame = firstFrame(machine, subject.context);
  const { input } = subject;
  if ("argv" in input) {
    const words = input.argv.map(
      (text, i): Argument => ({
        value: exact(text),
        count: "one",
        span: { start: 0, end: text.length, argument: i },
        verbatim: 0,
      }),
    );
    invoke(machine, frame, words, new Map(), { start: 0, end: input.argv[0]?.length ?? 0, argument: 0 });
  } else {
    const script = parseText(machine, frame, input.command);
    if (script) walkScript(machine, frame, script);
  }
  runAtExit(machine, frame);
  const { flows, complete } = connect(machine.graph);
  if (!complete)
    machine.doubt({
      kind: "limit",
      text: "more data flows than can be followed",
      span: { start: 0, end: 0 },
      role: "code",
      about: [],
    });
  return { invocations: machine.invocations, effects: machine.effects, flows, doubts: machine.doubts };
}

const pipedIn = ({ stdin }: Context): Content | undefined => (stdin === undefined ? undefined : contentOf(exact(stdin)));

function firstFrame(machine: Machine, context: Context): Frame {
  const { graph } = machine;
  const place: Place = context.build ? { ...HERE, kind: "build", name: exact("image") } : HERE;
  const caller = { sink: { node: graph.node({ kind: "caller" }) } };
  const variables = new Map<string, Variable>();
  for (const [name, text] of Object.entries(context.env ?? {})) variables.set(name, { value: exact(text), exported: true });
  return {
    variables,
    unset: new Set(),
    functions: new Map(),
    aliases: new Map(),
    hashed: new Map(),
    cwd: exact(context.cwd ?? "."),
    // A script's parameters are its caller's choice.
    positionals: [{ value: unknown("input", "@"), count: "any", span: { start: 0, end: 0 } }],
    name: unknown("operator", "0"),
    descriptors: new Map<number, Descriptor>([
      [0, { source: sourceOf(graph.node({ kind: "input" }), pipedIn(context)) }],
      [1, caller],
      [2, caller],
    ]),
    place,
    user: undefined,
    through: [],
    when: "now",
    shell: context.shell ?? "bash",
    holes: new Map(),
    locate: identity,
    depth: 0,
    within: undefined,
    calls: [],
    locals: new Map(),
    concurrent: false,
    status: "yes",
    ended: "no",
    atExit: [],
  };
}
