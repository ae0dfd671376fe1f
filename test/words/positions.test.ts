import { describe, expect, it } from "vitest";
import { NOWHERE } from "../../src/model/span.ts";
import { exact, exactText, oneOf, printValue, unknown, type Value } from "../../src/model/value.ts";
import type { CommandSubstitution, ProcessSubstitution, Word } from "../../src/syntax/ast.ts";
import { parse } from "../../src/syntax/parse.ts";
import { expand, expandOne, type Position } from "../../src/words/expand.ts";
import { matchesPattern } from "../../src/words/match.ts";
import { matchesPieces } from "../../src/words/matcher.ts";
import type { WordScope } from "../../src/words/scope.ts";
import { substitutionsOf } from "../../src/words/substitutions.ts";

const scope: WordScope = {
  variables: new Map(Object.entries({ HOME: { value: exact("/h") }, x: { value: exact("a b") }, s: { value: exact("*") } })),
  unset: new Set(),
  name: exact("bash"),
  positionals: [exact("1 2"), exact("3")].map((value) => ({ value, count: "one", span: { start: 0, end: 0 } })),
  filled: new Map(),
  shell: "bash",
  holes: new Map(),
};

/** The words of `: …`, without the colon. */
function wordsOf(text: string): readonly Word[] {
  const command = parse(`: ${text}`).script.statements[0]?.command;
  return command?.kind === "simple" ? command.words.slice(1) : [];
}
const wordOf = (text: string): Word => wordsOf(text)[0] ?? { parts: [], span: { start: 0, end: 0 } };

describe("a word that stays one", () => {
  it.each<[Position, string, string]>([
    ["assignment", "$x", "a b"],
    ["assignment", "~:~/x", "/h:/h/x"],
    ["assignment", "$@", "1 2 3"],
    ["assignment", "*.txt", "*.txt"],
    ["assignment", "{a,b}", "{a,b}"],
    ["redirect", "~/out", "/h/out"],
    ["redirect", "$x", "a b"],
    ["redirect", "o*t", "o*t"],
    ["case", "~", "/h"],
    ["case", "$*", "1 2 3"],
    ["herestring", "$x$s", "a b*"],
    ["document", "~$x'q'", "~a b'q'\n"],
    ["test", "$x", "a b"],
    ["pattern", "a*?[0-9]", "a**?[0-9]"],
    ["pattern", "'a*'b", "a*b"],
    ["pattern", "$s", "**"],
    ["pattern", '"$s"', "*"],
  ])("%s: %s", (position, text, expected) => {
    const word = position === "document" ? documentBody(text) : wordOf(text);
    expect(printValue(expandOne(word, scope, position).value)).toBe(expected);
  });
});

function documentBody(text: string): Word {
  const command = parse(`cat <<E\n${text}\nE\n`).script.statements[0]?.command;
  const body = command?.kind === "simple" ? command.redirects[0]?.body : undefined;
  return body ?? { parts: [], span: NOWHERE };
}

describe("patterns of case and [[", () => {
  it.each<[string, Value, string]>([
    ["*", unknown("output"), "yes"],
    ["a*", exact("a/b"), "yes"],
    ["a?", exact("ab"), "yes"],
    ["a?", exact("abc"), "no"],
    ["[[:digit:]]*", exact("1x"), "yes"],
    ["@(a|b)c", exact("bc"), "yes"],
    ["!(a|b)", exact("a"), "no"],
    ["'*'", exact("x"), "no"],
    ["$s", exact("x"), "yes"],
    ['"$s"', exact("x"), "no"],
    ["a", oneOf(["a", "b"]), "maybe"],
    ["a", unknown("output"), "maybe"],
    ["$unknown", exact("a"), "maybe"],
    ["''", exact(""), "yes"],
  ])("%s", (pattern, value, expected) => {
    expect(matchesPattern(wordOf(pattern), value, scope).truth).toBe(expected);
  });

  it("a glob's pieces match names, not what lies below", () => {
    const globs = expand(wordsOf("/usr/*/i[d-f] /u?r **/id"), scope).arguments.map(({ value }) =>
      value.kind === "pattern" ? value.pieces : [],
    );
    const found = ["/usr/bin/id", "/usr/a/b/id", "/usr", "/u/r", "/usr/bin/ix"].map((text) =>
      globs.map((pieces) => matchesPieces(pieces, text)),
    );
    expect(found).toEqual([
      [true, false, true],
      [false, false, true],
      [false, true, false],
      [false, false, false],
      [false, false, false],
    ]);
  });
});

describe("substitutions", () => {
  const name = (s: CommandSubstitution | ProcessSubstitution): string => {
    const command = s.script.statements[0]?.command;
    const word = command?.kind === "simple" ? command.words[0] : undefined;
    return word ? (exactText(expand([word], scope).arguments[0]?.value) ?? "") : "";
  };

  it("are listed in the order they run", () => {
    const word = wordOf('$(a)"`b`${x:-$(c)$((1+$(d)))}"<(e)${y[$(f)]/$(g)/$(h)}${z:$(i):$(j)}@($(k)|$(l))');
    expect(substitutionsOf(word).map(name).join("")).toBe("abcdefghijkl");
  });

  it("of array elements as well", () => {
    const command = parse("declare a=([$(a)]=$(b) $(c))").script.statements[0]?.command;
    const word = command?.kind === "simple" ? command.words[1] : undefined;
    expect(word && substitutionsOf(word).map(name).join("")).toBe("abc");
  });

  it("are filled in: split where unquoted, without the newlines at the end", () => {
    const words = wordsOf('$(a) "$(b)" <(c)');
    const filled = new Map(
      words.flatMap(substitutionsOf).map((s, i) => [s, exact(["p q\n\n", "r s\n", "/dev/fd/63"][i] ?? "", [i])]),
    );
    const { arguments: all } = expand(words, { ...scope, filled });
    expect(all.map((a) => `${printValue(a.value)} from ${a.value.from?.join()}`)).toEqual([
      "p from 0",
      "q from 0",
      "r s from 1",
      "/dev/fd/63 from 2",
    ]);
  });
});

describe("data is followed through every operation", () => {
  it.each([
    "$y",
    '"a$y"',
    "${y%b}",
    "${y#*a}",
    "${y/a/$z}",
    "${y^^}",
    "${y:1}",
    "${y@Q}",
    "${u:-$y}",
    "${!y}",
    "$((y+1))",
    "${y}$u",
    "${x/a/$y}",
    "${x:$y}",
    "${x#$y}",
    "{$y,$y}",
    "${y[0]}",
  ])("%s", (text) => {
    const variables = new Map([...scope.variables, ["y", { value: exact("ab", [7]) }]]);
    const { arguments: all } = expand([wordOf(text)], { ...scope, variables });
    expect(all.length > 0 && all.every((a) => a.value.from?.includes(7))).toBe(true);
  });
});

describe("where an argument stands unchanged", () => {
  it.each([
    ["abc", 2],
    ["'a b'", 3],
    ['"a b"', 3],
    ["$'a b'", 4],
    ['"a\\"b"', undefined],
    ["a\\ b", undefined],
    ["a'b'", undefined],
    ["$'a\\n'", undefined],
    ["a\\\nb", undefined],
    ['"$x"', undefined],
  ])("%s", (text, at) => {
    expect(expand(wordsOf(text), scope).arguments[0]?.verbatim).toBe(at);
  });
});
