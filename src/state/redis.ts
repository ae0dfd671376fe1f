import { createHash } from "node:crypto";
import type { Redis } from "ioredis";
import { SCRIPTS } from "./redis-scripts.ts";
import {
  APPROVAL_STATUS,
  type Approval,
  type ApprovalRequest,
  BOUNDS,
  grainOf,
  type Remembered,
  type Reserved,
  type State,
  StateError,
  type Use,
} from "./state.ts";
import { stepOf } from "./windows.ts";

/** A command that has no answer by then has failed, and the call with it. */
const DEADLINE = 90;
const PREFIX = "{argvet}:";
const APPROVAL = `${PREFIX}approval:`;
const ALL = `${PREFIX}approvals`;

/** State that replicas share. While Redis is away every operation fails at once, and it is said once; it recovers by itself. */
export async function redisState(url: string, say: (text: string) => void): Promise<State> {
  const link = new Link(await connect(url), say);
  await link.ready();
  return {
    reserve: (uses) => reserve(link, uses),
    giveBack: async (uses, at) => {
      if (uses.length === 0) return;
      await link.script(
        "GIVE_BACK",
        uses.map(keyOf),
        uses.flatMap((use) => [stepOf(use, at), use.cost]),
      );
    },
    request: (request) => request_(link, request),
    approval: (id) => show(link, id),
    approvals: async () => {
      const ids = await link.run((redis) => redis.zrange(ALL, "0", "-1"));
      const found = await Promise.all(ids.map((id) => show(link, id)));
      return found.filter((approval) => approval !== undefined);
    },
    decide: async (id, status, by) => {
      const found = await show(link, id);
      if (found === undefined) return undefined;
      await link.script("DECIDE", [APPROVAL + id], [status, by, found.lifetime, id]);
      return show(link, id);
    },
    use: async (id, digest) => (await link.script("USE", [APPROVAL + id], [digest])) === 1,
    remember: async (session, what) => {
      const key = memoryKey(session);
      await link.run((redis) =>
        redis.multi().rpush(key, JSON.stringify(what)).ltrim(key, -BOUNDS.remembered, -1).pexpire(key, BOUNDS.memory).exec(),
      );
    },
    recall: async (session) => (await link.run((redis) => redis.lrange(memoryKey(session), 0, -1))).map(remembered),
    patience: 200,
    close: async () => link.close(),
  };
}

async function connect(url: string): Promise<Redis> {
  const { Redis } = await import("ioredis").catch(() => {
    throw new StateError("a state in Redis needs the package ioredis beside argvet: npm install ioredis");
  });
  return new Redis(url, {
    lazyConnect: true,
    // Nothing is kept for later and nothing is sent twice: a call was refused by then.
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    connectTimeout: 2_000,
    retryStrategy: () => 250,
  });
}

class Link {
  readonly #redis: Redis;
  readonly #say: (text: string) => void;
  readonly #hashes = new Map<string, string>();
  #away = false;

  constructor(redis: Redis, say: (text: string) => void) {
    this.#redis = redis;
    this.#say = say;
    redis.on("error", (error) => this.#lost(error));
    redis.on("close", () => this.#lost("the connection was closed"));
    redis.on("ready", () => this.#found());
  }

  /** A Redis that is not there yet is waited for in the background. */
  async ready(): Promise<void> {
    await this.#redis.connect().catch((error: unknown) => this.#lost(error));
  }

  #lost(error: unknown): void {
    if (!this.#away)
      this.#say(`redis is away, calls that need it are refused: ${error instanceof Error ? error.message : String(error)}`);
    this.#away = true;
  }

  #found(): void {
    if (this.#away) this.#say("redis is back");
    this.#away = false;
  }

  /** Throws a StateError within 100 ms. */
  async run<Result>(command: (redis: Redis) => Promise<Result>): Promise<Result> {
    if (this.#redis.status !== "ready") throw new StateError("redis is away");
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new StateError("redis does not answer")), DEADLINE);
    });
    try {
      const result = await Promise.race([command(this.#redis), late]);
      this.#found();
      return result;
    } catch (error) {
      if (error instanceof Error && error.message.includes("TOOMANY")) throw new StateError("too many calls wait for approval");
      this.#lost(error);
      if (error instanceof StateError) throw error;
      throw new StateError(`redis is away: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      clearTimeout(timer);
    }
  }

  script(name: keyof typeof SCRIPTS, keys: readonly string[], args: readonly (string | number)[]): Promise<unknown> {
    const hash = this.#hashes.get(name) ?? createHash("sha1").update(SCRIPTS[name]).digest("hex");
    this.#hashes.set(name, hash);
    return this.run(async (redis) => {
      try {
        return await redis.evalsha(hash, keys.length, ...keys, ...args);
      } catch (error) {
        if (!(error instanceof Error) || !error.message.startsWith("NOSCRIPT")) throw error;
        return redis.eval(SCRIPTS[name], keys.length, ...keys, ...args);
      }
    });
  }

  close(): void {
    this.#away = true;
    this.#redis.disconnect();
  }
}

const keyOf = ({ key }: Use): string => `${PREFIX}limit:${key}`;
const memoryKey = (session: string): string => `${PREFIX}memory:${session}`;

async function reserve(link: Link, uses: readonly Use[]): Promise<Reserved> {
  if (uses.length === 0) return { ok: true, at: 0 };
  const args = uses.flatMap((use) => [use.max, use.window, use.align === "calendar" ? 1 : 0, use.cost, grainOf(use)]);
  const [ok, first, second] = numbers(await link.script("RESERVE", uses.map(keyOf), args));
  if (first === undefined) throw new StateError("redis: an answer that makes no sense");
  return ok === 1 ? { ok: true, at: first } : { ok: false, use: first, retryAfter: second ?? 1 };
}

const numbers = (answer: unknown): readonly number[] => (Array.isArray(answer) ? answer.map(Number) : []);

async function request_(link: Link, request: ApprovalRequest): Promise<Approval> {
  const keys = [APPROVAL + request.id, `${PREFIX}approval-of:${request.digest}`, ALL, `${PREFIX}waiting:${request.session}`];
  const args = [APPROVAL, request.id, JSON.stringify(request), request.lifetime, BOUNDS.waiting, BOUNDS.history];
  const id = await link.script("REQUEST", keys, args);
  const made = typeof id === "string" ? await show(link, id) : undefined;
  if (made === undefined) throw new StateError("redis: the approval did not come back");
  return made;
}

async function show(link: Link, id: string): Promise<Approval | undefined> {
  const answer = await link.script("SHOW", [APPROVAL + id], []);
  if (!Array.isArray(answer)) return undefined;
  const [request, given, created, expires, by] = answer.map(String);
  const status = APPROVAL_STATUS.find((one) => one === given);
  if (request === undefined || status === undefined) return undefined;
  const parsed: ApprovalRequest = JSON.parse(request);
  return { ...parsed, status, created: Number(created), expires: Number(expires), ...(by ? { by } : {}) };
}

const remembered = (text: string): Remembered => JSON.parse(text);
