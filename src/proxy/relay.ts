import type { Ask, Forward, Gate, Refuse } from "../gate/gate.ts";
import { isHidden } from "../policy/decide.ts";
import { type Client, clientOf, clientOfInitialize, UNKNOWN_CLIENT } from "./client.ts";
import type { Long } from "./lines.ts";
import {
  type Fields,
  INVALID_PARAMS,
  idOfLong,
  isFields,
  keyOf,
  type Message,
  REFUSED,
  readMessage,
  UPSTREAM_GONE,
} from "./message.ts";
import { Questions } from "./questions.ts";
import { errorReply, notification, refusalReply } from "./replies.ts";
import { inputRequired, retryOf } from "./retry.ts";
import { Tools } from "./tools.ts";

export interface RelayParts {
  readonly gate: Gate;
  /** Name of the server, for policies that speak of one. */
  readonly server?: string;
  readonly session: string;
  readonly principal?: string;
  /** Somebody else can approve too: the state is shared, or there is an endpoint. */
  readonly elsewhere: boolean;
  readonly denyAs: "result" | "error";
  /** Milliseconds an answer of the server may take; 0: as long as it likes. */
  readonly patience: number;
  readonly toClient: (line: string | Buffer) => void;
  readonly toServer: (line: Buffer) => void;
  readonly say: (text: string) => void;
}

type Request = Extract<Message, { kind: "request" }>;

/** A request that the server has and has not answered. */
interface Outstanding {
  readonly id: string;
  readonly lists: boolean;
  readonly forward?: Forward;
  readonly timer?: NodeJS.Timeout;
}

/** Between one client and one server: everything passes as it is but calls of tools, which are decided first, and lists of tools. */
export class Relay {
  readonly #parts: RelayParts;
  readonly #questions: Questions;
  readonly #tools = new Tools();
  readonly #outstanding = new Map<string, Outstanding>();
  /** Calls that wait for approval, by id. */
  readonly #waiting = new Map<string, AbortController>();
  #client: Client = UNKNOWN_CLIENT;
  #queue: Promise<void> = Promise.resolve();
  #queued = 0;
  #gone: string | undefined;
  #noise = 0;

  constructor(parts: RelayParts) {
    this.#parts = parts;
    this.#questions = new Questions(parts.toClient);
  }

  /** Messages that are not yet decided: whoever reads from the client waits while there are many. */
  get queued(): number {
    return this.#queued;
  }

  /** In order: a later message never overtakes a call that is being decided, only one that waits for a person. */
  fromClient(bytes: Buffer): Promise<void> {
    this.#queued++;
    this.#queue = this.#queue
      .then(() => this.#take(bytes))
      .catch((error: unknown) => this.#parts.say(`internal error: ${error instanceof Error ? error.message : String(error)}`))
      .finally(() => {
        this.#queued--;
      });
    return this.#queue;
  }

  /** When everything that came so far is decided or waits for a person. */
  idle(): Promise<void> {
    return this.#queue;
  }

  fromClientTooLong(long: Long): void {
    this.#parts.toClient(errorReply(idOfLong(long), -32600, `argvet: a message of ${long.length} bytes is too long`));
  }

  async #take(bytes: Buffer): Promise<void> {
    const message = readMessage(bytes);
    switch (message.kind) {
      case "bad":
        this.#parts.say(`refused a message: ${message.problem}`);
        this.#parts.toClient(errorReply(message.id, message.code, `argvet: ${message.problem}`));
        return;
      case "response":
        if (!this.#questions.take(message.key, message.value)) this.#parts.toServer(bytes);
        return;
      case "notification":
        this.#notified(message.method, message.params, bytes);
        return;
      case "request":
        return this.#requested(message, bytes);
    }
  }

  #notified(method: string, params: Fields, bytes: Buffer): void {
    // Nobody could be told why it was refused, and no server has to answer it.
    const waiting = method === "notifications/cancelled" ? this.#waiting.get(keyOf(params.requestId)) : undefined;
    if (method === "tools/call") this.#parts.say("dropped a call of a tool without an id");
    else if (waiting !== undefined) waiting.abort();
    else this.#parts.toServer(bytes);
  }

  async #requested(request: Request, bytes: Buffer): Promise<void> {
    const { id, key, method, params } = request;
    if (this.#gone !== undefined) return this.#parts.toClient(errorReply(id, UPSTREAM_GONE, `argvet: ${this.#gone}`));
    if (this.#outstanding.has(key) || this.#waiting.has(key))
      return this.#parts.toClient(errorReply(id, -32600, "argvet: a request with this id is still open"));
    if (method === "initialize") this.#client = clientOfInitialize(params);
    if (method === "tools/call") return this.#call(request, bytes);
    this.#send(request, bytes);
  }

  #send({ id, key, method }: Request, bytes: Buffer, forward?: Forward): void {
    if (this.#gone !== undefined) {
      void forward?.settle(false);
      this.#parts.toClient(errorReply(id, UPSTREAM_GONE, `argvet: ${this.#gone}`));
      return;
    }
    const { patience } = this.#parts;
    const timer = patience > 0 ? setTimeout(() => this.#late(id, key), patience) : undefined;
    const lists = method === "tools/list";
    this.#outstanding.set(key, {
      id,
      lists,
      ...(forward === undefined ? {} : { forward }),
      ...(timer === undefined ? {} : { timer }),
    });
    this.#parts.toServer(bytes);
  }

  #late(id: string, key: string): void {
    this.#parts.toServer(
      Buffer.from(notification("notifications/cancelled", { requestId: JSON.parse(id), reason: "no answer in time" })),
    );
    this.#fail(key, "the server did not answer in time");
  }

  #fail(key: string, why: string): void {
    const open = this.#outstanding.get(key);
    if (open === undefined) return;
    this.#close(key, open);
    void open.forward?.settle(false);
    this.#parts.toClient(errorReply(open.id, UPSTREAM_GONE, `argvet: ${why}`));
  }

  #close(key: string, { timer }: Outstanding): void {
    clearTimeout(timer);
    this.#outstanding.delete(key);
  }

  async #call(request: Request, bytes: Buffer): Promise<void> {
    const { id, params, inexact } = request;
    const problem = problemOf(params);
    if (problem !== undefined) return this.#parts.toClient(errorReply(id, INVALID_PARAMS, `argvet: ${problem}`));
    const retry = retryOf(params);
    const forwarded = retry === undefined ? bytes : Buffer.from(withParams(bytes, id, retry.params));
    const { server, session, principal } = this.#parts;
    const call = {
      ...this.#tools.get(String(params.name)),
      ...(server === undefined ? {} : { server }),
      tool: String(params.name),
      arguments: params.arguments ?? {},
    };
    const admission = await this.#parts.gate.admit({ call, session, inexact, ...(principal === undefined ? {} : { principal }) });
    if (admission.kind === "forward") this.#send(request, forwarded, admission);
    else if (admission.kind === "refuse") this.#refuse(request, admission);
    else await this.#ask(request, forwarded, admission, retry);
  }

  #refuse({ id, params }: Request, { answer }: Refuse): void {
    const { modern } = clientOf(params, this.#client);
    if (this.#parts.denyAs === "error")
      this.#parts.toClient(errorReply(id, REFUSED, answer.reason, { "dev.argvet/verdict": answer }));
    else this.#parts.toClient(refusalReply(id, answer, modern));
  }

  /** By the client's user, by somebody else, or by nobody: then it is a refusal at once. */
  async #ask(request: Request, bytes: Buffer, asked: Ask, retry: ReturnType<typeof retryOf>): Promise<void> {
    const { id, key, params } = request;
    const client = clientOf(params, this.#client);
    const mayAsk = client.elicits && asked.terms.channel !== "out_of_band";
    const elsewhere = this.#parts.elsewhere && asked.terms.channel !== "client";
    if (client.modern && mayAsk) {
      if (retry?.approval !== asked.approval.id) return this.#parts.toClient(inputRequired(id, asked, params));
      await asked.say(retry.yes, "the client's user");
    } else if (!mayAsk && !elsewhere) await asked.say(false, "nobody could be asked: the client cannot, and");
    const stop = new AbortController();
    this.#waiting.set(key, stop);
    const open = !client.modern && mayAsk ? this.#questions.ask(asked) : undefined;
    const told = this.#tellOften(params, asked);
    void asked.wait(stop.signal).then((outcome) => {
      told();
      this.#waiting.delete(key);
      open?.close();
      if (stop.signal.aborted) void (outcome.kind === "forward" && outcome.settle(false));
      else if (outcome.kind === "forward") this.#send(request, bytes, outcome);
      else this.#refuse(request, outcome);
    });
  }

  /** A client that asked for progress knows why nothing comes. */
  #tellOften(params: Fields, asked: Ask): () => void {
    const token = isFields(params._meta) ? params._meta.progressToken : undefined;
    if (typeof token !== "string" && typeof token !== "number") return () => undefined;
    let progress = 0;
    const tell = (): void =>
      this.#parts.toClient(
        notification("notifications/progress", {
          progressToken: token,
          progress: ++progress,
          message: `waits for approval ${asked.approval.id}`,
        }),
      );
    tell();
    const timer = setInterval(tell, 10_000);
    return () => clearInterval(timer);
  }

  fromServer(bytes: Buffer): void {
    const message = parsed(bytes);
    if (message === undefined) this.#isNoise("something that is no message");
    else if ("method" in message || !("id" in message)) this.#parts.toClient(bytes);
    else this.#answered(message, bytes);
  }

  #answered(message: Fields, bytes: Buffer): void {
    const key = keyOf(message.id);
    const open = this.#outstanding.get(key);
    if (open === undefined) {
      this.#isNoise("an answer to nothing that was asked");
      return;
    }
    this.#close(key, open);
    this.#parts.toClient(open.lists ? this.#listed(message, bytes) : bytes);
    void open.forward?.settle("result" in message);
  }

  #listed(message: Fields, bytes: Buffer): string | Buffer {
    const { policy } = this.#parts.gate.live();
    return this.#tools.learn(message, (tool) => isHidden(policy, tool, this.#parts.server)) ?? bytes;
  }

  fromServerTooLong(long: Long): void {
    this.#fail(keyOf(JSON.parse(idOfLong(long))), `an answer of ${long.length} bytes is too long`);
    this.#isNoise(`a message of ${long.length} bytes`);
  }

  /** Said for the first few: a server that talks without end must not fill the log. */
  #isNoise(what: string): void {
    if (++this.#noise <= 5) this.#parts.say(`the server sent ${what}; dropped`);
  }

  /** Every open request gets an answer, and so does every later one. */
  serverGone(why: string): void {
    this.#gone ??= why;
    for (const key of [...this.#outstanding.keys()]) this.#fail(key, why);
  }

  /** Nobody is left to be told. */
  clientGone(): void {
    for (const stop of this.#waiting.values()) stop.abort();
  }
}

/** Readers that do not tell `Name` from `name` must not see another call than we do. */
function problemOf(params: Fields): string | undefined {
  const misspelt = Object.keys(params).find((key) => NAMES.has(key.normalize("NFKC").toLowerCase()) && !NAMES.has(key));
  if (misspelt !== undefined) return `the key ${JSON.stringify(misspelt)}`;
  if (typeof params.name !== "string" || params.name === "") return "the call names no tool";
  if (params.name.includes("\0")) return "the tool's name holds a NUL";
  if (params.arguments !== undefined && !isFields(params.arguments)) return '"arguments" must be an object';
  return undefined;
}

const NAMES: ReadonlySet<string> = new Set(["name", "arguments"]);

function withParams(bytes: Buffer, id: string, params: Fields): string {
  const value: unknown = JSON.parse(bytes.toString("utf8"));
  const { method } = isFields(value) ? value : {};
  return `{"jsonrpc":"2.0","id":${id},"method":${JSON.stringify(method)},"params":${JSON.stringify(params)}}`;
}

function parsed(bytes: Buffer): Fields | undefined {
  try {
    const value: unknown = JSON.parse(bytes.toString("utf8"));
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
