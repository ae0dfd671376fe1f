import { checkSandbox } from "../../src/containment/check.ts";
import { BUILTIN } from "../../src/knowledge/builtin.generated.ts";
import { SANDBOXES } from "../../src/knowledge/sandbox.generated.ts";
import { Sets } from "../../src/rules/sets.ts";
import type { Configured } from "../../src/sandbox/config/configured.ts";
import { readConfiguration } from "../../src/sandbox/config/read.ts";

const sets = new Sets(BUILTIN.sets);

/** What a check of a configuration finds: findings, doubts and problems, each where it stands. */
export function foundIn(file: string, text: string): readonly string[] {
  const { found, problems } = readConfiguration(text, file, "/srv/app");
  return [
    ...found.flatMap((one) => [...findings(one), ...doubts(one)]),
    ...problems.map(({ line, column, message }) => `${line}:${column} problem ${message}`),
  ];
}

const findings = ({ sandbox, at, where }: Configured): readonly string[] =>
  checkSandbox(sandbox, SANDBOXES.checks, sets).map(({ rule, certainty, message, items }) => {
    const places = items.flatMap(
      ({ aspect, key }) => at.get(key === undefined ? aspect : `${aspect} ${key}`) ?? at.get(aspect) ?? [],
    );
    const { line, column } = places[0] ?? where;
    return `${line}:${column} ${rule.severity} ${certainty} ${rule.id.replace("sandbox/", "")}: ${message}`;
  });

const doubts = ({ sandbox, at, where }: Configured): readonly string[] =>
  sandbox.unknown.map(({ about, text }) => {
    const { line, column } = at.get(about) ?? where;
    return `${line}:${column} doubt ${about}: ${text}`;
  });
