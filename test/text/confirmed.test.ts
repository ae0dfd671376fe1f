import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { contentOf, textOf } from "../../src/model/content.ts";
import { exact, exactText } from "../../src/model/value.ts";
import { bytesOf, textOfBytes } from "../../src/text/bytes.ts";
import { textOfProgram } from "../../src/text/program.ts";
import { CONFIRMED } from "./confirmed.ts";

function printed(stdin: string, [name = "", ...args]: readonly string[]): string | undefined {
  const argv = args.map((text) => ({ value: exact(text), count: "one" as const, span: { start: 0, end: 0 } }));
  const content = textOfProgram(name, argv, contentOf(exact(stdin)));
  return content && exactText(textOf(content));
}

describe("programs print what the real ones print", () => {
  for (const [stdin, argv, stdout] of CONFIRMED) {
    it(`${argv.join(" ")} < ${JSON.stringify(stdin.slice(0, 20))}`, () => expect(printed(stdin, argv)).toBe(stdout));
  }
});

const isGnu = (spawnSync("sort", ["--version"], { encoding: "utf8" }).stdout ?? "").includes("GNU coreutils");
if (!isGnu) console.warn("SKIPPED: GNU coreutils are not installed; the recorded output is not asked of them");

describe.skipIf(!isGnu)("the real programs print the recorded text", () => {
  const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
  const octal = (text: string): string => Array.from(bytesOf(text), (byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("");
  const separator = "\u0001";
  const one = ([stdin, argv]: (typeof CONFIRMED)[number]): string =>
    `printf '${octal(stdin)}' | ${argv.map(quote).join(" ")}\nprintf '${separator}'`;

  it("all of them that are installed", () => {
    const names = [...new Set(CONFIRMED.map(([, [name = ""]]) => name))];
    const known = spawnSync("bash", ["-c", 'for n; do type -t "$n" >&2 && echo "$n"; done', "bash", ...names], {
      encoding: "utf8",
    });
    const rows = CONFIRMED.filter(([, [name = ""]]) => known.stdout.split("\n").includes(name));
    const { stdout } = spawnSync("bash", ["-c", `export LC_ALL=C.UTF-8\n${rows.map(one).join("\n")}`]);
    const found = textOfBytes(stdout).split(separator).slice(0, -1);
    expect(found.map((text, i) => [rows[i]?.[1], text])).toEqual(rows.map(([, argv, text]) => [argv, text]));
  }, 60_000);
});
