import { describe, expect, test } from "vitest";
import { readCall } from "../../src/sandbox/calls.ts";
import { canariesIn } from "../../src/sandbox/canary.ts";
import { changed } from "../../src/sandbox/tree.ts";

const hex = (text: string): string =>
  `"${[...Buffer.from(text)].map((byte) => `\\x${byte.toString(16).padStart(2, "0")}`).join("")}"`;

describe("a line of strace is a call", () => {
  test.each<[string, string, object | undefined]>([
    [
      "a file that is opened",
      `openat(AT_FDCWD</r/workspace>, ${hex("a.txt")}, O_RDONLY) = 3`,
      { name: "openat", paths: ["/workspace/a.txt"] },
    ],
    [
      "one that is not there",
      `openat(AT_FDCWD</r>, ${hex("/x")}, O_RDONLY) = -1 ENOENT (No such file)`,
      { paths: ["/x"], error: "ENOENT" },
    ],
    [
      "a connection",
      `connect(3<socket:[1]>, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr(${hex("198.18.0.1")})}, 16) = 0`,
      { name: "connect", address: { host: "198.18.0.1", port: 80 } },
    ],
    [
      "a program",
      `execve(${hex("/usr/bin/ls")}, [${hex("ls")}, ${hex("-l")}], 0x1) = 0`,
      { argv: ["ls", "-l"], paths: ["/usr/bin/ls"] },
    ],
    ["two names", `renameat(AT_FDCWD</r>, ${hex("/a")}, AT_FDCWD</r/tmp>, ${hex("b")}) = 0`, { paths: ["/a", "/tmp/b"] }],
    ["an exit", "+++ exited with 0 +++", undefined],
  ])("%s", (_, line, call) => {
    const read = readCall(line, "/r");
    if (call === undefined) expect(read).toBeUndefined();
    else expect(read).toMatchObject(call);
  });
});

describe("a canary is found in any of its forms", () => {
  const canary = "canarydotenv62f9";
  const wrapped = Buffer.from(`SECRET=${canary}\n`);
  test.each<[string, Buffer]>([
    ["as it is", wrapped],
    ["reversed", Buffer.from([...canary].reverse().join(""))],
    ["in hexadecimal", Buffer.from(wrapped.toString("hex"))],
    ["base64", Buffer.from(wrapped.toString("base64"))],
    ["base64 one further", Buffer.from(Buffer.from(`x${wrapped}`).toString("base64"))],
    ["base64 two further", Buffer.from(Buffer.from(`xy${wrapped}`).toString("base64"))],
    ["percent-encoded", Buffer.from([...Buffer.from(canary)].map((byte) => `%${byte.toString(16)}`).join(""))],
  ])("%s", (_, bytes) => expect(canariesIn(bytes)).toEqual(["/workspace/.env"]));
  test("and nowhere else", () => expect(canariesIn(Buffer.from("canary in a coal mine"))).toEqual([]));
});

test("of new folders only the outermost is told", () => {
  const before = new Map([["/a", "40755 "]]);
  const after = new Map([...before, ["/b", "40755 "], ["/b/c", "40755 "], ["/b/c/d", "100644 x"], ["/a/e", "100644 x"]]);
  expect(changed(before, after)).toEqual(["/a/e", "/b"]);
});
