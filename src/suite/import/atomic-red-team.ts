import type { Path, Source } from "../../load/source.ts";
import { asObject, asText, asTexts, documentOf, type Gathering, type Importer, type JsonObject } from "./gathering.ts";

/** Atomic Red Team: `atomics/T1059.004/T1059.004.yaml`, tests whose executor is a shell, with the defaults of their arguments. */
export const atomicRedTeam: Importer = {
  format: "atomic-red-team",
  about: "a checkout of Atomic Red Team, or its atomics folder",
  folder: "atomics",
  wants: (name) => /^T\d+(\.\d+)?\/T\d+(\.\d+)?\.ya?ml$/i.test(name),
  read(file, gathering) {
    const source = documentOf(file, gathering);
    if (!source) return;
    const root = asObject(source.value);
    const technique = asText(root?.get("attack_technique"));
    const tests = root?.get("atomic_tests");
    if (technique === undefined || !Array.isArray(tests)) {
      gathering.problem(file, 1, 1, 'expected "attack_technique" and a list "atomic_tests"');
      return;
    }
    const suite = `Atomic Red Team: ${technique} ${asText(root?.get("display_name")) ?? ""}`.trim();
    for (const [i, test] of tests.entries())
      add(asObject(test), { suite, technique, source, path: ["atomic_tests", i] }, gathering);
  },
};

interface Place {
  readonly suite: string;
  readonly technique: string;
  readonly source: Source;
  readonly path: Path;
}

function add(test: JsonObject | undefined, { suite, technique, source, path }: Place, gathering: Gathering): void {
  const executor = asObject(test?.get("executor"));
  const name = asText(test?.get("name"));
  const shell = asText(executor?.get("name"));
  const command = asText(executor?.get("command"));
  if (name === undefined || shell === undefined) {
    source.problem(path, 'expected a test with "name" and "executor"');
    gathering.problems.push(...source.problems.splice(0));
    return;
  }
  if (shell !== "sh" && shell !== "bash") {
    gathering.leaveOut(`a test for ${shell}`);
    return;
  }
  const platforms = asTexts(test?.get("supported_platforms")) ?? [];
  if (command === undefined) {
    gathering.leaveOut("a test without a command");
    return;
  }
  const { text, lacking } = filled(command, asObject(test?.get("input_arguments")) ?? new Map());
  if (lacking !== undefined) {
    gathering.leaveOut("an argument without a default");
    return;
  }
  const guid = asText(test?.get("auto_generated_guid"));
  gathering.add({
    suite,
    name,
    command: text,
    context: { shell, ...(executor?.get("elevation_required") === "true" ? { user: "root" } : {}) },
    ...(platforms.length > 0 ? { tags: [...platforms] } : {}),
    source: `Atomic Red Team ${technique}${guid === undefined ? "" : ` ${guid}`}`,
    attack: [technique],
  });
}

/** `#{name}` becomes its default. */
function filled(command: string, given: JsonObject): { readonly text: string; readonly lacking?: string } {
  let text = "";
  let end = 0;
  for (let start = command.indexOf("#{"); start >= 0; start = command.indexOf("#{", end)) {
    const close = command.indexOf("}", start);
    if (close < 0) break;
    const name = command.slice(start + 2, close);
    const value = asText(asObject(given.get(name))?.get("default"));
    if (value === undefined && !given.has(name)) text += command.slice(end, close + 1);
    else if (value === undefined) return { text, lacking: name };
    else text += command.slice(end, start) + value;
    end = close + 1;
  }
  return { text: text + command.slice(end) };
}
