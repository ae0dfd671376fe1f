import { type ChildProcessByStdio, spawn } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";

export const ARGVET = [process.execPath, "--import", "tsx", "src/cli/main.ts"] as const;
export const PARE = [process.execPath, "--import", "tsx", "test/proxy/pare-server.ts"] as const;

export const folder = (): string => mkdtempSync(join(tmpdir(), "argvet-proxy-"));

/** A policy file in a folder of its own. */
export function policyFile(text: string, name = "policy.yaml"): string {
  const path = join(folder(), name);
  writeFileSync(path, text);
  return path;
}

export interface Reply {
  readonly id?: unknown;
  readonly method?: string;
  readonly params?: Record<string, unknown>;
  readonly result?: {
    readonly content?: readonly { readonly text: string }[];
    readonly isError?: boolean;
    readonly _meta?: Record<string, Record<string, unknown>>;
    readonly tools?: readonly { readonly name: string }[];
  } & Record<string, unknown>;
  readonly error?: { readonly code: number; readonly message: string };
}

/** The proxy as a process, spoken to in lines: what an SDK would never send can be sent. */
export class Driven {
  readonly process: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly seen: Reply[] = [];
  readonly exit: Promise<number | null>;
  err = "";
  #id = 0;
  readonly #waiting = new Map<unknown, (reply: Reply) => void>();

  constructor(
    options: readonly string[],
    server: readonly string[] = PARE,
    env: NodeJS.ProcessEnv = {},
    argvet: readonly string[] = ARGVET,
  ) {
    const [program, ...args] = [...argvet, "proxy", ...options, "--", ...server];
    this.process = spawn(program ?? "", args, { stdio: ["pipe", "pipe", "pipe"], env: { ...process.env, ...env } });
    this.process.stderr.on("data", (data: Buffer) => {
      this.err += data.toString();
    });
    createInterface({ input: this.process.stdout }).on("line", (line) => this.#take(JSON.parse(line)));
    this.exit = new Promise((resolve) => this.process.on("close", resolve));
    // Whoever still waits is told, so that a test fails instead of waiting.
    void this.exit.then(() => {
      for (const [id, waits] of this.#waiting) waits({ id, error: { code: 0, message: `the proxy ended: ${this.err}` } });
    });
    this.process.stdin.on("error", () => undefined);
  }

  #take(reply: Reply): void {
    this.seen.push(reply);
    const waits = this.#waiting.get(reply.id);
    if (waits === undefined || reply.method !== undefined) return;
    this.#waiting.delete(reply.id);
    waits(reply);
  }

  raw(bytes: string | Buffer): void {
    this.process.stdin.write(bytes);
  }

  answerTo(id: unknown): Promise<Reply> {
    return new Promise((resolve) => this.#waiting.set(id, resolve));
  }

  request(method: string, params: object = {}): Promise<Reply> {
    const id = ++this.#id;
    const answer = this.answerTo(id);
    this.raw(`${JSON.stringify({ jsonrpc: "2.0", id, method, params })}\n`);
    return answer;
  }

  call(name: string, args: object = {}, more: object = {}): Promise<Reply> {
    return this.request("tools/call", { name, arguments: args, ...more });
  }

  exec(...command: string[]): Promise<Reply> {
    return this.call("exec", { container: "web", command });
  }

  async start(capabilities: object = {}): Promise<this> {
    await this.request("initialize", { protocolVersion: "2025-11-25", capabilities, clientInfo: { name: "test", version: "1" } });
    this.raw('{"jsonrpc":"2.0","method":"notifications/initialized"}\n');
    return this;
  }

  async end(): Promise<number | null> {
    this.process.stdin.end();
    return this.exit;
  }
}

/** The text that the model gets. */
export const textOf = ({ result, error }: Reply): string => result?.content?.[0]?.text ?? error?.message ?? "";
export const verdictOf = ({ result }: Reply) => result?._meta?.["dev.argvet/verdict"];
