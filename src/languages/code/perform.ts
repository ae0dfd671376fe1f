import type { Attributes } from "../../model/effect.ts";
import { exact, exactText, type Value } from "../../model/value.ts";
import { type Abstract, dataFrom, handle, type Source, sourcesOf, valueIn } from "./abstract.ts";
import { endOf, given, givenFrom, resourcesOf, selfOf, shapeOf, sourcesFor, textFor } from "./ends.ts";
import type { Action, Entry, Subject } from "./library.ts";
import { runAs } from "./programs.ts";
import type { Call } from "./world.ts";

/** Does what the library's table says of a function; what it gives. */
export function perform(call: Call, entry: Entry): Abstract {
  let result: Abstract | undefined;
  for (const action of entry.actions) {
    const given = act(call, entry, action);
    if (given) result = given;
  }
  return result ?? { kind: "nothing" };
}

function act(call: Call, entry: Entry, action: Action): Abstract | undefined {
  const { results } = call.world;
  switch (action.verb) {
    case "effect":
      for (const on of resourcesOf(call, entry, action.on)) results.effect(action.kind, on, attributesOf(call, entry, action));
      return undefined;
    case "flow":
      return flow(call, entry, action);
    case "run":
      return runAs(
        call,
        action.as,
        action.as === "words" || action.as === "path" ? givenFrom(call, entry, action.name) : given(call, entry, action.name),
        action.captured,
      );
    case "gives":
      return giveHandle(call, entry, action.type, action.at);
    case "returns":
      return action.name === "self" ? call.self : (given(call, entry, action.name) ?? { kind: "nothing" });
    case "opaque":
      results.opaque(action.text);
      return undefined;
    case "does":
      return call.world.language.natives.get(action.name)?.(call);
  }
}

function attributesOf(call: Call, entry: Entry, action: Extract<Action, { verb: "effect" }>): Attributes {
  const out: Record<string, Value | true> = {};
  for (const flag of action.flags) out[flag] = true;
  for (const [name, text] of action.attributes) {
    const value = entry.params.some((param) => param.name === text) ? given(call, entry, text) : undefined;
    if (value) out[name] = name === "mode" ? octal(value) : valueIn(value);
    else if (!entry.params.some((param) => param.name === text)) out[name] = exact(text);
  }
  return out;
}

/** Modes are written in octal for people: 0o4755 is `4755`. */
function octal(value: Abstract): Value {
  return value.kind === "number" ? exact(value.value.toString(8).padStart(3, "0")) : valueIn(value);
}

function flow(call: Call, entry: Entry, action: Extract<Action, { verb: "flow" }>): Abstract | undefined {
  const { results } = call.world;
  const from = sourcesFor(call, entry, action.from).map(
    (source): Source => (action.step ? { ...source, step: action.step } : source),
  );
  touch(call, entry, action.from, "read", false);
  const to = action.to;
  if (to.kind === "port" && to.name === "result") return dataFrom(from);
  touch(call, entry, to, "write", action.append);
  const sinks = to.kind === "port" && to.name === "self" ? selfOf(call) : sourcesFor(call, entry, to);
  const text = textFor(call, entry, action.from);
  for (const sink of sinks) {
    results.flow(from, sink.at);
    if (text) tellText(call, text, sink);
  }
  return undefined;
}

/** Known text goes to a file, to the terminal or to a program's stdin. */
export function tellText(call: Call, text: Value, { at }: Source): void {
  const { results } = call.world;
  if (at.kind === "resource" && at.on.kind === "path") results.keep(at.on.value, text);
  else if (at.kind === "stdout") results.print(text);
  else if (at.kind === "run") feed(at.run, text);
}

function feed(draft: Extract<Source["at"], { kind: "run" }>["run"], text: Value): void {
  const known = exactText(text);
  if (known === undefined || draft.run.stdinFrom) return;
  const before = draft.run.stdin?.lines.length ? draft.run.stdin.lines : [];
  draft.run = {
    ...draft.run,
    stdin: { lines: [...before, ...known.split("\n").map((line) => exact(line))], more: false, open: true },
  };
}

/** The effect that belongs to an end: a file is read or written, a host connected to. */
function touch(call: Call, entry: Entry, subject: Subject, kind: "read" | "write", append: boolean): void {
  const { results } = call.world;
  if (subject.kind === "port") {
    if (subject.name === "self" && call.self?.kind === "handle" && call.self.type === "path" && call.self.text)
      results.effect(
        append ? "append" : kind,
        { kind: "path", value: call.self.text },
        kind === "write" && !append ? { truncates: true } : {},
      );
    return;
  }
  const shape = subject.kind === "parameter" ? shapeOf(subject.name) : "data";
  if (subject.kind === "parameter" && shape === "data") return;
  const argument = subject.kind === "parameter" ? given(call, entry, subject.name) : undefined;
  // What is open already was accounted for when it was opened.
  if (argument?.kind === "handle" && argument.text === undefined) return;
  for (const on of resourcesOf(call, entry, subject)) {
    if (on.kind === "host" || on.kind === "unixSocket") {
      results.effect("connect", on);
      if (argument) results.flow(sourcesOf(argument), endOf(on, call));
    } else if (on.kind === "path") {
      const whole = kind === "write" && !append && !(subject.kind === "parameter" && subject.name === "dir");
      results.effect(append ? "append" : kind, on, whole ? { truncates: true } : {});
    } else results.effect(kind, on);
  }
}

function giveHandle(call: Call, entry: Entry, type: string, at: Subject | undefined): Abstract {
  const made = handle(type, at ? sourcesFor(call, entry, at) : []);
  call.world.handles.push(made);
  if (type !== "path" || at?.kind !== "parameter") return made;
  const value = given(call, entry, at.name);
  return { ...made, at: value ? sourcesOf(value) : [], text: value ? valueIn(value) : exact(".") };
}
