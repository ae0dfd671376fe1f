import { expect, test } from "vitest";
import { analyze } from "../../src/index.ts";

test.each([
  "trap 'rm -rf /' EXIT",
  "( trap 'rm -rf /' EXIT )",
  "{ trap 'rm -rf /' EXIT; } & wait",
  "{ trap 'rm -rf /' EXIT; } | cat",
  "echo $(trap 'rm -rf /' EXIT)",
  "cat <(trap 'rm -rf /' EXIT)",
  "coproc X { trap 'rm -rf /' EXIT; }; wait",
  "bash -c \"trap 'rm -rf /' EXIT\"",
])("every process of the shell runs its own exit trap: %s", (command) => {
  expect(analyze({ command }).findings.map(({ rule }) => rule)).toContain("destruction/root-deleted");
});
