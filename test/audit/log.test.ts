import { execFileSync, spawnSync } from "node:child_process";
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openAudit } from "../../src/audit/log.ts";
import { checkLog, readLog } from "../../src/audit/read.ts";
import type { AuditRecord } from "../../src/audit/record.ts";
import { cli } from "../cli/fake.ts";

const decided = (tool: string, decision: "allow" | "deny" = "allow"): AuditRecord => ({
  event: "decision",
  id: "d1",
  session: "s1",
  tool,
  digest: "a".repeat(64),
  decision,
  outcome: decision === "allow" ? "forwarded" : "refused",
  rules: decision === "allow" ? [] : ["exfiltration/credential-to-network"],
  reason: decision === "allow" ? "" : "~/.ssh is sent to h.test",
  risk: 0,
  policy: "p1",
  micros: 40,
});

const fresh = (): string => join(mkdtempSync(join(tmpdir(), "argvet-")), "audit.jsonl");
const now = () => new Date("2026-01-02T03:04:05Z");

async function logOf(count: number, options: { maxBytes?: number; keep?: number } = {}): Promise<string> {
  const path = fresh();
  const audit = openAudit({ path, now, ...options });
  for (let i = 0; i < count; i++) await audit.append(decided(`tool-${i}`, i % 3 === 0 ? "deny" : "allow"));
  audit.close();
  return path;
}

async function problemsOf(path: string): Promise<readonly string[]> {
  return (await checkLog(path)).problems.map((problem) => problem.replace(/^.*\//, ""));
}

test("a line is JSON, in the order it was written, for the owner's eyes alone", async () => {
  const path = await logOf(1);
  expect(readFileSync(path, "utf8").replace(/[0-9a-f]{64}"}\n$/, 'H"}\n')).toBe(
    `{"seq":1,"time":"2026-01-02T03:04:05.000Z","event":"decision","id":"d1","session":"s1","tool":"tool-0","digest":"${"a".repeat(64)}","decision":"deny","outcome":"refused","rules":["exfiltration/credential-to-network"],"reason":"~/.ssh is sent to h.test","risk":0,"policy":"p1","micros":40,"prev":"${"0".repeat(64)}","hash":"H"}\n`,
  );
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test("every edit of one byte, of 1,000 tried, is found", async () => {
  const path = await logOf(12);
  const whole = readFileSync(path);
  const edited = `${path}.edited`;
  const missed: number[] = [];
  for (let i = 0; i < 1000; i++) {
    const at = (i * 7919) % whole.length;
    const bytes = Buffer.from(whole);
    bytes[at] = ((bytes[at] ?? 0) + 1 + ((i * 31) % 254)) % 256;
    writeFileSync(edited, bytes);
    if ((await problemsOf(edited)).length === 0) missed.push(at);
  }
  expect(missed).toEqual([]);
});

test.each<[title: string, edit: (lines: string[]) => string[], problems: string[]]>([
  [
    "a line taken out",
    (lines) => lines.toSpliced(3, 1),
    ["audit.jsonl:4: is number 5, expected 4: lines were taken out or moved"],
  ],
  [
    "two lines swapped",
    ([a = "", b = "", c = "", ...rest]) => [a, c, b, ...rest],
    expect.arrayContaining(["audit.jsonl:2: is number 3, expected 2: lines were taken out or moved"]),
  ],
  [
    "a line of its own hash put in the place of another",
    (lines) => [...lines.slice(0, 4), (lines[2] ?? "").replace("tool-2", "tool-9")],
    ["audit.jsonl:5: was changed: its hash differs"],
  ],
  ["a line that is no JSON", (lines) => [...lines, "garbage"], ["audit.jsonl:6: does not end with a hash"]],
])("%s is found", async (_, edit, problems) => {
  const path = await logOf(5);
  writeFileSync(
    path,
    edit(readFileSync(path, "utf8").trimEnd().split("\n"))
      .map((line) => `${line}\n`)
      .join(""),
  );
  expect(await problemsOf(path)).toEqual(problems);
});

test("an end that was cut off is found by a hash that was kept elsewhere", async () => {
  const path = await logOf(5);
  const { head } = await checkLog(path);
  truncateSync(path, readFileSync(path, "utf8").lastIndexOf('{"seq":5'));
  expect([await problemsOf(path), (await cli(["audit", "verify", path, "--head", head])).code]).toEqual([[], 1]);
});

test("a torn tail is cut off at the next start, and the log says so", async () => {
  const path = await logOf(3);
  appendFileSync(path, '{"seq":4,"time":"2026');
  const audit = openAudit({ path, now });
  await audit.append(decided("next"));
  audit.close();
  const texts = [];
  for await (const read of readLog(path))
    texts.push("record" in read ? ("text" in read.record ? read.record.text : read.record.tool) : read.problem);
  expect(texts).toEqual([
    "tool-0",
    "tool-1",
    "tool-2",
    "21 bytes of a line that was not written to its end were cut off",
    "next",
  ]);
});

test("a last line that was changed is not continued", async () => {
  const path = await logOf(3);
  writeFileSync(path, readFileSync(path, "utf8").replace("tool-2", "tool-x"));
  expect(() => openAudit({ path })).toThrow("the last line was changed: its hash differs; see argvet audit verify");
});

test("a log that reaches its size is rotated; the chain goes on over files, and the oldest go", async () => {
  const path = await logOf(40, { maxBytes: 2048, keep: 3 });
  const names = readdirSync(join(path, "..")).sort();
  expect(names).toEqual(["audit.jsonl", "audit.jsonl.000000000028", "audit.jsonl.000000000032", "audit.jsonl.000000000036"]);
  expect(await checkLog(path)).toMatchObject({ lines: 16, first: 25, last: 40, problems: [] });
});

test("a rotation that was killed before the new file had a line is continued", async () => {
  const path = await logOf(40, { maxBytes: 2048 });
  rmSync(path);
  const audit = openAudit({ path, now });
  await audit.append(decided("next"));
  audit.close();
  expect(await checkLog(path)).toMatchObject({ last: 37, problems: [] });
});

test("a log has one writer: a second is told, a dead one's lock is taken over", async () => {
  const path = fresh();
  const audit = openAudit({ path });
  expect(() => openAudit({ path })).toThrow(`process ${process.pid} writes this log; give each its own`);
  audit.close();
  expect(existsSync(`${path}.lock`)).toBe(false);
  writeFileSync(`${path}.lock`, "1 7");
  openAudit({ path }).close();
});

test("a line that could not be written is an error: the file was changed, the disk is full", async () => {
  const path = fresh();
  const audit = openAudit({ path });
  await audit.append(decided("one"));
  appendFileSync(path, "x");
  await expect(audit.append(decided("two"))).rejects.toThrow("was changed by somebody else; restart to go on");
  const full = fresh();
  symlinkSync("/dev/full", full);
  await expect(openAudit({ path: full }).append(decided("one"))).rejects.toThrow("ENOSPC");
});

test("what a full disk took of a line is taken back, and the next line that fits is written", async () => {
  const path = fresh();
  const script = `
    import { openAudit } from ${JSON.stringify(join(process.cwd(), "src/audit/log.ts"))};
    const audit = openAudit({ path: process.argv[1] });
    const line = (text) => audit.append({ event: "start", text }).then(() => "written", (error) => error.message.split(": ")[1]);
    console.log(await line("a".repeat(500)), await line("b".repeat(900)), await line("c"));
    audit.close();`;
  // A limit on the size of files: what is over it is EFBIG, as ENOSPC is on a full disk. ulimit counts 1,024 bytes.
  const { stdout } = spawnSync(
    "bash",
    ["-c", `trap '' XFSZ; ulimit -f 1; exec "$0" --import tsx --input-type=module -e "$1" "$2"`, process.execPath, script, path],
    { encoding: "utf8" },
  );
  expect(stdout).toBe("written EFBIG written\n");
  expect(await checkLog(path)).toMatchObject({ lines: 2, problems: [] });
});

test("lines wait for the disk together when they are to survive a power cut", async () => {
  const path = fresh();
  const audit = openAudit({ path, sync: true, maxBytes: 4096 });
  await Promise.all(Array.from({ length: 50 }, (_, i) => audit.append(decided(`tool-${i}`))));
  audit.close();
  expect(await checkLog(path)).toMatchObject({ lines: 50, problems: [] });
});

test("arguments that make a line too long are left out; the decision stays", async () => {
  const path = fresh();
  const audit = openAudit({ path });
  await audit.append({ ...decided("big"), arguments: { command: "x".repeat(100_000) } } as AuditRecord);
  audit.close();
  expect([await checkLog(path).then(({ lines }) => lines), readFileSync(path, "utf8").length < 1000]).toEqual([1, true]);
});

test("argvet audit verify, tail and stats", async () => {
  const path = await logOf(4);
  const { head } = await checkLog(path);
  expect(await cli(["audit", "verify", path])).toEqual({ code: 0, out: `whole  4 lines, 1 to 4, head ${head}\n`, err: "" });
  expect((await cli(["audit", "tail", path, "--decision", "deny"])).out).toBe(
    "2026-01-02T03:04:05.000Z  deny  refused  tool-0  s1  ~/.ssh is sent to h.test\n2026-01-02T03:04:05.000Z  deny  refused  tool-3  s1  ~/.ssh is sent to h.test\n",
  );
  expect((await cli(["audit", "stats", path])).out).toMatch(
    /^4 decisions: allow 2, require_approval 0, deny 2; half took at most 40 µs, 99 % at most 40 µs\n {2}tool {2}tool-0 {2}1 calls, 1 refused\n/,
  );
  writeFileSync(path, readFileSync(path, "utf8").replace("tool-1", "tool-\u001b"));
  expect((await cli(["audit", "verify", path])).out).toBe(`${path}:2: was changed: its hash differs\n`);
  expect(await cli(["audit", "verify", "/nowhere/audit.jsonl"])).toEqual({
    code: 2,
    out: "",
    err: "/nowhere/audit.jsonl: no such file\n",
  });
});

test("the log of a process that is killed holds every line it acknowledged", { timeout: 60_000 }, async () => {
  const path = fresh();
  const script = `
    import { openAudit } from ${JSON.stringify(join(process.cwd(), "src/audit/log.ts"))};
    const audit = openAudit({ path: process.argv[1], maxBytes: 4096 });
    for (let i = 0; i < 60; i++) { await audit.append({ event: "start", text: "line " + i }); process.stdout.write(i + "\\n"); }
    process.kill(process.pid, "SIGKILL");`;
  for (let round = 0; round < 5; round++) {
    try {
      execFileSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script, path], { encoding: "utf8" });
    } catch (error) {
      expect(String((error as { stdout: string }).stdout).split("\n").length).toBeGreaterThan(1);
    }
  }
  expect((await checkLog(path)).problems).toEqual([]);
  expect((await checkLog(path)).last).toBe(300);
});
