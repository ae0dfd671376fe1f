import { parse, TomlError } from "smol-toml";
import { asObject, asText, expecting, type Gathering, type Importer, linesIn, type SourceFile, textOf } from "./gathering.ts";

/** The corpus of Destructive Command Guard: TOML tables `[[case]]` with `description`, `command`, `expected` and `rule_id`. */
export const dcg: Importer = {
  format: "dcg",
  about: "TOML of the corpus of dcg, or a folder of it",
  wants: (name) => name.endsWith(".toml") && !/(^|\/)Cargo\.toml$/.test(name),
  read(file, gathering) {
    const text = textOf(file, gathering);
    if (text === undefined) return;
    const cases = read(text, file, gathering)?.get("case");
    if (cases === undefined) return;
    if (!Array.isArray(cases)) {
      gathering.problem(file, 1, 1, "expected tables [[case]]");
      return;
    }
    const lines = headings(text);
    for (const [i, given] of cases.entries()) {
      const facts = asObject(given);
      const command = asText(facts?.get("command"));
      const line = lines[i] ?? 1;
      if (command === undefined) {
        gathering.problem(file, line, 1, '"command" is missing');
        continue;
      }
      const expected = asText(facts?.get("expected"));
      const expect = expecting(expected);
      if (expected !== undefined && !expect) gathering.leaveOut(`the verdict "${expected}", which is none of argvet's`);
      const name = asText(facts?.get("description"));
      const rule = asText(facts?.get("rule_id"));
      gathering.add({
        suite: `dcg: ${file.name.replace(/\.toml$/, "")}`,
        ...(name === undefined ? {} : { name }),
        command,
        source: `dcg ${file.name}:${line}${rule === undefined ? "" : ` ${rule}`}`,
        ...(expect ? { expect } : {}),
      });
    }
  },
};

function read(text: string, file: SourceFile, gathering: Gathering): ReadonlyMap<string, unknown> | undefined {
  try {
    const root = asObject(parse(text));
    if (root && !root.has("case")) gathering.problem(file, 1, 1, "expected tables [[case]]");
    return root;
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [, message = ""] = /^Invalid TOML document: (.*)/.exec(error.message) ?? [];
    gathering.problem(file, error.line, error.column, `not TOML: ${message || "unreadable"}`);
    return undefined;
  }
}

/** The library keeps no positions: the nth heading is the nth case. */
const headings = (text: string): readonly number[] =>
  [...linesIn(text)].flatMap(({ line, number }) => (/^\s*\[\[\s*case\s*\]\]/.test(line) ? [number] : []));
