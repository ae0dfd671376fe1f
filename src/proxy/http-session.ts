import type { ServerResponse } from "node:http";
import type { Exchange } from "./exchange.ts";
import { HTTP_KEY } from "./http-upstream.ts";
import { type Fields, isFields, keyOf } from "./message.ts";
import { Relay, type RelayParts } from "./relay.ts";
import type { StartUpstream, Upstream } from "./upstream.ts";

const MOST_KEPT = 256;

/** One client's conversation over HTTP: many requests, one relay, one upstream. */
export class HttpSession {
  readonly relay: Relay;
  readonly #upstream: Upstream;
  readonly #open = new Map<string, Exchange>();
  readonly #turns = new Map<string, Promise<void>>();
  #stream: Exchange | undefined;
  /** Said unasked while nobody listened. */
  #kept: (string | Buffer)[] = [];
  readonly #gone: () => void;
  used = Date.now();

  constructor(parts: Omit<RelayParts, "toClient" | "toServer">, start: StartUpstream, gone: () => void) {
    this.#gone = gone;
    this.#upstream = start({
      line: (bytes) => this.relay.fromServer(bytes),
      long: (long) => this.relay.fromServerTooLong(long),
      gone: (why) => {
        this.relay.serverGone(why);
        this.#gone();
      },
    });
    this.relay = new Relay({ ...parts, toServer: (line) => this.#upstream.send(line), toClient: (line) => this.#toClient(line) });
  }

  get busy(): boolean {
    return this.#open.size > 0 || this.#stream !== undefined;
  }

  isOpen(key: string): boolean {
    return this.#open.has(key);
  }

  /** Where clients share a session they may choose the same id: one after the other. */
  turn(exchange: Exchange): Promise<void> {
    const key = exchange.key ?? "";
    const before = this.#turns.get(key) ?? Promise.resolve();
    const mine = before.then(() => exchange.closed);
    this.#turns.set(key, mine);
    void mine.then(() => {
      if (this.#turns.get(key) === mine) this.#turns.delete(key);
    });
    return before;
  }

  /** A request: its response stays open until the answer has come. */
  request(bytes: Buffer, exchange: Exchange, response: ServerResponse, abort: () => void): void {
    const { key } = exchange;
    if (key === undefined) return;
    this.used = Date.now();
    this.#open.set(key, exchange);
    response.on("close", () => {
      if (this.#open.get(key) !== exchange) return;
      this.#open.delete(key);
      abort();
    });
    void this.relay.fromClient(bytes);
  }

  /** A stream for what is said unasked; a new one takes over. */
  listen(exchange: Exchange, response: ServerResponse): void {
    this.used = Date.now();
    this.#stream?.end();
    this.#stream = exchange;
    exchange.open();
    response.on("close", () => {
      if (this.#stream === exchange) this.#stream = undefined;
    });
    for (const line of this.#kept.splice(0)) exchange.say(line);
  }

  #toClient(line: string | Buffer): void {
    const message: unknown = JSON.parse(line.toString("utf8"));
    if (!isFields(message)) return;
    if ("method" in message) this.#unasked(message, line);
    else this.#answer(message, line);
  }

  #answer(message: Fields, line: string | Buffer): void {
    const key = keyOf(message.id);
    const exchange = this.#open.get(key) ?? (message.id === null ? [...this.#open.values()].at(-1) : undefined);
    if (exchange?.key === undefined) return;
    this.#open.delete(exchange.key);
    const http = isFields(message.error) && isFields(message.error.data) ? message.error.data[HTTP_KEY] : undefined;
    if (isFields(http) && (http.status === 401 || http.status === 403))
      exchange.answer(line, http.status, typeof http.authenticate === "string" ? { "www-authenticate": http.authenticate } : {});
    else exchange.answer(line);
  }

  /** Progress belongs to its request; the rest to the one request that is open, or to the stream. */
  #unasked(message: Fields, line: string | Buffer): void {
    const streams = [...this.#open.values()].filter(({ streams }) => streams);
    const token = isFields(message.params) ? message.params.progressToken : undefined;
    const own = token === undefined ? undefined : streams.find((exchange) => exchange.token === token);
    const to = own ?? (streams.length === 1 ? streams[0] : undefined) ?? this.#stream ?? streams.at(-1);
    if (to !== undefined) to.say(line);
    else if (this.#kept.length < MOST_KEPT) this.#kept.push(line);
  }

  async end(): Promise<void> {
    this.relay.clientGone();
    this.#stream?.end();
    for (const exchange of this.#open.values()) exchange.end();
    await this.#upstream.end();
  }
}
