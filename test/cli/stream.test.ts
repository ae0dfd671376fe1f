import { describe, expect, test } from "vitest";
import { linesOf } from "../../src/cli/bytes.ts";
import { cli } from "./fake.ts";

/** `id:decision`, or `line:message` of an error. */
async function stream(...stdin: (string | Uint8Array)[]): Promise<{ code: number; lines: string[] }> {
  const { code, out, err } = await cli(["check", "--jsonl"], { stdin });
  expect(err).toBe("");
  return { code, lines: out.split("\n").slice(0, -1).map(brief) };
}

function brief(line: string): string {
  const { id, decision, error } = JSON.parse(line);
  return error === undefined ? `${JSON.stringify(id) ?? "-"}:${decision}` : `${error.line}:${error.message}`;
}

describe("a stream of requests", () => {
  test("answers come in order with the ids that were given", async () => {
    const stdin = '{"id":"a","command":"ls"}\n{"id":7,"argv":["deny","x"]}\r\n{"command":"ask"}';
    expect(await stream(stdin)).toEqual({ code: 1, lines: ['"a":allow', "7:deny", "-:require_approval"] });
  });

  test.each([
    ['{"command":"ls"', "not JSON"],
    ["", "the line is empty"],
    ["[1]", "expected a JSON object"],
    ['{"id":1}', 'expected either "command" or "argv"'],
    ['{"command":"a","argv":["b"]}', 'expected either "command" or "argv"'],
    ['{"comand":"a"}', 'unknown key "comand"; did you mean "command"?'],
    ['{"command":["a"]}', '"command" must be a string'],
    ['{"argv":[]}', '"argv" must be a list of strings, the program first'],
    ['{"argv":["a",1]}', '"argv" must be a list of strings, the program first'],
    ['{"id":12345678901234567890,"command":"a"}', '"id" must be a string or a number that JSON readers agree on'],
    ['{"id":null,"command":"a"}', '"id" must be a string or a number that JSON readers agree on'],
    ['{"command":"boom"}', "internal error: boom at somewhere"],
  ])("a bad line has its number and the stream goes on: %s", async (line, message) => {
    expect(await stream(`{"command":"ls"}\n${line}\n{"command":"ls"}\n`)).toEqual({
      code: 2,
      lines: ["-:allow", `2:${message}`, "-:allow"],
    });
  });

  test("bytes that are not UTF-8 spoil their line alone", async () => {
    expect(await stream('{"command":"ls"}\n', Buffer.from([0x7b, 0xff, 0x0a]), '{"command":"deny"}\n')).toEqual({
      code: 2,
      lines: ["-:allow", "2:the line is not valid UTF-8 (byte 1)", "-:deny"],
    });
  });

  test("a line of 1 MB is judged, one of 9 MB is refused", async () => {
    const line = (size: number) => `{"command":"deny ${"x".repeat(size)}"}\n`;
    expect(await stream(line(1 << 20), line(9 << 20), '{"command":"ls"}\n')).toEqual({
      code: 2,
      lines: ["-:deny", "2:longer than 8388608 bytes", "-:allow"],
    });
  });

  test("lone surrogates come back as escapes", async () => {
    const { out } = await cli(["check", "--jsonl"], { stdin: ['{"command":"deny \\ud800","id":"\\udfff"}\n'] });
    expect(JSON.parse(out).id).toBe("\udfff");
    expect(Buffer.from(out).includes(Buffer.from("\\udfff"))).toBe(true);
  });

  test("it stops when nobody reads any more", async () => {
    const lines = Array.from({ length: 100 }, () => '{"command":"ls"}\n');
    expect((await cli(["check", "--jsonl"], { stdin: lines, closeAfter: 3 })).out.split("\n")).toHaveLength(4);
  });
});

test("the next piece of stdin is not read before the lines of this one are answered", async () => {
  let read = 0;
  async function* source() {
    for (;;) {
      read++;
      yield Buffer.from("a\nb\n");
    }
  }
  const seen: [number, number][] = [];
  for await (const line of linesOf(source())) {
    seen.push([line.number, read]);
    if (line.number === 4) break;
  }
  expect(seen).toEqual([
    [1, 1],
    [2, 1],
    [3, 2],
    [4, 2],
  ]);
});
