import type { End } from "../../model/binding.ts";
import type { Resource } from "../../model/resource.ts";
import { RESOURCE_KINDS, type ResourceKind } from "../../model/resource.ts";
import { exact, type Value } from "../../model/value.ts";
import { type Abstract, exactOf, merge, optionsOf, type Source, sourcesOf, valueIn } from "./abstract.ts";
import { resourceOfHost, resourceOfUrl } from "./hosts.ts";
import type { Entry, Subject } from "./library.ts";
import type { Call } from "./world.ts";

/** What stands for a parameter in a call: by position, by name, or what it is when it is left out. */
export function given(call: Call, entry: Entry, name: string): Abstract | undefined {
  const at = entry.params.findIndex((param) => param.name === name);
  const found = call.named.get(name) ?? (at >= 0 ? call.args[at] : undefined);
  if (found !== undefined && found.kind !== "nothing") return found;
  const fallback = entry.params[at]?.fallback;
  return fallback === undefined ? undefined : { kind: "text", value: exact(fallback), sources: [] };
}

/** All arguments from this parameter on. */
export function givenFrom(call: Call, entry: Entry, name: string): readonly Abstract[] {
  const at = entry.params.findIndex((param) => param.name === name);
  return at < 0 ? [] : call.args.slice(at);
}

export type Shape = "path" | "url" | "address" | "data";

const PATHS: ReadonlySet<string> = new Set(["path", "src", "dst", "dir", "top", "archive", "file"]);

export const shapeOf = (name: string): Shape =>
  PATHS.has(name) ? "path" : name === "url" ? "url" : name === "address" ? "address" : "data";

/** The resources that a subject names. */
export function resourcesOf(call: Call, entry: Entry, subject: Subject): readonly Resource[] {
  switch (subject.kind) {
    case "parameter": {
      const value = given(call, entry, subject.name);
      return value ? optionsOf(value).flatMap((option) => resourcesIn(option, shapeOf(subject.name))) : [];
    }
    case "resource": {
      const value = given(call, entry, subject.name);
      const kind = kindOf(subject.of);
      return value && kind ? [{ kind, value: valueIn(value) }] : [];
    }
    case "host": {
      const host = given(call, entry, subject.host);
      const port = given(call, entry, subject.port);
      return [resourceOfHost(host ? valueIn(host) : exact(""), port ? valueIn(port) : undefined, subject.scheme)];
    }
    case "fixed": {
      const kind = kindOf(subject.of);
      return kind ? [{ kind, value: exact(subject.text) }] : [];
    }
    case "port":
      return subject.name === "self" && call.self ? resourcesIn(call.self, "path") : [];
  }
}

/** Something that is given where a path, a URL or an address is expected. */
export function resourcesIn(value: Abstract, shape: Shape): readonly Resource[] {
  if (value.kind === "handle" && value.text === undefined)
    return value.at.flatMap(({ at }) => (at.kind === "resource" ? [at.on] : []));
  switch (shape) {
    case "path":
      return isDescriptor(value) ? [] : [{ kind: "path", value: valueIn(value) }];
    case "url":
      return value.kind === "record" ? [] : [resourceOfUrl(valueIn(value))];
    case "address":
      return addressOf(value);
    case "data":
      return [];
  }
}

/** `open(0)`: a descriptor that is open already. */
const isDescriptor = (value: Abstract): boolean => value.kind === "number" || value.kind === "nothing";

/** `(host, port)`, or the path of a Unix socket. */
function addressOf(value: Abstract): readonly Resource[] {
  if (value.kind === "list") {
    const [host, port] = value.items;
    return [resourceOfHost(host ? valueIn(host) : exact(""), port ? valueIn(port) : undefined, "tcp")];
  }
  const text = exactOf(value);
  if (text !== undefined) return [{ kind: "unixSocket", value: exact(text) }];
  return [{ kind: "host", value: valueIn(value), scheme: "tcp" }];
}

const kindOf = (text: string): ResourceKind | undefined => RESOURCE_KINDS.find((kind) => kind === text);

export function endOf(on: Resource, call: Call): End {
  return { kind: "resource", on, span: call.world.results.span };
}

/** The data that a value holds, or the ends it stands for, told apart by how it was named. */
export function sourcesFor(call: Call, entry: Entry, subject: Subject): readonly Source[] {
  switch (subject.kind) {
    case "parameter": {
      const value = given(call, entry, subject.name);
      if (!value) return [];
      const shape = shapeOf(subject.name);
      if (shape === "data") return sourcesOf(value);
      return endsOf(call, resourcesOf(call, entry, subject), value);
    }
    case "resource":
    case "host":
    case "fixed":
      return resourcesOf(call, entry, subject).map((on) => ({ at: endOf(on, call) }));
    case "port":
      if (subject.name === "self") return selfOf(call);
      return subject.name === "result" ? [] : [{ at: { kind: subject.name } }];
  }
}

function endsOf(call: Call, resources: readonly Resource[], value: Abstract): readonly Source[] {
  if (value.kind === "handle" && value.text === undefined) return value.at;
  return resources.map((on) => ({ at: endOf(on, call) }));
}

/** A handle that stands for a path is that file; any other is what it is open on. */
export function selfOf(call: Call): readonly Source[] {
  const { self } = call;
  if (!self) return [];
  if (self.kind === "handle" && self.text !== undefined && self.type === "path")
    return [{ at: endOf({ kind: "path", value: self.text }, call) }];
  return sourcesOf(self);
}

/** Text of a data argument, where it is known what is written. */
export function textFor(call: Call, entry: Entry, subject: Subject): Value | undefined {
  if (subject.kind !== "parameter" || shapeOf(subject.name) !== "data") return undefined;
  const value = given(call, entry, subject.name);
  return value ? valueIn(value) : undefined;
}

export const allSources = (values: readonly Abstract[]): readonly Source[] => merge(values.map((value) => sourcesOf(value)));
