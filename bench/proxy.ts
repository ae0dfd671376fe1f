import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { build } from "esbuild";
import { BUNDLE } from "../scripts/bundle.ts";

/**
 * What the proxy costs. Three figures, each against its own yardstick in the same run:
 * a call through the proxy and through a process that only copies bytes; `POST /v1/check` and an empty handler;
 * the memory of the proxy early and late.
 */
const ROUNDS = Number(process.argv[2] ?? 5_000);
const MANY = Number(process.argv[3] ?? 100_000);
const folder = mkdtempSync(join(tmpdir(), "argvet-bench-"));

const ECHO = `
let rest = "";
process.stdin.on("data", (data) => {
  const lines = (rest + data).split("\\n");
  rest = lines.pop();
  let out = "";
  for (const line of lines) out += '{"jsonrpc":"2.0","id":' + JSON.parse(line).id + ',"result":{"content":[{"type":"text","text":"hello"}]}}\\n';
  process.stdout.write(out);
});`;
const COPY = `
const child = require("node:child_process").spawn(process.execPath, ["-e", process.argv[1]], { stdio: ["pipe", "pipe", "inherit"] });
process.stdin.pipe(child.stdin);
child.stdout.pipe(process.stdout);`;
const EMPTY = `require("node:http").createServer((q, s) => { q.resume(); q.on("end", () => s.end("{}")); }).listen(0, "127.0.0.1", function () { console.log("listens on http://127.0.0.1:" + this.address().port); });`;

const policy = join(folder, "policy.yaml");
writeFileSync(policy, "version: 1\ntools:\n  exec: { validate: { packs: [all] } }\n");
/** Bundled as the package is: what runs from its sources is slower. */
const bundle = "node_modules/.cache/argvet-bench";
await build({
  entryPoints: { main: "src/cli/main.ts" },
  outdir: bundle,
  ...BUNDLE,
});
const argvet = [process.execPath, join(bundle, "main.js")] as const;

const COMMANDS = [
  ["ls", "-la"],
  ["cat", "README.md"],
  ["sh", "-c", "cd /app && npm test | tail -n 20"],
  ["git", "status", "--short"],
  ["grep", "-rn", "TODO", "src"],
] as const;

/** A few commands again and again, as agents do, or each another one: what was judged lately is not judged again. */
function commandOf(number: number, fresh: boolean): readonly string[] {
  const command = COMMANDS[number % COMMANDS.length] ?? ["ls"];
  const last = command.at(-1) ?? "";
  return fresh ? [...command.slice(0, -1), last.includes(" ") ? `${last} ${number}` : `${last}${number}`] : command;
}

/** A process that is spoken to in lines. */
class Line {
  readonly child: ChildProcess;
  readonly #waiting = new Map<number, () => void>();
  #id = 0;

  constructor(command: readonly string[]) {
    const [program = "", ...args] = command;
    this.child = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"] });
    const stdout = this.child.stdout;
    if (stdout === null) throw new Error("no stdout");
    createInterface({ input: stdout }).on("line", (line) => {
      const id = Number(/"id":(\d+)/.exec(line)?.[1]);
      this.#waiting.get(id)?.();
      this.#waiting.delete(id);
    });
  }

  call(fresh: boolean): Promise<void> {
    const id = ++this.#id;
    const command = commandOf(id, fresh);
    const message = {
      jsonrpc: "2.0",
      id,
      method: "tools/call",
      params: { name: "exec", arguments: { container: "web", command } },
    };
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.child.stdin?.write(`${JSON.stringify(message)}\n`);
    });
  }
}

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
const µs = (ms: number): string => `${Math.round(ms * 1000)} µs`;

async function latency(fresh: boolean): Promise<void> {
  const lines = [
    new Line([process.execPath, "-e", COPY, ECHO]),
    new Line([
      ...argvet,
      "proxy",
      "--policy",
      policy,
      "--audit",
      join(folder, fresh ? "a.jsonl" : "b.jsonl"),
      "--",
      process.execPath,
      "-e",
      ECHO,
    ]),
  ];
  const times: number[][] = [[], []];
  for (let i = 0; i < ROUNDS + 1_000; i++)
    for (const [which, line] of lines.entries()) {
      const began = performance.now();
      await line.call(fresh);
      if (i >= 1_000) times[which]?.push(performance.now() - began);
    }
  const [copy = [], proxy = []] = times.map((all) => all.sort((a, b) => a - b));
  console.log(`${fresh ? "each call another one" : "a few calls repeated "} (${ROUNDS})   p50          p99`);
  console.log(`  copies bytes                    ${µs(at(copy, 0.5)).padEnd(12)} ${µs(at(copy, 0.99))}`);
  console.log(`  argvet proxy, with its log      ${µs(at(proxy, 0.5)).padEnd(12)} ${µs(at(proxy, 0.99))}`);
  console.log(
    `  ratio                           ${(at(proxy, 0.5) / at(copy, 0.5)).toFixed(2).padEnd(12)} ${(at(proxy, 0.99) / at(copy, 0.99)).toFixed(2)}`,
  );
  for (const { child } of lines) child.kill();
}

async function memory(): Promise<void> {
  const line = new Line([
    ...argvet,
    "proxy",
    "--policy",
    policy,
    "--audit",
    join(folder, "m.jsonl"),
    "--",
    process.execPath,
    "-e",
    ECHO,
  ]);
  const seen: number[] = [];
  const began = performance.now();
  for (let done = 0; done < MANY; done += 100) {
    await Promise.all(Array.from({ length: 100 }, () => line.call(true)));
    if (done % (MANY / 10) === 0) seen.push(residentOf(line.child.pid));
  }
  const seconds = (performance.now() - began) / 1000;
  console.log(
    `${MANY} calls, 100 at a time: ${Math.round(MANY / seconds)} a second; resident MB after each tenth: ${seen.join(" ")}`,
  );
  line.child.kill();
}

const residentOf = (pid: number | undefined): number =>
  Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024);

function served(command: readonly string[]): Promise<{ url: URL; child: ChildProcess }> {
  const [program = "", ...args] = command;
  const child = spawn(program, args);
  return new Promise((resolve) => {
    let said = "";
    const hear = (data: Buffer): void => {
      said += data.toString();
      const found = /listens on (\S+)/.exec(said)?.[1];
      if (found !== undefined) resolve({ url: new URL(found), child });
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
  });
}

let number = 0;
/** Requests a second by 16 connections. */
async function rateOf(url: URL, count: number, fresh: boolean): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const began = performance.now();
  let left = count;
  const lane = async (): Promise<void> => {
    while (left-- > 0) await post(url, agent, JSON.stringify({ argv: commandOf(number++, fresh) }));
  };
  await Promise.all(Array.from({ length: 16 }, lane));
  agent.destroy();
  return (count / (performance.now() - began)) * 1000;
}

const post = (url: URL, agent: Agent, body: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const sent = request(
      url,
      { method: "POST", agent, path: "/v1/check", headers: { "content-length": Buffer.byteLength(body) } },
      (response) => {
        response.resume();
        response.on("end", resolve);
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });

async function service(): Promise<void> {
  const [empty, argvetServed] = await Promise.all([
    served([process.execPath, "-e", EMPTY]),
    served([...argvet, "serve", "--listen", "127.0.0.1:0"]),
  ]);
  for (const fresh of [false, true]) {
    const rates: [number, number][] = [];
    for (let round = 0; round < 5; round++)
      rates.push([await rateOf(empty.url, ROUNDS, fresh), await rateOf(argvetServed.url, ROUNDS, fresh)]);
    const [one, other] = [0, 1].map((which) => Math.max(...rates.slice(1).map((pair) => pair[which] ?? 0)));
    const what = fresh ? "each question another one" : "a few questions repeated";
    console.log(
      `POST /v1/check, ${what}: ${Math.round(other ?? 0)} a second; an empty handler ${Math.round(one ?? 0)}; share ${((other ?? 0) / (one ?? 1)).toFixed(2)}`,
    );
  }
  empty.child.kill();
  argvetServed.child.kill();
}

await latency(false);
await latency(true);
await service();
await memory();
