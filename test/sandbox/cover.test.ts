import { describe, expect, test } from "vitest";
import { type Argument, exact, oneOf, pattern, unknown, type Value } from "../../src/model/value.ts";
import { covers, coversWords } from "../../src/sandbox/cover.ts";

const hole = { origin: { by: "output", name: "date" } } as const;
const glob = { origin: { by: "glob" }, glob: "star" } as const;
const home = { origin: { by: "operator", name: "HOME" } } as const;

describe("a value may be a text", () => {
  test.each<[string, Value, string, boolean]>([
    ["the same", exact("a"), "a", true],
    ["another", exact("a"), "b", false],
    ["one of some", oneOf(["a", "b"]), "b", true],
    ["none of some", oneOf(["a", "b"]), "c", false],
    ["anything", unknown("output"), "c", true],
    ["with a gap", pattern(["a", hole, "c"]), "abbc", true],
    ["with a gap, ending otherwise", pattern(["a", hole, "c"]), "abbd", false],
    ["with a gap at the end", pattern(["a", hole]), "a", true],
    ["text that overlaps", pattern(["ab", hole, "bc"]), "abc", false],
    ["the home", pattern([home, "/x"]), "/home/agent/x", true],
    ["the home's sign", exact("~/x"), "/home/agent/x", true],
    ["a descriptor of another number", exact("/dev/fd/1000"), "/dev/fd/63", true],
    ["a template", exact("/tmp/x.XXXX"), "/tmp/x.a1B2", true],
  ])("%s", (_, value, text, expected) => expect(covers(value, text)).toBe(expected));
});

describe("arguments may be words", () => {
  const one = (value: Value): Argument => ({ value, count: "one", span: { start: 0, end: 0 } });
  const any = (value: Value): Argument => ({ value, count: "any", span: { start: 0, end: 0 } });
  test.each<[string, Argument[], string[], boolean]>([
    ["each", [one(exact("a")), one(exact("b"))], ["a", "b"], true],
    ["too many", [one(exact("a"))], ["a", "b"], false],
    ["too few", [one(exact("a")), one(exact("b"))], ["a"], false],
    ["an unquoted variable as none", [one(exact("a")), any(unknown("operator")), one(exact("b"))], ["a", "b"], true],
    ["an unquoted variable as two", [any(unknown("operator")), one(exact("b"))], ["x", "y", "b"], true],
    ["a glob as some names", [one(exact("-l")), one(pattern([glob, ".txt"]))], ["-l", "a.txt", "b.txt"], true],
    ["a glob as another name", [one(pattern([glob, ".txt"]))], ["a.txt", "b.md"], false],
  ])("%s", (_, args, words, expected) => expect(coversWords(args, words)).toBe(expected));
});
