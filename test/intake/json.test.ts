import { expect, test } from "vitest";
import { readJson } from "../../src/intake/json.ts";

test.each<[string, unknown]>([
  ['{"a":{"a":1},"b":[{"a":1},{"a":2}]}', { value: { a: { a: 1 }, b: [{ a: 1 }, { a: 2 }] } }],
  ['{"a":"{\\"a\\":1,\\"a\\":2}"}', { value: { a: '{"a":1,"a":2}' } }],
  ['\ufeff{"a":1}', { value: { a: 1 } }],
  ['{"a":1,"a":2}', { problem: 'the key "a" is given twice' }],
  ['{"b":{"a":1, "\\u0061" : 2}}', { problem: 'the key "a" is given twice' }],
  ['[{"a":1},{"":1,"":2}]', { problem: 'the key "" is given twice' }],
  ["{a:1}", { problem: "not JSON" }],
  ["", { problem: "not JSON" }],
])("%s", (text, wanted) => expect(readJson(text)).toEqual(wanted));

test("depth is no way out", () => {
  const text = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
  expect(Object.keys(readJson(text))).toEqual([expect.stringMatching(/^(value|problem)$/)]);
});
