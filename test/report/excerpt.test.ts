import { describe, expect, test } from "vitest";
import { excerpts } from "../../src/report/excerpt.ts";
import { at } from "./verdict.ts";

const show = (command: string, parts: readonly string[], width = 60) =>
  excerpts(
    { command },
    parts.map((part) => at(command, part)),
    width,
  ).map(({ label, text, carets }) => [label + text, " ".repeat(label.length) + carets]);

describe("a line of the input with carets", () => {
  const long = `echo ${"a".repeat(100)} KEY ${"b".repeat(100)} HOST ${"c".repeat(100)}`;
  test.each([
    ["short", "cat KEY", ["KEY"], [["cat KEY", "    ^^^"]]],
    ["a tab takes one column, as the carets do", "cat\tKEY", ["KEY"], [["cat␉KEY", "    ^^^"]]],
    ["an escape sequence does not reach the terminal", "echo \u001b[2J KEY", ["KEY"], [["echo ␛[2J KEY", "          ^^^"]]],
    ["right-to-left marks are made visible", "a\u202eb KEY", ["KEY"], [["a�b KEY", "    ^^^"]]],
    ["wide characters take two columns", "echo 日本 KEY", ["KEY"], [["echo 日本 KEY", "          ^^^"]]],
    ["a lone surrogate", "echo \ud800 KEY", ["KEY"], [["echo � KEY", "       ^^^"]]],
    [
      "a long line is cut around the spans",
      long,
      ["KEY", "HOST"],
      [["…aaaaaaaaaaaa KEY bbbbbbbbbbbb…bbbbbbbbbbbb HOST cccccccccccc…", "              ^^^                           ^^^^"]],
    ],
    [
      "a long span is shown by its ends",
      `x ${"a".repeat(150)}KEY`,
      [`${"a".repeat(150)}KEY`],
      [["x aaaaaaaaaaaaaaaaaaaaaaa…aaaaaaaaaaaaaaaaaaaaKEY", "  ^^^^^^^^^^^^^^^^^^^^^^^ ^^^^^^^^^^^^^^^^^^^^^^^"]],
    ],
    [
      "several lines are numbered",
      "a KEY\nb\nc HOST",
      ["HOST", "KEY"],
      [
        ["line 1: a KEY", "          ^^^"],
        ["line 3: c HOST", "          ^^^^"],
      ],
    ],
    ["an empty span still has a caret", "ab", [""], [["ab", "^"]]],
  ])("%s", (_, command, parts, shown) => expect(show(command, parts)).toEqual(shown));

  test("a span over several lines is marked on the first", () => {
    expect(excerpts({ command: "cat <<E\nx\nE" }, [{ start: 4, end: 11 }], 60)).toEqual([
      { label: "line 1: ", text: "cat <<E", carets: "    ^^^" },
    ]);
  });

  test("a span outside the text shows its end", () => {
    expect(excerpts({ command: "ab" }, [{ start: 9, end: 12 }], 60)).toEqual([{ label: "", text: "ab", carets: "" }]);
  });

  test("an argument that is not there is empty", () => {
    expect(excerpts({ argv: ["a"] }, [{ start: 0, end: 1, argument: 7 }], 60)).toEqual([
      { label: "argument 7: ", text: "", carets: "" },
    ]);
  });
});
