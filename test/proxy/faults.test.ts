import { appendFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkLog } from "../../src/audit/read.ts";
import { hasRedis, startRedis } from "../state/server.ts";
import { ARGVET, Driven, folder, PARE, policyFile, textOf } from "./driven.ts";

const POLICY =
  "version: 1\ntools:\n  exec: { validate: { packs: [all] } }\n  limited: { rate_limit: { max: 1000, window: 60 } }\n";
const within = 1_000;

/** Refused or passed on within a second, and the next call is served. */
async function timely<Result>(proxy: Driven, work: Promise<Result>): Promise<Result> {
  const began = Date.now();
  const result = await work;
  expect(Date.now() - began).toBeLessThan(within);
  expect((await proxy.exec("ls")).result?.isError).toBe(undefined);
  return result;
}

const callOf = (id: unknown, args: string): string =>
  `{"jsonrpc":"2.0","id":${JSON.stringify(id)},"method":"tools/call","params":{"name":"exec","arguments":${args}}}\n`;

describe("a client that sends", { timeout: 60_000 }, () => {
  let proxy: Driven;
  beforeAll(async () => {
    proxy = await new Driven(["--policy", policyFile(POLICY)]).start();
  });
  afterAll(() => proxy.end());

  test.each<[what: string, id: unknown, bytes: string | Buffer, said: string]>([
    [
      "duplicate keys",
      "f1",
      callOf("f1", '{"container":"web","command":["ls"],"command":["rm","-rf","/"]}'),
      'argvet: the key "command" stands twice in one object',
    ],
    [
      "the same key escaped",
      "f2",
      callOf("f2", '{"container":"web","command":["ls"],"\\u0063ommand":["rm"]}'),
      'argvet: the key "command" stands twice in one object',
    ],
    [
      "keys that differ in case alone",
      "f3",
      callOf("f3", '{"container":"web","command":["ls"],"Command":["rm"]}'),
      'argvet: the key "Command" stands twice in one object but for its case',
    ],
    ["__proto__", "f4", callOf("f4", '{"__proto__":{"command":["ls"]}}'), 'argvet: the key "__proto__"'],
    [
      "half a character",
      "f5",
      callOf("f5", '{"container":"web","command":["\\ud800"]}'),
      "argvet: half a character (a lone surrogate)",
    ],
    [
      "two methods",
      "f6",
      '{"jsonrpc":"2.0","id":"f6","method":"ping","Method":"tools/call"}\n',
      'argvet: the key "Method" stands twice in one object but for its case',
    ],
    [
      "a method of another case",
      "f7",
      '{"jsonrpc":"2.0","id":"f7","Method":"tools/call","params":{"name":"exec"}}\n',
      'argvet: the key "Method"',
    ],
    [
      "a tool's name of another case",
      "f8",
      '{"jsonrpc":"2.0","id":"f8","method":"tools/call","params":{"Name":"exec"}}\n',
      'argvet: the key "Name"',
    ],
    ["no tool", "f9", '{"jsonrpc":"2.0","id":"f9","method":"tools/call","params":{}}\n', "argvet: the call names no tool"],
    [
      "a list for arguments",
      "f10",
      '{"jsonrpc":"2.0","id":"f10","method":"tools/call","params":{"name":"exec","arguments":["rm"]}}\n',
      'argvet: "arguments" must be an object',
    ],
    [
      "a list for params",
      "f11",
      '{"jsonrpc":"2.0","id":"f11","method":"tools/call","params":["exec"]}\n',
      'argvet: "params" must be an object',
    ],
    [
      "a NUL in the tool's name",
      "f12",
      '{"jsonrpc":"2.0","id":"f12","method":"tools/call","params":{"name":"ex\\u0000ec"}}\n',
      "argvet: the tool's name holds a NUL",
    ],
    ["no version", "f13", '{"id":"f13","method":"tools/call","params":{"name":"exec"}}\n', 'argvet: "jsonrpc" must be "2.0"'],
    [
      "request and answer at once",
      "f14",
      '{"jsonrpc":"2.0","id":"f14","method":"tools/call","result":{},"params":{"name":"exec"}}\n',
      "argvet: neither a request nor a response",
    ],
    ["deep nesting", "f15", callOf("f15", `{"command":${"[".repeat(200)}${"]".repeat(200)}}`), "argvet: nested deeper than 128"],
    [
      "a batch",
      null,
      `[${callOf("f16", '{"container":"web","command":["ls"]}').trim()}]\n`,
      "argvet: batches are not taken: send one message a line",
    ],
    ["no JSON", null, "hello\n", "argvet: not JSON"],
    ["half a message", null, '{"jsonrpc":"2.0","id":"f17","method":"tools/call","params":{"na\n', "argvet: not JSON"],
    [
      "invalid UTF-8",
      "f18",
      Buffer.concat([
        Buffer.from('{"jsonrpc":"2.0","id":"f18","method":"x","a":"'),
        Buffer.from([0xc3, 0x28]),
        Buffer.from('"}\n'),
      ]),
      "argvet: not valid UTF-8",
    ],
    ["a byte order mark", null, "\ufeff{}\n", "argvet: not JSON"],
    [
      "an id that is null",
      null,
      '{"jsonrpc":"2.0","id":null,"method":"tools/call","params":{"name":"exec"}}\n',
      'argvet: "id" must be a string or a number',
    ],
    [
      "an id that is an object",
      null,
      '{"jsonrpc":"2.0","id":{"a":1},"method":"tools/call","params":{"name":"exec"}}\n',
      'argvet: "id" must be a string or a number',
    ],
    ["bare numbers", null, "42\n", "argvet: a message is an object"],
  ])("%s is told so", async (_, id, bytes, said) => {
    const answer = proxy.answerTo(id);
    proxy.raw(bytes);
    expect(textOf(await timely(proxy, answer))).toBe(said);
  });

  test("a NUL in the command is a refusal by the analysis", async () => {
    const answer = proxy.answerTo("nul");
    proxy.raw(callOf("nul", '{"container":"web","command":["ls","a\\u0000b"]}'));
    expect((await timely(proxy, answer)).result?.isError).toBe(true);
  });

  test("a line of 100 MB is told so under its id, and is not kept in memory", async () => {
    const answer = proxy.answerTo("big");
    const before = memoryOf(proxy.process.pid);
    proxy.raw('{"method":"tools/call","params":{"name":"exec","arguments":{"container":"web","command":["');
    for (let i = 0; i < 100; i++) proxy.raw(Buffer.alloc(1 << 20, 0x61));
    proxy.raw('"]}},"jsonrpc":"2.0","id":"big"}\n');
    expect(textOf(await answer)).toMatch(/^argvet: a message of 1048577\d\d bytes is too long$/);
    expect((await proxy.exec("ls")).result?.isError).toBe(undefined);
    expect(memoryOf(proxy.process.pid) - before).toBeLessThan(80 * 1024);
  });

  test("an id that is still open is refused, and the first call is answered", async () => {
    const first = proxy.answerTo("open");
    proxy.raw(
      callOf("open", '{"container":"web","command":["ls"]}')
        .replace('"exec"', '"fault"')
        .replace('{"container":"web","command":["ls"]}', '{"how":"silence"}'),
    );
    proxy.raw(callOf("open", '{"container":"web","command":["ls"]}'));
    expect(textOf(await timely(proxy, first))).toBe("argvet: a request with this id is still open");
  });

  test("a call without an id goes nowhere", async () => {
    proxy.raw(
      '{"jsonrpc":"2.0","method":"tools/call","params":{"name":"exec","arguments":{"container":"web","command":["ls"]}}}\n',
    );
    await timely(proxy, Promise.resolve());
    expect(proxy.err).toContain("dropped a call of a tool without an id");
  });

  test("empty lines and carriage returns are no messages of their own", async () => {
    const answer = proxy.answerTo("cr");
    proxy.raw(`\n\r\n${callOf("cr", '{"container":"web","command":["ls"]}').replace("\n", "\r\n")}`);
    expect((await timely(proxy, answer)).result?.isError).toBe(undefined);
  });

  test("a message in many pieces is one", async () => {
    const answer = proxy.answerTo("pieces");
    for (const char of callOf("pieces", '{"container":"web","command":["echo","ä"]}')) proxy.raw(char);
    expect(textOf(await answer)).toContain('"ä"');
  });
});

function memoryOf(pid: number | undefined): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
}

describe("a server that", { timeout: 60_000 }, () => {
  test("dies: open and later calls are told, and the proxy ends with an error", async () => {
    const proxy = await new Driven(["--policy", policyFile(POLICY)]).start();
    const silent = proxy.call("fault", { how: "silence" });
    const [open, dying] = await Promise.all([silent, proxy.call("fault", { how: "die" })]);
    expect([textOf(open), textOf(dying)]).toEqual([
      "argvet: the server ended (exit code 9)",
      "argvet: the server ended (exit code 9)",
    ]);
    expect(await proxy.exit).toBe(9);
  });

  test("cannot be started: the proxy says so", async () => {
    const proxy = new Driven(["--policy", policyFile(POLICY)], ["/no/such/server"]);
    expect([await proxy.exit, proxy.err]).toEqual([127, expect.stringContaining("/no/such/server cannot be started")]);
  });

  test.each(["twice", "noise", "long"])("talks %s: the answer comes through once, the rest is dropped and said", async (how) => {
    const proxy = await new Driven(["--policy", policyFile(POLICY)]).start();
    expect(textOf(await proxy.call("fault", { how }))).toBe(how);
    expect((await proxy.exec("ls")).result?.isError).toBe(undefined);
    expect(proxy.seen.filter(({ id, method }) => id !== undefined && method === undefined).length).toBe(3);
    expect(proxy.err).toMatch(/the server sent .*; dropped/);
    await proxy.end();
  });

  test("never answers: the client is told after the time it was given", async () => {
    const proxy = await new Driven(["--policy", policyFile(POLICY), "--timeout", "0.3"]).start();
    expect(textOf(await timely(proxy, proxy.call("fault", { how: "silence" })))).toBe(
      "argvet: the server did not answer in time",
    );
    await proxy.end();
  });
});

describe("what a decision stands on:", { timeout: 60_000 }, () => {
  test("a log that somebody else writes to: no call goes through", async () => {
    const audit = join(folder(), "audit.jsonl");
    const proxy = await new Driven(["--policy", policyFile(POLICY), "--audit", audit]).start();
    expect((await proxy.exec("ls")).result?.isError).toBe(undefined);
    appendFileSync(audit, "x");
    expect(textOf(await proxy.exec("ls"))).toMatch(
      /^\[POLICY DENIED\] the call could not be judged: .* was changed by somebody else/,
    );
    rmSync(audit);
    expect((await proxy.exec("ls")).result?.isError).toBe(true);
    await proxy.end();
  });

  test("a disk that is full: no call goes through, and the proxy lives", async () => {
    const audit = join(folder(), "audit.jsonl");
    const script = `trap '' XFSZ; ulimit -f 2; exec "$@"`;
    const proxy = await limited(script, audit);
    const outcomes = [];
    for (let i = 0; i < 8; i++) outcomes.push((await proxy.exec("ls")).result?.isError ?? false);
    expect([outcomes[0], outcomes.at(-1)]).toEqual([false, true]);
    expect(await proxy.end()).toBe(0);
    expect((await checkLog(audit)).problems).toEqual([]);
  });

  test("a state file that is taken away: no call that it counts goes through", async () => {
    const state = join(folder(), "state");
    const proxy = await new Driven(["--policy", policyFile(POLICY), "--state", state]).start();
    expect((await proxy.exec("ls")).result?.isError).toBe(undefined);
    rmSync(state);
    expect(textOf(await proxy.exec("ls"))).toContain("was taken away");
    await proxy.end();
  });

  test("a proxy that is killed under load: no acknowledged decision is missing from the log", async () => {
    const audit = join(folder(), "audit.jsonl");
    const acknowledged = new Set<unknown>();
    for (let round = 0; round < 3; round++) {
      const proxy = await new Driven(["--policy", policyFile(POLICY), "--audit", audit]).start();
      const load = Array.from({ length: 200 }, () =>
        proxy.exec("cat", "/etc/shadow").then((reply) => acknowledged.add(reply.result?._meta?.["dev.argvet/verdict"]?.id)),
      );
      await Promise.race([...load.slice(20, 30)]);
      proxy.process.kill("SIGKILL");
      await proxy.exit;
    }
    const logged = new Set(
      readFileSync(audit, "utf8")
        .split("\n")
        .filter((line) => line.endsWith("}"))
        .map((line) => JSON.parse(line).id),
    );
    expect(acknowledged.size).toBeGreaterThan(30);
    expect([...acknowledged].filter((id) => !logged.has(id))).toEqual([]);
    writeFileSync(`${audit}.lock`, "");
    await (await new Driven(["--policy", policyFile(POLICY), "--audit", audit]).start()).end();
    expect((await checkLog(audit)).problems).toEqual([]);
  });
});

/** The proxy with a bound on the size of the files it writes. */
async function limited(script: string, audit: string): Promise<Driven> {
  const [program, ...args] = ARGVET;
  return new Driven(["--policy", policyFile(POLICY), "--audit", audit], PARE, {}, [
    "bash",
    "-c",
    script,
    "bash",
    program,
    ...args,
  ]).start();
}

describe.runIf(hasRedis)("replicas with one Redis", { timeout: 120_000 }, () => {
  test("share one limit of 10: of 1,000 calls at once exactly 10 pass; with Redis gone none does, and it recovers", async () => {
    const redis = await startRedis();
    const policy = policyFile('version: 1\ntools:\n  "*": { rate_limit: { max: 10, window: 3600, per: global } }\n');
    const options = ["--policy", policy, "--state", redis.url];
    const proxies = await Promise.all([0, 1].map(() => new Driven(options).start()));
    const replies = await Promise.all(Array.from({ length: 1_000 }, (_, i) => proxies[i % 2]?.exec("ls")));
    expect(replies.filter((reply) => reply?.result?.isError === undefined).length).toBe(10);
    await redis.stop();
    const began = Date.now();
    const without = await Promise.all(proxies.map((proxy) => proxy.exec("ls")));
    expect([without.map((reply) => textOf(reply).slice(0, 51)), Date.now() - began < 400]).toEqual([
      Array(2).fill("[POLICY DENIED] the call could not be judged: redis"),
      true,
    ]);
    const again = await startRedis(redis.port);
    await expect.poll(async () => (await proxies[0]?.exec("ls"))?.result?.isError, { timeout: 5_000 }).toBe(undefined);
    await Promise.all(proxies.map((proxy) => proxy.end()));
    await again.stop();
  });
});
