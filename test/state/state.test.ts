import { spawn } from "node:child_process";
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fileState } from "../../src/state/file.ts";
import { memoryState } from "../../src/state/memory.ts";
import { redisState } from "../../src/state/redis.ts";
import type { ApprovalRequest, State, Use } from "../../src/state/state.ts";
import { hasRedis, type RealRedis, startRedis } from "./server.ts";

const use = (key: string, max: number, window = 60_000, given: Partial<Use> = {}): Use => ({
  key,
  max,
  window,
  align: "sliding",
  cost: 1,
  ...given,
});
const ask = (id: string, given: Partial<ApprovalRequest> = {}): ApprovalRequest => ({
  id,
  digest: `digest of ${id}`,
  session: "s",
  tool: "exec",
  shown: "rm -rf build",
  reason: "deletes",
  lifetime: 60_000,
  ...given,
});
const fresh = (): string => join(mkdtempSync(join(tmpdir(), "argvet-")), "state");
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A clock that a test turns. */
function clock(at = 1_000_000_020_000) {
  const time = { at };
  return {
    now: () => time.at,
    pass: (ms: number) => {
      time.at += ms;
    },
  };
}

let redis: RealRedis | undefined;
beforeAll(async () => {
  if (hasRedis) redis = await startRedis();
});
afterAll(() => redis?.stop());

const KINDS: [string, () => Promise<State>][] = [
  ["memory", async () => memoryState()],
  ["file", async () => fileState(fresh())],
  ...(hasRedis ? [["redis", () => redisState(redis?.url ?? "", () => undefined)] as [string, () => Promise<State>]] : []),
];

describe.each(KINDS)("state in %s", (kind, open) => {
  let state: State;
  beforeAll(async () => {
    state = await open();
  });
  afterAll(() => state.close());
  const key = (name: string): string => `${kind}/${name}`;
  const passes = async (uses: readonly Use[], times: number): Promise<number> =>
    (await Promise.all(Array.from({ length: times }, () => state.reserve(uses)))).filter(({ ok }) => ok).length;

  test("as many pass as the limit says, whoever asks at once", async () => {
    expect(await passes([use(key("ten"), 10)], 50)).toBe(10);
  });

  test("a call takes from all limits or from none", async () => {
    const [wide, narrow] = [use(key("wide"), 5), use(key("narrow"), 2)];
    expect([await passes([wide, narrow], 4), await passes([wide], 9)]).toEqual([2, 3]);
  });

  test("the limit that is used up is named, with the time until it is not", async () => {
    await state.reserve([use(key("one"), 1)]);
    const refused = await state.reserve([use(key("other"), 1), use(key("one"), 1)]);
    expect(refused).toMatchObject({ ok: false, use: 1 });
    expect(refused.ok ? 0 : refused.retryAfter).toSatisfy((ms: number) => ms > 55_000 && ms <= 60_000);
  });

  test("a sliding window forgets by itself", async () => {
    const short = use(key("short"), 2, 150);
    expect(await passes([short], 3)).toBe(2);
    await wait(170);
    expect(await passes([short], 3)).toBe(2);
  });

  test("what is given back can be taken again, once", async () => {
    const limit = use(key("back"), 2);
    const taken = await state.reserve([limit]);
    await state.reserve([limit]);
    if (taken.ok) await state.giveBack([limit], taken.at);
    expect(await passes([limit], 3)).toBe(1);
  });

  test("costs may be parts, and a calendar window counts them", async () => {
    const spend = use(key("spend"), 1, 86_400_000, { align: "calendar", cost: 0.25 });
    expect(await passes([spend], 9)).toBe(4);
    const taken = await state.reserve([use(key("dear"), 5, 86_400_000, { align: "calendar", cost: 5 })]);
    if (taken.ok) await state.giveBack([use(key("dear"), 5, 86_400_000, { align: "calendar", cost: 5 })], taken.at);
    expect(await passes([use(key("dear"), 5, 86_400_000, { align: "calendar", cost: 5 })], 2)).toBe(1);
  });

  test("two limits of a call on one counter take twice", async () => {
    expect(await passes([use(key("twice"), 3), use(key("twice"), 3)], 3)).toBe(1);
  });

  test("an approval is asked for, given, and used once", async () => {
    const { id } = await state.request(ask(`${kind}-a`));
    expect((await state.approval(id))?.status).toBe("waiting");
    expect(await state.use(id, `digest of ${id}`)).toBe(false);
    expect(await state.decide(id, "approved", "ann")).toMatchObject({ status: "approved", by: "ann" });
    expect(await state.use(id, "digest of another call")).toBe(false);
    expect([await state.use(id, `digest of ${id}`), await state.use(id, `digest of ${id}`)]).toEqual([true, false]);
    expect((await state.approvals()).filter((one) => one.id === id)).toMatchObject([{ status: "used", shown: "rm -rf build" }]);
  });

  test("of many that use an approval at once, one does", async () => {
    const { id, digest } = await state.request(ask(`${kind}-race`));
    await state.decide(id, "approved", "ann");
    const used = await Promise.all(Array.from({ length: 20 }, () => state.use(id, digest)));
    expect(used.filter(Boolean).length).toBe(1);
  });

  test("the same call that asks again is the same approval; after its use it is a new one", async () => {
    const digest = `${kind} same`;
    const first = await state.request(ask(`${kind}-b`, { digest }));
    expect((await state.request(ask(`${kind}-c`, { digest }))).id).toBe(first.id);
    await state.decide(first.id, "approved", "ann");
    await state.use(first.id, digest);
    expect((await state.request(ask(`${kind}-c`, { digest }))).id).toBe(`${kind}-c`);
  });

  test("the first word counts; a word about nothing is none", async () => {
    await state.request(ask(`${kind}-d`));
    await state.decide(`${kind}-d`, "denied", "ann");
    expect(await state.decide(`${kind}-d`, "approved", "bob")).toMatchObject({ status: "denied", by: "ann" });
    expect(await state.decide("nowhere", "approved", "bob")).toBe(undefined);
  });

  test("an approval that nobody gives, or nobody uses, expires", async () => {
    await state.request(ask(`${kind}-e`, { lifetime: 60 }));
    await state.request(ask(`${kind}-f`, { lifetime: 60 }));
    await state.decide(`${kind}-f`, "approved", "ann");
    await wait(80);
    expect(await state.decide(`${kind}-e`, "approved", "ann")).toMatchObject({ status: "expired" });
    expect([(await state.approval(`${kind}-f`))?.status, await state.use(`${kind}-f`, `digest of ${kind}-f`)]).toEqual([
      "expired",
      false,
    ]);
  });

  test("a session cannot fill the list of approvals", async () => {
    const all = Array.from({ length: 70 }, (_, i) =>
      state.request(ask(`${kind}-many-${i}`, { session: `${kind}-flood` })).then(
        () => "kept",
        (error: Error) => error.message,
      ),
    );
    const said = await Promise.all(all);
    expect([said.filter((one) => one === "kept").length, said.at(-1)]).toEqual([64, "too many calls wait for approval"]);
  });

  test("a session remembers the last of what its calls left behind", async () => {
    for (let i = 0; i < 40; i++)
      await state.remember(key("m"), { at: Date.now(), tool: "exec", paths: [`/tmp/${i}`], command: "curl" });
    const paths = (await state.recall(key("m"))).flatMap((one) => one.paths);
    expect([paths.length, paths[0], paths.at(-1), await state.recall(key("other"))]).toEqual([32, "/tmp/8", "/tmp/39", []]);
  });
});

describe("windows, by a clock that is turned", () => {
  test("sliding: the eleventh call of a minute waits for the first to leave", async () => {
    const { now, pass } = clock();
    const state = memoryState(now);
    const limit = use("k", 10);
    for (let i = 0; i < 10; i++) {
      await state.reserve([limit]);
      pass(1_000);
    }
    expect(await state.reserve([limit])).toEqual({ ok: false, use: 0, retryAfter: 50_000 });
    pass(49_999);
    expect((await state.reserve([limit])).ok).toBe(false);
    pass(1);
    expect((await state.reserve([limit])).ok).toBe(true);
  });

  test("calendar: a new minute of UTC begins at nothing", async () => {
    const { now, pass } = clock(1_000_000_050_000);
    const state = memoryState(now);
    const limit = use("k", 2, 60_000, { align: "calendar" });
    await state.reserve([limit]);
    await state.reserve([limit]);
    const wait = 60_000 - (1_000_000_050_000 % 60_000);
    expect(await state.reserve([limit])).toEqual({ ok: false, use: 0, retryAfter: wait });
    pass(wait);
    expect((await state.reserve([limit])).ok).toBe(true);
  });

  test("a large limit is counted in steps and stays exact in number", async () => {
    const { now, pass } = clock();
    const state = memoryState(now);
    let passed = 0;
    for (let i = 0; i < 20_000; i++) {
      if ((await state.reserve([use("k", 5_000)])).ok) passed++;
      pass(1);
    }
    expect(passed).toBe(5_000);
  });

  test("a cost that never fits waits for the whole window", async () => {
    expect(await memoryState().reserve([use("k", 1, 60_000, { cost: 2 })])).toEqual({ ok: false, use: 0, retryAfter: 60_000 });
  });
});

describe("a state file", () => {
  test("survives a restart: counters, approvals and memory", async () => {
    const path = fresh();
    const before = fileState(path);
    await before.reserve([use("k", 2)]);
    await before.request(ask("a"));
    await before.remember("s", { at: Date.now(), tool: "exec", paths: ["/tmp/x"], command: "curl" });
    await before.close();
    const after = fileState(path);
    await after.decide("a", "approved", "ann");
    expect([
      (await after.reserve([use("k", 2)])).ok,
      (await after.reserve([use("k", 2)])).ok,
      await after.use("a", "digest of a"),
      (await after.recall("s")).length,
    ]).toEqual([true, false, true, 1]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test("is shared: what one process approves, another uses", async () => {
    const path = fresh();
    const [proxy, person] = [fileState(path), fileState(path)];
    await proxy.request(ask("a"));
    await person.decide("a", "approved", "ann");
    expect((await proxy.approval("a"))?.by).toBe("ann");
  });

  test("half a line of a killed writer spoils nothing", async () => {
    const path = fresh();
    const state = fileState(path);
    await state.reserve([use("k", 2)]);
    appendFileSync(path, '\n{"by":"x-1","at":1,"event":{"op":"res');
    expect([
      (await state.reserve([use("k", 2)])).ok,
      (await state.reserve([use("k", 2)])).ok,
      (await fileState(path).reserve([use("k", 2)])).ok,
    ]).toEqual([true, false, false]);
  });

  test("that was taken away is an error, not a fresh start", async () => {
    const path = fresh();
    const state = fileState(path);
    await state.reserve([use("k", 2)]);
    renameSync(path, `${path}.gone`);
    await expect(state.reserve([use("k", 2)])).rejects.toThrow("was taken away; restart to begin anew");
  });

  test("that cannot be written is an error", async () => {
    expect(() => fileState("/proc/version/state")).toThrow("ENOTDIR");
    expect(() => fileState("/proc/no/such/state")).toThrow("ENOENT");
    await expect(fileState("/dev/full").reserve([use("k", 2)])).rejects.toThrow("ENOSPC");
  });

  test("does not grow without end, and processes that share it follow", { timeout: 30_000 }, async () => {
    const path = fresh();
    const [one, other] = [fileState(path), fileState(path)];
    let passed = 0;
    for (let i = 0; i < 12_000; i++) if ((await (i % 3 === 0 ? other : one).reserve([use("k", 9_000)])).ok) passed++;
    expect([passed, statSync(path).size < 2_000_000, readdirSync(join(path, "..")).length]).toEqual([9_000, true, 1]);
    expect((await fileState(path).reserve([use("k", 9_000)])).ok).toBe(false);
  });

  test("four processes at once share one limit exactly, across compactions", { timeout: 60_000 }, async () => {
    const path = fresh();
    writeFileSync(path, "");
    const script = `
      import { fileState } from ${JSON.stringify(join(process.cwd(), "src/state/file.ts"))};
      const state = fileState(process.argv[1]);
      let passed = 0;
      for (let i = 0; i < 4000; i++) if ((await state.reserve([{ key: "k", max: 10000, window: 3600000, align: "sliding", cost: 1 }])).ok) passed++;
      console.log(passed);`;
    const one = () =>
      new Promise<number>((resolve) => {
        const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script, path]);
        let out = "";
        child.stdout.on("data", (data) => {
          out += data;
        });
        child.stderr.on("data", (data) => {
          out += data;
        });
        child.on("close", () => resolve(Number(out)));
      });
    const passed = await Promise.all([one(), one(), one(), one()]);
    expect(passed.reduce((sum, count) => sum + count, 0)).toBe(10_000);
    expect(readFileSync(path, "utf8")).toContain('"dump"');
  });
});

describe.runIf(hasRedis)("a Redis that goes away", { timeout: 30_000 }, () => {
  test("nothing passes, within 100 ms; it is said once; it recovers by itself", async () => {
    const first = await startRedis();
    const said: string[] = [];
    const state = await redisState(first.url, (text) => said.push(text));
    const limit = use("k", 1000);
    expect((await state.reserve([limit])).ok).toBe(true);
    await first.stop();
    const began = Date.now();
    const refused = await Promise.allSettled(Array.from({ length: 20 }, () => state.reserve([limit])));
    expect([refused.filter(({ status }) => status === "rejected").length, Date.now() - began < 150]).toEqual([20, true]);
    const again = await startRedis(first.port);
    await expect
      .poll(
        () =>
          state.reserve([limit]).then(
            ({ ok }) => ok,
            () => false,
          ),
        { timeout: 5_000 },
      )
      .toBe(true);
    expect(said.map((text) => text.split(":")[0])).toEqual(["redis is away, calls that need it are refused", "redis is back"]);
    await state.close();
    await again.stop();
  });

  test("one that hangs is as good as away", async () => {
    const hung = await startRedis();
    const state = await redisState(hung.url, () => undefined);
    hung.process.kill("SIGSTOP");
    const began = Date.now();
    await expect(state.reserve([use("k", 10)])).rejects.toThrow("redis does not answer");
    expect(Date.now() - began).toBeLessThan(150);
    hung.process.kill("SIGCONT");
    await expect
      .poll(
        () =>
          state.reserve([use("k", 10)]).then(
            ({ ok }) => ok,
            () => false,
          ),
        { timeout: 5_000 },
      )
      .toBe(true);
    await state.close();
    await hung.stop();
  });

  test("one that was never there refuses, and is found when it comes", async () => {
    const gone = await startRedis();
    await gone.stop();
    const state = await redisState(gone.url, () => undefined);
    await expect(state.request(ask("a"))).rejects.toThrow("redis is away");
    const come = await startRedis(gone.port);
    await expect
      .poll(
        () =>
          state.request(ask("a")).then(
            ({ status }) => status,
            () => "away",
          ),
        { timeout: 5_000 },
      )
      .toBe("waiting");
    await state.close();
    await come.stop();
  });
});
