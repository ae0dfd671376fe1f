import { asObject, asText, documentOf, type Gathering, type Importer, type JsonObject } from "./gathering.ts";

/**
 * GTFOBins: a file for each program, all of it YAML between `---` and `---` (`tar.md`, until 2025) or `...` (`tar`, since). `functions`
 * maps what the program can be abused for to examples, whose `contexts` may have code of their own.
 */
export const gtfobins: Importer = {
  format: "gtfobins",
  about: "a checkout of GTFOBins, or its _gtfobins folder",
  folder: "_gtfobins",
  wants: (name) => /^[^./][^/]*$/.test(name),
  read(file, gathering) {
    const source = documentOf(file, gathering);
    const functions = asObject(asObject(source?.value)?.get("functions"));
    if (!source) return;
    const program = file.name.slice(file.name.lastIndexOf("/") + 1).replace(/\.md$/, "");
    if (asObject(source.value)?.has("alias")) {
      gathering.leaveOut("an alias of another program");
      return;
    }
    if (!functions) {
      gathering.problem(file, 1, 1, 'expected YAML between "---" lines that has "functions"');
      return;
    }
    for (const [ability, examples] of functions) {
      if (!Array.isArray(examples))
        gathering.problem(file, source.line(["functions", ability]), 1, `expected a list of examples`);
      else for (const example of examples) add(program, ability, asObject(example), gathering);
    }
  },
};

function add(program: string, ability: string, example: JsonObject | undefined, gathering: Gathering): void {
  const shared = asText(example?.get("code"));
  const contexts = asObject(example?.get("contexts")) ?? new Map([["unprivileged", ""]]);
  const written = new Map<string, string>();
  for (const [context, facts] of contexts) {
    const own = asText(asObject(facts)?.get("code"));
    const code = own ?? shared;
    // The same code in several contexts is one command.
    if (code !== undefined && !written.has(code)) written.set(code, own === undefined ? "" : ` (${context})`);
  }
  if (written.size === 0) gathering.leaveOut("an example without code");
  for (const [code, context] of written)
    gathering.add({
      suite: `GTFOBins: ${ability}`,
      name: `${program}: ${ability}${context}`,
      command: code,
      source: `GTFOBins ${program}#${ability}`,
    });
}
