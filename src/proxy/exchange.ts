import type { ServerResponse } from "node:http";
import { eventOf } from "./sse.ts";

/** Silence after which a stream is kept alive with a comment. */
const QUIET = 15_000;

/** One open response of the front: an answer as JSON, or a stream once something else has to be said before. */
export class Exchange {
  /** Of the request that it answers; undefined: a stream for what is said unasked. */
  readonly key: string | undefined;
  readonly token: unknown;
  readonly closed: Promise<void>;
  readonly #response: ServerResponse;
  readonly #streams: boolean;
  readonly #headers: Readonly<Record<string, string>>;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    response: ServerResponse,
    given: { key?: string; token?: unknown; streams: boolean; headers: Readonly<Record<string, string>> },
  ) {
    this.#response = response;
    this.closed = new Promise((resolve) => response.once("close", resolve));
    this.key = given.key;
    this.token = given.token;
    this.#streams = given.streams;
    this.#headers = given.headers;
    if (given.streams) this.#timer = setTimeout(() => this.#beat(), QUIET).unref();
  }

  get streams(): boolean {
    return this.#streams && !this.#response.writableEnded && !this.#response.destroyed;
  }

  /** Something before the answer, or on a stream of its own. */
  say(line: string | Buffer): void {
    this.open();
    this.#response.write(eventOf(line));
  }

  /** The answer, and the end. */
  answer(line: string | Buffer, status = 200, more: Readonly<Record<string, string>> = {}): void {
    clearTimeout(this.#timer);
    if (this.#response.headersSent) {
      this.#response.end(eventOf(line));
      return;
    }
    const length = String(Buffer.byteLength(line));
    this.#response.writeHead(status, { "content-type": "application/json", "content-length": length, ...this.#headers, ...more });
    this.#response.end(line);
  }

  /** Headers of a stream, unbuffered by proxies on the way. */
  open(): void {
    if (this.#response.headersSent) return;
    this.#response.writeHead(200, {
      "content-type": "text/event-stream",
      "cache-control": "no-cache, no-transform",
      "x-accel-buffering": "no",
      ...this.#headers,
    });
    this.#response.flushHeaders();
  }

  #beat(): void {
    if (!this.streams) return;
    this.open();
    this.#response.write(": still here\n\n");
    this.#timer = setTimeout(() => this.#beat(), QUIET).unref();
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#response.end();
  }
}
