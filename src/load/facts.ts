import type { CommandSpec, HostSpec, OperandSpec, ParsingMode, PlaceSpec } from "../knowledge/command.ts";
import type { Facts, PlaceFacts } from "./command-schema.ts";
import { ALWAYS, ARGUMENT } from "./condition.ts";
import { present } from "./present.ts";
import type { Scope } from "./scope.ts";
import type { Path } from "./source.ts";
import { compileStatement } from "./statements.ts";
import { compileShape } from "./subjects.ts";
import { readOperands, readOption } from "./synopsis.ts";

/** Puts the options, operands and types of a command or subcommand into its scope. */
export function declare(facts: Facts, scope: Scope, mode: ParsingMode): void {
  for (const [key, type] of Object.entries(facts.options ?? {}))
    declareOption(key, type, scope, mode, [...scope.path, "options", key]);
  const inert = typeof facts.inert === "string" ? facts.inert.split(/[;\n]/).map((part) => part.trim()) : (facts.inert ?? []);
  inert.forEach((key, i) => {
    if (key === "") return;
    const path: Path = typeof facts.inert === "string" ? [...scope.path, "inert"] : [...scope.path, "inert", i];
    const reading = readOption(key, mode);
    if ("wrong" in reading) scope.source.problem(path, reading.wrong);
    else scope.addOption({ ...reading.value, inert: true }, path);
  });
  for (const [name, type] of Object.entries(facts.types ?? {})) declareType(name, type, scope, [...scope.path, "types", name]);
  if (facts.env) scope.addOperand("VALUE");
  if (facts.other_options !== undefined) scope.addOperand(facts.other_options);
  for (const pattern of [...Object.values(facts.operands_when ?? {}), facts.operands ?? ""]) {
    const reading = readOperands(pattern, facts.types);
    if ("value" in reading) for (const operand of reading.value) scope.addOperand(operand.name);
  }
}

function declareOption(key: string, type: string | Record<string, string>, scope: Scope, mode: ParsingMode, path: Path): void {
  const reading = readOption(key, mode);
  if ("wrong" in reading) {
    scope.source.problem(path, reading.wrong, "key");
    return;
  }
  const { args } = reading.value;
  scope.addOption(reading.value, path);
  const [only, second] = args;
  if (typeof type === "string") {
    if (type === "") return;
    if (only && !second) declareType(only.name, type, scope, path);
    else
      scope.source.problem(
        path,
        only ? "several arguments: give the types as { NAME: type }" : `${key} takes no argument, so it has no type`,
      );
    return;
  }
  for (const [name, shape] of Object.entries(type)) {
    if (args.some((arg) => arg.name === name)) declareType(name, shape, scope, [...path, name]);
    else scope.source.problem([...path, name], `the option has no argument "${name}"`, "key");
  }
}

function declareType(name: string, type: string, scope: Scope, path: Path): void {
  const shape = compileShape(type, scope, path);
  const known = scope.types.get(name);
  if (shape && known !== undefined && known !== shape)
    scope.source.problem(path, `${name} has the type ${known} already; give one of the two another name`);
  if (shape) scope.types.set(name, shape);
}

/** Everything of a spec but its subcommands, once the scope is declared. */
export function compileFacts(facts: Facts, scope: Scope, id: string, mode: ParsingMode): Omit<CommandSpec, "subcommands"> {
  const path = scope.path;
  const does = (facts.does ?? []).flatMap((raw, i) => compileStatement(raw, scope, [...path, "does", i]) ?? []);
  return {
    id,
    mode,
    ...present({ stopsAt: compileStop(facts, scope), bundleFirst: facts.bundle_first, until: facts.until }),
    ...present({
      ends: facts.ends?.flatMap((name) => scope.option(name, [...path, "ends"]) ?? []),
      otherOptions: facts.other_options,
    }),
    options: scope.options.map(({ spec }) => spec),
    operands: compileOperands(facts, scope),
    types: Object.fromEntries(scope.types),
    defaults: { ...impliedDefaults(facts), ...facts.defaults },
    ...present({
      relative: compileRelative(facts, scope),
      hosts: compileHosts(facts, scope),
      place: compilePlaces(facts, scope),
    }),
    env: compileEnvironment(facts, scope),
    does,
    ...present({ external: facts.external }),
  };
}

/** `becomes: USER` with `default: root`. */
function impliedDefaults(facts: Facts): Record<string, string> {
  const defaults: Record<string, string> = {};
  for (const raw of facts.does ?? []) {
    const { becomes, default: missing } = (raw ?? {}) as { becomes?: unknown; default?: unknown };
    if (typeof becomes === "string" && typeof missing === "string") defaults[becomes] = missing;
  }
  return defaults;
}

function compileStop(facts: Facts, scope: Scope): string | undefined {
  if (facts.stops_at !== undefined && !scope.hasOperand(facts.stops_at))
    scope.source.problem([...scope.path, "stops_at"], `"${facts.stops_at}" is no operand`);
  return facts.stops_at;
}

function compileOperands(facts: Facts, scope: Scope): CommandSpec["operands"] {
  const read = (pattern: string, path: Path): readonly OperandSpec[] => {
    const reading = readOperands(pattern, facts.types);
    if ("value" in reading) return reading.value;
    scope.source.problem(path, reading.wrong);
    return [];
  };
  const conditional = Object.entries(facts.operands_when ?? {}).flatMap(([key, pattern]) => {
    const path = [...scope.path, "operands_when", key];
    const when = scope.condition([key], path);
    return when ? [{ when, pattern: read(pattern, path) }] : [];
  });
  return [...conditional, { pattern: read(facts.operands ?? "", [...scope.path, "operands"]) }];
}

function compileRelative(facts: Facts, scope: Scope): CommandSpec["relative"] {
  for (const [name, folder] of Object.entries(facts.relative ?? {})) scope.argument(folder, [...scope.path, "relative", name]);
  return facts.relative;
}

function compileHosts(facts: Facts, scope: Scope): CommandSpec["hosts"] {
  if (!facts.hosts) return undefined;
  const hosts: Record<string, HostSpec> = {};
  for (const [name, host] of Object.entries(facts.hosts)) {
    const path = [...scope.path, "hosts", name];
    if (host.port !== undefined) scope.argument(host.port, [...path, "port"]);
    if (host.route !== undefined) scope.argument(host.route, [...path, "route"]);
    hosts[name] = present(host);
  }
  return hosts;
}

function compileEnvironment(facts: Facts, scope: Scope): CommandSpec["env"] {
  return Object.entries(facts.env ?? {}).flatMap(([name, raw]) => {
    const path = [...scope.path, "env", name];
    const statements = Array.isArray(raw)
      ? raw.map((one, i) => compileStatement(one, scope, [...path, i]))
      : [compileStatement(raw, scope, path)];
    return statements.flatMap((statement) => (statement ? [{ name, statement }] : []));
  });
}

/** The first that holds: each is what is tried when the one before does not hold. */
function compilePlaces(facts: Facts, scope: Scope): PlaceSpec | undefined {
  const places = (facts.place ?? []).map((place, i) => compilePlace(place, scope, [...scope.path, "place", i]));
  return places.reduceRight<PlaceSpec | undefined>((otherwise, place) => ({ ...place, ...present({ otherwise }) }), undefined);
}

function compilePlace(place: PlaceFacts, scope: Scope, path: Path): PlaceSpec {
  const named = (names: readonly string[] | undefined, key: string): readonly string[] => {
    for (const name of names ?? []) if (!name.startsWith("=")) scope.argument(name, [...path, key]);
    return names ?? [];
  };
  const { name = `=${place.kind}` } = place;
  if (ARGUMENT.test(name)) scope.argument(name, [...path, "name"]);
  else if (!name.startsWith("="))
    scope.source.problem([...path, "name"], `name: expected an argument, or fixed text as in "=${name}"`);
  return {
    ...present({ when: scope.condition(place.when, [...path, "when"]) }),
    kind: place.kind,
    name: name.startsWith("=") ? { text: name.slice(1) } : { argument: name },
    mounts: named(place.mounts, "mounts"),
    ...present({ privileged: scope.condition(place.privileged, [...path, "privileged"]) }),
    capabilities: named(place.capabilities, "capabilities"),
    namespaces: Object.entries(place.namespaces ?? {}).map(([name, when]) => ({
      name,
      when: scope.condition(when, [...path, "namespaces", name]) ?? ALWAYS,
    })),
  };
}
