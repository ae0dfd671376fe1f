import { type Arguments, isRecord, valueAt } from "./arguments.ts";
import { type Kind, PRESETS, type Preset } from "./presets.ts";

interface Shape {
  readonly server?: string;
  readonly schema?: unknown;
}

/** The preset of the server's and tool's names, or of the shape of its arguments. */
export function presetFor(tool: string, args: unknown, { server, schema }: Shape): Preset | undefined {
  const name = plainName(tool);
  const where = server === undefined ? serverIn(tool) : plainName(server);
  const given = isRecord(args) ? args : {};
  const fits = (preset: Preset): boolean => hasAll(preset, given, schema);
  return (
    PRESETS.find((preset) => preset.tools.includes(name) && isFrom(preset, where) && fits(preset)) ??
    PRESETS.find((preset) => preset.anyName === true && fits(preset))
  );
}

/** Clients put the server before the tool: `mcp__docker__exec`, `mcp_docker_exec` is left alone. */
const lastPart = (tool: string): string =>
  tool.slice(Math.max(tool.lastIndexOf("__") + 2, tool.lastIndexOf("/") + 1, tool.lastIndexOf(":") + 1, 0));

export const plainName = (tool: string): string => {
  const end = tool.lastIndexOf("__") < 0 && !tool.includes("/") && !tool.includes(":") ? tool : lastPart(tool);
  return snake(end);
};

const serverIn = (tool: string): string => snake(tool.slice(0, tool.length - lastPart(tool).length));

/** `runCommand`, `run-command`, `container.exec`: run_command, container_exec. */
function snake(name: string): string {
  let out = "";
  for (const character of name) {
    const lower = character.toLowerCase();
    const inner = out !== "" && !out.endsWith("_");
    if (lower !== character) out += inner && lowerBefore(out) ? `_${lower}` : lower;
    else if (isLetter(character)) out += character;
    else if (inner) out += "_";
  }
  return out.endsWith("_") ? out.slice(0, -1) : out;
}

const lowerBefore = (text: string): boolean => /[a-z0-9]$/.test(text);
const isLetter = (character: string): boolean => /^[a-z0-9]$/.test(character);

function isFrom({ servers }: Preset, where: string): boolean {
  return servers === undefined || servers.some((word) => where.includes(word));
}

function hasAll({ has }: Preset, args: Arguments, schema: unknown): boolean {
  return Object.entries(has).every(([names, kind]) => names.split("|").some((name) => hasOne(name, kind, args, schema)));
}

/** The schema says what there may be, the call what there is; either will do. */
function hasOne(name: string, kind: Kind, args: Arguments, schema: unknown): boolean {
  const value = valueAt(args, name);
  if (value !== undefined && fitsKind(value, kind)) return true;
  const declared = propertyOf(schema, name);
  return declared !== undefined && declaredAs(declared, kind);
}

function fitsKind(value: unknown, kind: Kind): boolean {
  if (kind === "any") return true;
  return kind === "list" ? Array.isArray(value) : !Array.isArray(value) && typeof value !== "object";
}

function propertyOf(schema: unknown, name: string): Arguments | undefined {
  const properties = isRecord(schema) && isRecord(schema.properties) ? schema.properties : {};
  const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
  return isRecord(property) ? property : undefined;
}

function declaredAs({ type }: Arguments, kind: Kind): boolean {
  if (kind === "any" || typeof type !== "string") return true;
  return kind === "list" ? type === "array" : type !== "array" && type !== "object";
}
