import type { Attributes } from "../../model/effect.ts";
import { exact, type Hole, pattern, unknown, type Value } from "../../model/value.ts";
import {
  type Abstract,
  dataFrom,
  exactOf,
  type Handle,
  handle,
  known,
  listOf,
  NONE,
  sourcesOf,
  textOf,
  valueIn,
} from "../code/abstract.ts";
import { callBack } from "../code/calls.ts";
import { allSources, endOf } from "../code/ends.ts";
import { partOf } from "../code/natives.ts";
import { joinPath } from "../code/programs.ts";
import type { Call, Native } from "../code/world.ts";

const STAR: Hole = { origin: { by: "glob" }, glob: "star" };

const STANDARD = ["stdin", "stdout", "caller"] as const;

/** `readFileSync(0)` and `/dev/stdin` are what is open already. */
function standard(path: Abstract): Handle | undefined {
  const descriptor = path.kind === "number" ? path.value : exactOf(path) === "/dev/stdin" ? 0 : undefined;
  const kind = descriptor === undefined ? undefined : STANDARD[descriptor];
  return kind ? handle("file", [{ at: { kind } }]) : undefined;
}

function opened(call: Call, path: Abstract, effects: readonly ("read" | "write" | "append")[]): Handle {
  const open = standard(path) ?? (path.kind === "handle" ? path : undefined);
  if (open) return open;
  const on = { kind: "path" as const, value: valueIn(path) };
  for (const kind of effects) call.world.results.effect(kind, on, kind === "write" ? { truncates: true } : {});
  const made = handle("file", [{ at: endOf(on, call) }]);
  call.world.handles.push(made);
  return made;
}

function readFile(call: Call): Abstract {
  const file = opened(call, call.args[0] ?? NONE, ["read"]);
  if (call.path.endsWith("Stream")) return file;
  return callBack(call.world, call.args, dataFrom(file.at));
}

function writeFile(call: Call): Abstract {
  const [path = NONE, data = NONE, options] = call.args;
  const stream = call.path.endsWith("Stream");
  const settings = stream ? data : (options ?? NONE);
  const flags = settings.kind === "record" ? exactOf(settings.fields.get("flags") ?? settings.fields.get("flag")) : undefined;
  const file = opened(call, path, [flags?.startsWith("a") ? "append" : "write"]);
  if (stream) return file;
  for (const { at } of file.at) {
    call.world.results.flow(sourcesOf(data), at);
    if (at.kind === "resource" && at.on.kind === "path") call.world.results.keep(at.on.value, valueIn(data));
    if (at.kind === "stdout") call.world.results.print(valueIn(data));
  }
  return callBack(call.world, call.args, NONE);
}

function open(call: Call): Abstract {
  const flags = exactOf(call.args[1]) ?? "r";
  const file = opened(
    call,
    call.args[0] ?? NONE,
    flags.startsWith("r") && !flags.includes("+") ? ["read"] : [flags.startsWith("a") ? "append" : "write"],
  );
  return callBack(call.world, call.args, file);
}

function descriptorWrite(call: Call): Abstract {
  const [target = NONE, data = NONE] = call.args;
  const file = target.kind === "handle" ? target : standard(target);
  for (const { at } of file?.at ?? []) call.world.results.flow(sourcesOf(data), at);
  return callBack(call.world, call.args, NONE);
}

/** `rm(path, { recursive: true, force: true })` */
function remove(call: Call): Abstract {
  const [path = NONE, options] = call.args;
  const set = (name: string): boolean => {
    const flag = options?.kind === "record" ? options.fields.get(name) : undefined;
    return flag !== undefined && !(flag.kind === "number" && flag.value === 0);
  };
  const attributes: Attributes = { ...(set("recursive") ? { recursive: true } : {}), ...(set("force") ? { force: true } : {}) };
  call.world.results.effect("delete", { kind: "path", value: valueIn(path) }, attributes);
  return callBack(call.world, call.args, NONE);
}

const names: Native = (call) => callBack(call.world, call.args, listOf([], textOf(pattern([STAR]))));

function path(call: Call): Abstract {
  const joined: Value = joinPath(call.args.map(valueIn));
  return textOf(joined, allSources(call.args));
}

function pipeline(call: Call): Abstract {
  const streams = call.args.filter((arg) => arg.kind === "handle" || arg.kind === "method");
  streams.slice(1).forEach((to, i) => {
    const from = streams[i];
    for (const { at } of sourcesOf(to)) call.world.results.flow(from ? sourcesOf(from) : [], at);
  });
  return NONE;
}

/** Nothing is read until its text is asked for, but nobody makes one for anything else. */
const bunFile: Native = (call) => opened(call, call.args[0] ?? NONE, ["read"]);

function bunWrite(call: Call): Abstract {
  const [path = NONE, data = NONE] = call.args;
  return writeFile({ ...call, path: "fs.writeFile", args: [path.kind === "handle" ? opened(call, path, []) : path, data] });
}

export const FILE_NATIVES: readonly (readonly [string, Native])[] = [
  ["read-file", readFile],
  ["write-file", writeFile],
  ["open", open],
  ["descriptor-write", descriptorWrite],
  ["remove", remove],
  ["names", names],
  ["path", path],
  ["pipeline", pipeline],
  ["basename", partOf((text) => text.slice(text.lastIndexOf("/") + 1))],
  ["dirname", partOf((text) => text.slice(0, Math.max(0, text.lastIndexOf("/"))))],
  ["named-path", (call) => (call.path.endsWith("homedir") ? textOf(unknown("operator", "HOME")) : known("/tmp"))],
  ["bun-file", bunFile],
  ["bun-write", bunWrite],
  [
    "sqlite",
    (call) => {
      const name = exactOf(call.args[0]);
      if (name !== undefined && name !== ":memory:" && name !== "")
        call.world.results.effect("read", { kind: "path", value: exact(name) });
      return handle("database", []);
    },
  ],
];
