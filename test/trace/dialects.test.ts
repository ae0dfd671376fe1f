import { describe, expect, test } from "vitest";
import { traced } from "./traced.ts";

type Case = readonly [command: string, facts: string];

describe("zsh does not split", () => {
  test.each<Case>([
    ["p='rm -f'; $p x", "$ rm -f x, computed | unknown-command: unknown command rm -f"],
    [
      "alias -g X='; rm -f x'; true X",
      "$ alias -g X=; rm -f x | $ : | $ rm -f x | $ true X | creates function X how=alias | deletes ./x force",
    ],
  ])("%s", (command, facts) => expect(traced({ command }, { shell: "zsh" })).toBe(facts));
});

describe("dash decodes escapes in echo and has no brace expansion", () => {
  test.each<Case>([
    ["echo 'rm -f \\0170' | sh", "$ echo rm -f \\0170 | $ sh | $ rm -f x, via sh | deletes ./x force | data -> code shell"],
    ["rm -f {a,b}", "$ rm -f {a,b} | deletes ./{a,b} force"],
  ])("%s", (command, facts) => expect(traced({ command }, { shell: "dash" })).toBe(facts));
});
