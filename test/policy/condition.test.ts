import { describe, expect, test } from "vitest";
import { outcomeOf, problemsOf } from "./asked.ts";

/** Does the condition hold for these arguments? */
function holds(condition: string, args: unknown): boolean {
  const text = `version: 1\nvalidate: off\ntools: { t: { rules: [{ name: r, when: ${condition}, action: deny }] } }`;
  return outcomeOf(text, { tool: "t", arguments: args }).action === "deny";
}

describe("operators", () => {
  test.each<[string, string, unknown, boolean]>([
    ["eq", "web", "web", true],
    ["eq", "web", "Web", false],
    ["eq", "5", 5, true],
    ["eq", "5", "5", true],
    ["eq", "'5'", 5, true],
    ["eq", "5.0", 5, true],
    ["eq", "true", true, true],
    ["eq", "true", "true", true],
    ["eq", "'0.00001'", 0.00001, false],
    ["eq", "1e-05", 0.00001, true],
    ["eq", "'1e-05'", 0.00001, true],
    ["eq", "'1e+21'", 1e21, true],
    ["eq", "null", null, true],
    ["eq", "[a, b]", ["a", "b"], true],
    ["eq", "[a b]", ["a", "b"], false],
    ["eq", "{ a: 1 }", { a: 1 }, true],
    ["eq", "{ a: 1 }", { a: 1, b: 2 }, false],
    ["neq", "web", "db", true],
    ["neq", "web", "web", false],
    ["neq", "web", undefined, false],
    ["in", "[web, db]", "db", true],
    ["in", "[1, 2]", 2, true],
    ["in", "[web]", ["web"], false],
    ["not_in", "[web]", "db", true],
    ["not_in", "[web]", undefined, false],
    ["lt", "5", 4, true],
    ["lt", "5", 5, false],
    ["lt", "5", "4", false],
    ["lte", "5", 5, true],
    ["gt", "5", 6, true],
    ["gt", "5", 5, false],
    ["gte", "5", 5, true],
    ["gte", "5", undefined, false],
    ["regex", "^we", "web", true],
    ["regex", "e", "web", true],
    ["regex", "^e", "web", false],
    ["regex", "'.*'", 5, false],
    ["regex", "'.*'", ["web"], false],
    ["contains", "eb", "web", true],
    ["contains", "5", "55", false],
    ["contains", "web", ["db", "web"], true],
    ["contains", "5", [5], true],
    ["contains", "we", ["web"], false],
    ["contains", "a", { a: 1 }, false],
    ["exists", "true", "", true],
    ["exists", "true", null, false],
    ["exists", "true", undefined, false],
    ["exists", "false", undefined, true],
    ["exists", "false", 0, false],
  ])("%s %s of %j: %s", (op, value, actual, wanted) =>
    expect(holds(`{ path: args.x, op: ${op}, value: ${value} }`, actual === undefined ? {} : { x: actual })).toBe(wanted),
  );
});

describe("paths", () => {
  const args = { a: { b: [{ c: 1 }, { c: 2 }], "d.e": "x", "[": "y" }, list: ["p", "q"], empty: [] };
  test.each<[string, boolean]>([
    ["{ path: 'args.a.b[0].c', op: eq, value: 1 }", true],
    ["{ path: 'args.a.b[-1].c', op: eq, value: 2 }", true],
    ["{ path: 'args.a.b[2].c', op: exists, value: true }", false],
    ["{ path: 'args.a.b[-3].c', op: exists, value: true }", false],
    ["{ path: 'args.a[\"d.e\"]', op: eq, value: x }", true],
    ["{ path: \"args.a['[']\", op: eq, value: y }", true],
    ["{ path: 'args.list[*]', op: eq, value: q }", true],
    ["{ path: 'args.list[*]', op: eq, value: q, each: all }", false],
    ["{ path: 'args.list[*]', op: in, value: [p, q], each: all }", true],
    ["{ path: 'args.a.b[*].c', op: gte, value: 1, each: all }", true],
    ["{ path: 'args.a.b[*].d', op: gte, value: 1, each: all }", false],
    ["{ path: 'args.empty[*]', op: eq, value: x, each: all }", true],
    ["{ path: 'args.none[*]', op: eq, value: x, each: all }", false],
    ["{ path: 'args.empty[*]', op: eq, value: x }", false],
    ["{ path: args.list.length, op: eq, value: 2 }", false],
    ["{ path: 'args.list[0].length', op: exists, value: true }", false],
    ["{ path: args.toString, op: exists, value: true }", false],
    ["{ path: args.constructor.name, op: exists, value: true }", false],
    ["{ path: tool, op: eq, value: t }", true],
    ["{ path: server, op: exists, value: true }", false],
  ])("%s: %s", (condition, wanted) => expect(holds(condition, args)).toBe(wanted));

  test("a key that a caller made up is its own, and no prototype", () => {
    const made = JSON.parse('{"__proto__":{"user":"root"}}');
    expect(holds("{ path: args.user, op: eq, value: root }", made)).toBe(false);
    expect(holds("{ path: args.__proto__.user, op: eq, value: root }", made)).toBe(true);
    expect(holds("{ path: args.__proto__, op: exists, value: true }", {})).toBe(false);
  });
});

describe("all, any, not", () => {
  const is = (name: string): string => `{ path: args.${name}, op: eq, value: 1 }`;
  test.each<[string, unknown, boolean]>([
    [`{ all: [${is("a")}, ${is("b")}] }`, { a: 1, b: 1 }, true],
    [`{ all: [${is("a")}, ${is("b")}] }`, { a: 1 }, false],
    [`[${is("a")}, ${is("b")}]`, { a: 1, b: 1 }, true],
    [`[${is("a")}, ${is("b")}]`, { b: 1 }, false],
    [`{ any: [${is("a")}, ${is("b")}] }`, { b: 1 }, true],
    [`{ any: [${is("a")}, ${is("b")}] }`, {}, false],
    [`{ not: ${is("a")} }`, {}, true],
    [`{ not: ${is("a")} }`, { a: 1 }, false],
    [`{ not: { any: [{ not: ${is("a")} }, ${is("b")}] } }`, { a: 1, b: 2 }, true],
  ])("%s of %j: %s", (condition, args, wanted) => expect(holds(condition, args)).toBe(wanted));
});

test("an expression runs in linear time whatever it is, and what RE2 has not is refused", () => {
  expect(holds("{ path: args.x, op: regex, value: '(a+)+$' }", { x: `${"a".repeat(50_000)}!` })).toBe(false);
  expect(problemsOf("version: 1\ntools: { t: { conditions: [{ path: args.x, op: regex, value: '(?=a)' }] } }")).toEqual([
    expect.stringMatching(/^2:62: no expression that RE2 knows: /),
  ]);
});
