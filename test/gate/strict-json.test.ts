import fc from "fast-check";
import { expect, test } from "vitest";
import { canonical } from "../../src/gate/canonical.ts";
import { redact } from "../../src/gate/redact.ts";
import { parseStrict } from "../../src/gate/strict-json.ts";

const said = (text: string | Uint8Array): unknown => {
  const parsed = parseStrict(typeof text === "string" ? Buffer.from(text) : text);
  return "problem" in parsed ? parsed.problem : parsed.value;
};

test.each<[text: string | Uint8Array, said: unknown]>([
  ['{"a":1,"b":{"a":2}}', { a: 1, b: { a: 2 } }],
  ['{"a":1,"a":2}', 'the key "a" stands twice in one object'],
  ['{"a":1,"\\u0061":2}', 'the key "a" stands twice in one object'],
  ['{"x":[{"a":1},{"a":2,"a":3}]}', 'the key "a" stands twice in one object'],
  ['{"params":{"arguments":{"command":"ls","Command":"rm"}}}', 'the key "Command" stands twice in one object but for its case'],
  ['{"params":{"arguments":{"paramſ":1,"params":2}}}', 'the key "params" stands twice in one object but for its case'],
  ['{"params":{"arguments":{"env":{"PATH":"a","Path":"b"}}}}', { params: { arguments: { env: { PATH: "a", Path: "b" } } } }],
  ['{"a":{"__proto__":{"x":1}}}', 'the key "__proto__"'],
  ['{"a":"\\ud800"}', "half a character (a lone surrogate)"],
  ['{"a":"\\ud83d\\ude00"}', { a: "😀" }],
  ['{"a":"\\\\","b":"\\"","c":"{\\"a\\":1,\\"a\\":2}"}', { a: "\\", b: '"', c: '{"a":1,"a":2}' }],
  ['{"a":1', "not JSON"],
  ["", "not JSON"],
  ["\ufeff{}", "not JSON"],
  [Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), "not valid UTF-8"],
  ["[".repeat(129) + "]".repeat(129), "nested deeper than 128"],
  [`${"[".repeat(100_000)}`, "not JSON"],
])("%s", (text, expected) => {
  expect(said(text)).toEqual(expected);
});

test("numbers that JavaScript rounds and the id are kept as written", () => {
  expect(parseStrict(Buffer.from('{"n":[9007199254740993,1.0,5,-2.5],"id":12345678901234567890,"p":{"id":3}}'))).toMatchObject({
    inexact: ["9007199254740993", "1.0", "12345678901234567890"],
    id: "12345678901234567890",
  });
});

test("whatever JSON.stringify writes is read as it was, unless a key is one of those refused", () => {
  fc.assert(
    fc.property(fc.jsonValue({ depthSize: "medium" }), (value) => {
      const result = said(JSON.stringify(value));
      if (typeof result === "string" && result !== value) expect(result).toMatch(/stands twice|__proto__|lone surrogate/);
      else expect(result).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test("canonical text is the same for any order of keys, and tells values apart", () => {
  expect([canonical({ b: 1, a: ["x", { d: null, c: true }] }), canonical([1]) === canonical(["1"])]).toEqual([
    '{"a":["x",{"c":true,"d":null}],"b":1}',
    false,
  ]);
});

test.each<[unknown, unknown]>([
  [
    { command: "curl -H 'Authorization: Bearer abc' https://x.test/a/b" },
    { command: "curl -H 'Authorization: ‹hidden› ‹hidden›' https://x.test/a/b" },
  ],
  [{ command: ["mysql", "--password=hunter2", "ls"] }, { command: ["mysql", "--password=‹hidden›", "ls"] }],
  [
    { env: { API_TOKEN: "x", HOME: "/root" }, n: 3 },
    { env: { API_TOKEN: "‹hidden›", HOME: "/root" }, n: 3 },
  ],
  [{ command: "echo ghp_16C7e42F292c6912E7710c838347Ae178B4a | cat" }, { command: "echo ‹hidden› | cat" }],
  [{ command: "cat /usr/lib/x86_64-linux-gnu/libc.so.6" }, { command: "cat /usr/lib/x86_64-linux-gnu/libc.so.6" }],
])("a log keeps %j without its secrets", (given, kept) => {
  expect(redact(given)).toEqual(kept);
});
