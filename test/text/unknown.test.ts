import { describe, expect, it } from "vitest";
import { type Content, contentOf, NOTHING } from "../../src/model/content.ts";
import { type Argument, exact, oneOf, pattern, printValue, unknown, type Value } from "../../src/model/value.ts";
import { textOfProgram } from "../../src/text/program.ts";

const X: Value = unknown("operator", "X");
const CURL: Value = unknown("network", "curl", [5]);
const mixed: Content = { lines: [exact("rm -rf /"), CURL, exact("ls")], more: false };
const endless: Content = { lines: [exact("a"), exact("b")], more: true };

const argument = (value: Value | string): Argument => ({
  value: typeof value === "string" ? exact(value) : value,
  count: "one",
  span: { start: 0, end: 0 },
});

/** Lines between bars, `+` where more may follow, `~` for a last line without its newline, then the nodes it came from. */
function show(content: Content | undefined): string {
  if (!content) return "undecided";
  const end = content.more ? "+" : content.open && content.lines.length > 0 ? "~" : "";
  const from = [...new Set([...(content.from ?? []), ...content.lines.flatMap((line) => line.from ?? [])])];
  return `|${content.lines.map((line) => `${printValue(line)}|`).join("")}${end}${from.length > 0 ? ` from ${from.join()}` : ""}`;
}

const ROWS: readonly (readonly [
  title: string,
  argv: readonly [string, ...(Value | string)[]],
  stdin: Content | undefined,
  printed: string,
])[] = [
  ["echo keeps holes", ["echo", "a", X], undefined, "|a $X|"],
  ["echo keeps alternatives", ["echo", oneOf(["a", "b"])], undefined, "|{a,b}|"],
  ["echo of an option that may be one", ["echo", oneOf(["-n", "b"])], undefined, "|{-n,b}|"],
  ["echo -e decodes the text around a hole", ["echo", "-e", "a\\nb", X], undefined, "|a|b $X|"],
  ["printf keeps holes and cuts lines", ["printf", "%s\\n%s\\n", "id", X], undefined, "|id|$X|"],
  ["printf of one of several", ["printf", "%s", oneOf(["a", "b"])], undefined, "|{a,b}|~"],
  ["printf with a width of something unknown", ["printf", "%5s", X], undefined, "|$X|~"],
  ["printf with an unknown format", ["printf", X], undefined, "undecided"],
  ["printf -v prints nothing that is known", ["printf", "-v", "x", "a"], undefined, "undecided"],
  ["decoding what is not known", ["base64", "-d"], contentOf(CURL), "|$(curl)|+ from 5"],
  ["the data's nodes follow what is decoded", ["base64", "-d"], contentOf(exact("aWQK\n", [7])), "|id| from 7"],
  ["a file is not the input", ["base64", "-d", "payload"], contentOf(exact("aWQK")), "undecided"],
  ["an option nobody knows", ["rev", "--frob"], contentOf(exact("x")), "undecided"],
  ["an option that is not known", ["base64", X], contentOf(exact("x")), "undecided"],
  ["no input", ["rev"], undefined, "undecided"],
  ["empty input", ["rev"], NOTHING, "|"],
  ["known lines beside unknown ones", ["tr", "a-z", "A-Z"], mixed, "|RM -RF /|$(curl)|LS| from 5"],
  ["lines that are joined", ["tr", "-d", "\\n"], mixed, "|$(curl)|+ from 5"],
  ["the first of many lines", ["head", "-n1"], mixed, "|rm -rf /|"],
  ["a line that may be several", ["head", "-n2"], mixed, "|$(curl)|+ from 5"],
  ["the first of lines without end", ["head", "-n1"], endless, "|a|"],
  ["more than is known of them", ["head", "-n5"], endless, "|a|b|+"],
  ["order is lost where lines are unknown", ["sort"], mixed, "|$(curl)|+ from 5"],
  ["cat hands on what it reads", ["cat"], mixed, "|rm -rf /|$(curl)|ls| from 5"],
  ["cat of a file", ["cat", "x"], mixed, "undecided"],
  ["tee copies", ["tee", "log"], contentOf(exact("a\n")), "|a|"],
  ["yes does not end", ["yes", "id"], undefined, "|id|+"],
  ["each alternative is decoded", ["rev"], contentOf(oneOf(["di", "sl"])), "|{id,ls}|~"],
  ["sed that runs or writes", ["sed", "s/x/y/e"], contentOf(exact("x")), "undecided"],
  ["sed that writes", ["sed", "w out"], contentOf(exact("x")), "undecided"],
  ["sed with groups", ["sed", "s/\\(a\\)/\\1/"], contentOf(exact("x")), "undecided"],
  ["awk that runs", ["awk", 'BEGIN{system("id")}'], contentOf(exact("x")), "undecided"],
  ["a program that does more than text", ["date"], undefined, "undecided"],
  ["glob in echo", ["echo", pattern([{ origin: { by: "glob" }, glob: "star" }, ".txt"])], undefined, "|*.txt|"],
];

describe("what is not known stays visible", () => {
  for (const [title, [name, ...args], stdin, expected] of ROWS) {
    it(title, () => expect(show(textOfProgram(name, args.map(argument), stdin))).toBe(expected));
  }
});

describe("echo by shell", () => {
  it.each([
    ["bash", ["a\\nb"], "|a\\nb|"],
    ["dash", ["a\\nb"], "|a|b|"],
    ["dash", ["-e", "a"], "|-e a|"],
    ["zsh", ["a\\nb"], "|a|b|"],
    ["sh", ["a b"], "|a b|"],
    ["sh", ["-e", "a"], "|{a,-e a}|"],
  ])("%s: echo %s", (shell, args, expected) => {
    expect(show(textOfProgram("echo", args.map(argument), undefined, shell))).toBe(expected);
  });
});

describe("hostile input ends soon", () => {
  const long = "a".repeat(100_000);
  it.each<[string, string[], string]>([
    ["a pattern of stars", ["sed", `s/${"a*".repeat(200)}b/x/`], "a".repeat(2_000)],
    ["grep with stars", ["grep", "a*a*a*a*a*a*b"], "a".repeat(5_000)],
    ["a replacement that grows", ["sed", `s/a/${"&".repeat(1_000)}/g`], long],
    ["a wide field", ["printf", "%999999d", "1"], ""],
    ["a format used again and again", ["printf", "%s%s%s%s", ...long.slice(0, 50_000)], ""],
    ["a long sequence", ["seq", "999999999"], ""],
    ["a long set", ["tr", `${"a-z".repeat(20_000)}`, "x"], long],
    ["fields", ["cut", "-d:", `-f${"1,".repeat(20_000)}2`], ":".repeat(50_000)],
  ])("%s", (_, [name = "", ...args], stdin) => {
    const start = performance.now();
    const content = textOfProgram(name, args.map(argument), contentOf(exact(stdin)));
    expect(content?.lines.join("").length ?? 0).toBeLessThan(200_000);
    expect(performance.now() - start).toBeLessThan(1_500);
  });
});
