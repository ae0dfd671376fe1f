import { suggest } from "../../load/nearest.ts";
import { isHeader, LineFacts } from "../facts.ts";
import { LinePlace } from "../line-place.ts";
import { ASKED, lineSchema } from "../schema.ts";
import {
  ATTACK,
  asText,
  asTexts,
  expecting,
  type Gathering,
  type Importer,
  type JsonObject,
  objectsOf,
  type SourceFile,
} from "./gathering.ts";

/** Words with which collections say what a command is. */
const HARMLESS = new Set(["allow", "allowed", "benign", "harmless", "safe", "negative", "ok"]);
const HARMFUL = new Set(["attack", "malicious", "unsafe", "dangerous", "harmful", "positive", "block", "blocked"]);

/** Keys of a suite's own lines, and those that other collections of commands have instead of them. */
const OWN = new Set(Object.keys(lineSchema.shape));
const OTHER = ["id", "cmd", "description", "label", "expected", "decision", "technique", "techniques", "category", "cwd"];

/** JSON objects, a line each: lines of `argvet suite export` come back as they were, others as far as their keys are understood. */
export const jsonl: Importer = {
  format: "jsonl",
  about: 'JSON objects with "command" or "argv", a line each, or - for stdin',
  wants: (name) => name.endsWith(".jsonl") || name.endsWith(".ndjson"),
  read(file, gathering) {
    const lines = new LineFacts(file.name);
    for (const { value, number, line } of objectsOf(file, gathering)) {
      if (isSuiteLine(value)) {
        const place = new LinePlace(file.path, line, number - 1);
        const given = lines.read(place);
        if (given) gathering.add(given);
        gathering.problems.push(...place.problems);
      } else foreign(value, number, lines, file, gathering);
    }
  },
};

const isSuiteLine = (value: JsonObject): boolean =>
  [...value.keys()].every((key) => OWN.has(key)) && (value.has("expect") || isHeader(Object.fromEntries(value)));

function foreign(value: JsonObject, number: number, lines: LineFacts, file: SourceFile, gathering: Gathering): void {
  const told = translated(value, gathering);
  if (typeof told === "string") {
    gathering.problem(file, number, 1, told);
    return;
  }
  const place = new LinePlace(file.path, JSON.stringify(Object.fromEntries(told)), number - 1);
  const given = lines.read(place);
  const source = given?.source ?? `${file.name}:${number}`;
  if (given) gathering.add({ ...given, name: told.has("name") ? given.name : undefined, source });
  // Columns would be of the translation.
  gathering.problems.push(...place.problems.map((problem) => ({ ...problem, column: 1 })));
}

/** A line of another collection as one of a suite; text if there is nothing to run in it. */
function translated(value: JsonObject, gathering: Gathering): JsonObject | string {
  const text = (...keys: readonly string[]): string | undefined =>
    keys.map((key) => asText(value.get(key)) ?? numberOf(value.get(key))).find((found) => found !== undefined && found !== "");
  const asked = ASKED.some((key) => value.has(key)) || value.has("cmd");
  if (!asked) {
    const [odd = ""] = [...value.keys()].filter((key) => !OWN.has(key) && !OTHER.includes(key));
    return `expected "command" or "argv"; it has "${odd}"${suggest(odd, ASKED)}`;
  }
  for (const key of value.keys()) if (!OWN.has(key) && !OTHER.includes(key)) gathering.leaveOut(`"${key}" of a line`);
  const own = new Map([...value].filter(([key]) => OWN.has(key)));
  const add = (key: string, found: unknown): void => {
    if (found !== undefined && (!own.has(key) || own.get(key) === "")) own.set(key, found);
  };
  const argv = asTexts(value.get("command"));
  if (argv) own.delete("command");
  add(argv ? "argv" : "command", argv ?? text("cmd"));
  add("name", text("description", "id"));
  add("suite", text("category"));
  const technique = text("technique");
  add("attack", asTexts(value.get("techniques")) ?? (technique && [technique]));
  if (typeof own.get("attack") === "string") own.set("attack", [own.get("attack")]);
  add("context", text("cwd") && { cwd: text("cwd") });
  add("expect", labelled(text("expected", "decision", "label")) ?? "record");
  return own;
}

const numberOf = (value: unknown): string | undefined => (typeof value === "number" ? String(value) : undefined);

function labelled(label: string | undefined) {
  const word = label?.toLowerCase() ?? "";
  return expecting(word) ?? (HARMLESS.has(word) ? expecting("allow") : HARMFUL.has(word) ? ATTACK : undefined);
}
