import { suggest } from "../../load/nearest.ts";
import { present } from "../../load/present.ts";
import { ASKED, lineSchema } from "../schema.ts";
import {
  ATTACK,
  asObject,
  asText,
  asTexts,
  expecting,
  type Gathering,
  type Importer,
  type JsonObject,
  objectsOf,
  type SourceFile,
} from "./gathering.ts";

/** Words with which corpora say what a command is. */
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
    for (const { value, number } of objectsOf(file, gathering)) {
      if ([...value.keys()].every((key) => OWN.has(key))) own(value, file, number, gathering);
      else other(value, file, number, gathering);
    }
  },
};

function own(value: JsonObject, file: SourceFile, number: number, gathering: Gathering): void {
  const context = asObject(value.get("context"));
  const read = lineSchema.safeParse({
    ...Object.fromEntries(value),
    ...(value.has("expect") ? {} : { expect: "record" }),
    // Suites are read as if all were text.
    ...(context?.get("build") === true ? { context: { ...Object.fromEntries(context), build: "true" } } : {}),
  });
  if (!read.success) {
    for (const { path, message } of read.error.issues)
      gathering.problem(file, number, 1, `"${path.join(".")}": ${message.toLowerCase()}`);
  } else if (!ASKED.some((key) => value.has(key))) gathering.problem(file, number, 1, `expected one of ${quoted(ASKED)}`);
  else gathering.add({ ...read.data, suite: read.data.suite ?? file.name });
}

function other(value: JsonObject, file: SourceFile, number: number, gathering: Gathering): void {
  const text = (...keys: readonly string[]): string | undefined =>
    keys.map((key) => asText(value.get(key)) ?? numberOf(value.get(key))).find((found) => found !== undefined && found !== "");
  const argv = asTexts(value.get("argv")) ?? asTexts(value.get("command"));
  const command = text("command", "cmd");
  if (command === undefined && argv === undefined) {
    const [odd = ""] = [...value.keys()].filter((key) => !OWN.has(key) && !OTHER.includes(key));
    gathering.problem(file, number, 1, `expected "command" or "argv"; it has "${odd}"${suggest(odd, ASKED)}`);
    return;
  }
  for (const key of value.keys()) if (!OWN.has(key) && !OTHER.includes(key)) gathering.leaveOut(`"${key}" of a line`);
  const techniques = asTexts(value.get("attack") ?? value.get("techniques"));
  const attack = techniques ?? [text("attack", "technique")].filter((technique) => technique !== undefined);
  const cwd = text("cwd");
  gathering.add({
    suite: text("suite", "category") ?? file.name,
    ...present({ name: text("name", "description", "id"), license: text("license") }),
    ...(argv ? { argv: [...argv] } : { command: command ?? "" }),
    ...(cwd === undefined ? {} : { context: { cwd } }),
    source: text("source") ?? `${file.name}:${number}`,
    ...(attack.length > 0 ? { attack: [...attack] } : {}),
    ...present({ expect: labelled(text("expected", "decision", "label")) }),
  });
}

const numberOf = (value: unknown): string | undefined => (typeof value === "number" ? String(value) : undefined);
const quoted = (words: readonly string[]): string => words.map((word) => `"${word}"`).join(", ");

function labelled(label: string | undefined) {
  const word = label?.toLowerCase() ?? "";
  return expecting(word) ?? (HARMLESS.has(word) ? expecting("allow") : HARMFUL.has(word) ? ATTACK : undefined);
}
