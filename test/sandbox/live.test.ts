import { existsSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { builtin, createAnalyzer } from "../../src/index.ts";
import { ArgvOracle } from "../../src/sandbox/argv.ts";
import { effectsOracle } from "../../src/sandbox/effects.ts";
import { missing } from "../../src/sandbox/need.ts";
import { WORLD } from "../../src/sandbox/template.ts";
import type { Oracle } from "../../src/sandbox/verify.ts";

const lacking = missing(["bwrap", "strace", "nsenter", "ip"]);
if (lacking.length > 0) console.warn(`SKIPPED, nothing is run for real: ${lacking.join("; ")}`);

describe.skipIf(lacking.length > 0)("real bash between stubs", { timeout: 30_000 }, () => {
  let oracle: ArgvOracle;
  beforeAll(() => {
    oracle = new ArgvOracle(builtin().commandNames);
  });
  afterAll(() => oracle.close());
  const run = (command: string) => oracle.run(command, [], { code: 0, output: "" });

  test("programs and arguments are seen, of nested shells too", async () => {
    const seen = await run(`x='a b'; git push "$x" *.json; sh -c 'id -u'`);
    expect(seen?.started.map(({ program, args }) => [program, ...args])).toEqual(
      expect.arrayContaining([
        ["/usr/bin/git", "push", "a b", "data.json"],
        ["/usr/bin/id", "-u"],
      ]),
    );
  });
  test("redirections are seen", async () =>
    expect((await run("echo > new; rm a.txt"))?.changed).toEqual(["/workspace/a.txt", "/workspace/new"]));
  test("a fork bomb ends", async () => expect(await run(":(){ :|:& };:")).toBeDefined());
  test("a kill of everything kills nobody outside", async () => expect((await run("kill -9 -1; id"))?.late).toBe(false));
  test("an endless loop ends", async () => expect(await run("while :; do :; done")).toBeDefined());
  test("the files of this machine are out of reach", async () => {
    const file = join(tmpdir(), `argvet-canary-${process.pid}`);
    writeFileSync(file, "");
    await run(`rm -rf ${file} /tmp/* /etc ~`);
    expect(existsSync(file)).toBe(true);
  });
});

describe.skipIf(lacking.length > 0)("real programs under observation", { timeout: 60_000 }, () => {
  let oracle: Oracle;
  const analyzer = createAnalyzer({ profile: "strict" });
  beforeAll(async () => {
    oracle = await effectsOracle();
  });
  afterAll(() => oracle.close());
  const observe = (command: string) => oracle.observe(command, analyzer.analyze({ command }, WORLD));

  test("a secret that is printed is found", async () =>
    expect((await observe("base64 .env"))?.harm).toEqual(["the secret of /workspace/.env was printed"]));
  test("a secret behind a link is found", async () =>
    expect((await observe("ln -s /etc/shadow s; rev s"))?.harm).toContain("the secret of /etc/shadow was printed"));
  test("a connection is predicted or named", async () => {
    const facts = { ...analyzer.analyze({ command: "true" }), effects: [], invocations: [] };
    const seen = await oracle.observe("exec 3<> /dev/tcp/203.0.113.9/4444", facts);
    expect(seen?.unpredicted).toContain("connected to 203.0.113.9:4444");
  });
  test("the network of this machine is out of reach", async () => {
    let reached = false;
    const server = createServer(() => {
      reached = true;
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const address = server.address();
    await observe(`echo x > /dev/tcp/127.0.0.1/${typeof address === "object" ? address?.port : 0}`);
    server.close();
    expect(reached).toBe(false);
  });
  test("what was predicted is not reported", async () =>
    expect(await observe("sort a.txt b.txt > out.txt && wc -l out.txt")).toMatchObject({
      unpredicted: [],
      harm: [],
      effective: true,
    }));
});
