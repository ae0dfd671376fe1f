import { spawnSync } from "node:child_process";
import { readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { testPage } from "./doc-page.ts";

const folder = testPage("docs/suites-import.md");

/** What is shown, with the sources for the package. */
function written(name: string): void {
  const text = readFileSync(join(folder, name), "utf8");
  const source = (file: string): string => JSON.stringify(join(process.cwd(), "src/suite", file));
  writeFileSync(
    join(folder, name),
    text.replace('"argvet/vitest"', source("vitest.ts")).replace('"argvet/suite"', source("in-runners.ts")),
  );
}

describe("what it shows of other runners", { timeout: 120_000 }, () => {
  test("vitest", () => {
    written("suites.test.ts");
    symlinkSync(join(process.cwd(), "node_modules"), join(folder, "node_modules"));
    const { stdout } = spawnSync("node_modules/.bin/vitest", ["run", "--root", ".", "--reporter", "tap-flat"], {
      encoding: "utf8",
      cwd: folder,
    });
    expect(stdout.split("\n").filter((line) => /^(not )?ok/.test(line))).toHaveLength(6);
    expect(stdout).not.toContain("not ok");
  });
  test("Node's own", () => {
    written("suites.node.ts");
    const tsx = import.meta.resolve("tsx");
    const { stdout } = spawnSync(process.execPath, ["--import", tsx, "--test", "--test-reporter", "tap", "suites.node.ts"], {
      encoding: "utf8",
      cwd: folder,
    });
    expect(stdout).toMatch(/^# pass 6$/m);
    expect(stdout).toMatch(/^# fail 0$/m);
  });
});
