import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { StringDecoder } from "node:string_decoder";
import { type Fields, isFields, keyOf, UPSTREAM_GONE } from "./message.ts";
import { errorReply } from "./replies.ts";
import { EventReader } from "./sse.ts";
import { MOST_ANSWER, type Upstream, type UpstreamEvents } from "./upstream.ts";

export interface HttpUpstreamOptions {
  readonly url: URL;
  /** Headers for every request: asked for anew each time, since a client's token may change. */
  readonly headers: () => Readonly<Record<string, string>>;
}

/** Key in an error's data: what the server's HTTP said, for a front that speaks HTTP itself. */
export const HTTP_KEY = "dev.argvet/http";

const VERSION = "io.modelcontextprotocol/protocolVersion";
const CONNECT = 10_000;
const AGAIN = 1_000;

/** A server behind a URL (Streamable HTTP). Nothing is sent twice: a connection that breaks is an error, or is listened to again. */
export function httpUpstream(options: HttpUpstreamOptions, events: UpstreamEvents): Upstream {
  return new HttpUpstream(options, events);
}

class HttpUpstream implements Upstream {
  readonly full = false;
  readonly #options: HttpUpstreamOptions;
  readonly #events: UpstreamEvents;
  readonly #agent: HttpAgent;
  #session: string | undefined;
  #version: string | undefined;
  #order: Promise<void> = Promise.resolve();
  #ended = false;
  #listening: { destroy(): void } | undefined;

  constructor(options: HttpUpstreamOptions, events: UpstreamEvents) {
    this.#options = options;
    this.#events = events;
    this.#agent = options.url.protocol === "https:" ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true });
  }

  /** The handshake and notifications are taken before what follows them is sent; requests wait for nobody. */
  send(line: Buffer): void {
    const message: unknown = JSON.parse(line.toString("utf8"));
    if (!isFields(message)) return;
    const first = this.#order;
    const done = first.then(() => this.#post(line, message));
    const waits = message.method === "initialize" || !("id" in message);
    this.#order = waits ? done : first.then(() => undefined);
  }

  async #post(line: Buffer, message: Fields): Promise<void> {
    const id = "method" in message && "id" in message ? JSON.stringify(message.id) : undefined;
    try {
      const response = await this.#request("POST", { "content-type": "application/json", ...headersOf(message) }, line);
      const kept = response.headers["mcp-session-id"];
      if (message.method === "initialize" && typeof kept === "string") this.#session = kept;
      const reading = this.#read(response, id);
      if (message.method === "initialize" || id === undefined) await reading;
      if (message.method === "notifications/initialized" && this.#session !== undefined) void this.#listen(undefined);
    } catch (error) {
      this.#fail(id, `the server cannot be reached: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  #fail(id: string | undefined, why: string, data?: unknown): void {
    if (id !== undefined && !this.#ended) this.#events.line(Buffer.from(errorReply(id, UPSTREAM_GONE, `argvet: ${why}`, data)));
  }

  async #read(response: IncomingMessage, id: string | undefined): Promise<void> {
    const status = response.statusCode ?? 0;
    const type = response.headers["content-type"] ?? "";
    if (status >= 200 && status < 300 && type.startsWith("text/event-stream")) return this.#stream(response, id);
    const body = await bodyOf(response);
    if (status >= 200 && status < 300 && type.startsWith("application/json")) {
      if (body.length > 0) this.#line(body);
      return;
    }
    if (id === undefined) return;
    // Errors of the protocol that come with an HTTP error are the answer, if they name the request.
    const error = errorIn(body);
    if (error !== undefined && keyOf(error.id) === id) this.#line(body);
    else this.#fail(id, `the server answered with HTTP ${status}`, httpOf(status, response.headers["www-authenticate"]));
  }

  /** Newlines stand between the parts of JSON alone, never in its strings. */
  #line(body: string): void {
    const line = body.replaceAll("\r", " ").replaceAll("\n", " ");
    const message = parsed(line);
    if (isFields(message) && isFields(message.result) && typeof message.result.protocolVersion === "string")
      this.#version ??= message.result.protocolVersion;
    if (!this.#ended) this.#events.line(Buffer.from(line));
  }

  /** Until the answer has come. A stream that breaks before is gone on with where its events had ids; else it is an error. */
  async #stream(response: IncomingMessage, id: string | undefined): Promise<void> {
    let answered = id === undefined;
    const reader = new EventReader((data) => {
      const message = parsed(data);
      if (isFields(message) && !("method" in message) && keyOf(message.id) === id) answered = true;
      this.#line(data);
    }, MOST_ANSWER);
    const decoder = new StringDecoder("utf8");
    try {
      for await (const chunk of response) reader.take(decoder.write(chunk));
    } catch {
      // The connection broke.
    }
    if (answered || this.#ended) return;
    if (reader.last === undefined) this.#fail(id, "the connection broke before the server answered");
    else void this.#listen(reader.last, id);
  }

  /** The stream for what the server says unasked; with `from`, the rest of one that broke. */
  async #listen(from: string | undefined, id?: string): Promise<void> {
    let last = from;
    while (!this.#ended) {
      const again = await this.#hear(last, id);
      if (again === undefined) return;
      last = again.last;
      await new Promise((resolve) => setTimeout(resolve, AGAIN).unref());
    }
  }

  async #hear(last: string | undefined, id: string | undefined): Promise<{ readonly last: string | undefined } | undefined> {
    try {
      const response = await this.#request("GET", last === undefined ? {} : { "last-event-id": last });
      if (response.statusCode !== 200) {
        response.resume();
        this.#fail(id, `the server answered with HTTP ${response.statusCode}`);
        return undefined;
      }
      if (id === undefined) this.#listening = response;
      let answered = false;
      const reader = new EventReader((data) => {
        const message = parsed(data);
        if (id !== undefined && isFields(message) && keyOf(message.id) === id) answered = true;
        this.#line(data);
      }, MOST_ANSWER);
      const decoder = new StringDecoder("utf8");
      for await (const chunk of response) reader.take(decoder.write(chunk));
      return answered ? undefined : { last: reader.last ?? last };
    } catch {
      return { last };
    }
  }

  #request(method: string, headers: Readonly<Record<string, string>>, body?: Buffer): Promise<IncomingMessage> {
    const { url } = this.#options;
    const send = url.protocol === "https:" ? httpsRequest : httpRequest;
    return new Promise((resolve, reject) => {
      const request = send(url, {
        method,
        agent: this.#agent,
        headers: {
          accept: method === "GET" ? "text/event-stream" : "application/json, text/event-stream",
          ...(this.#session === undefined ? {} : { "mcp-session-id": this.#session }),
          ...(this.#version === undefined ? {} : { "mcp-protocol-version": this.#version }),
          ...headers,
          ...this.#options.headers(),
          ...(body === undefined ? {} : { "content-length": String(body.length) }),
        },
      });
      request.on("socket", (socket) => {
        if (socket.connecting)
          socket.setTimeout(CONNECT, () => socket.connecting && request.destroy(new Error("no connection in time")));
      });
      request.on("response", resolve);
      request.on("error", reject);
      request.end(body);
    });
  }

  drained(): Promise<void> {
    return Promise.resolve();
  }

  async end(): Promise<void> {
    if (this.#ended) return;
    await this.#order.catch(() => undefined);
    this.#ended = true;
    this.#listening?.destroy();
    if (this.#session !== undefined) {
      const bye = this.#request("DELETE", {}).then(
        (response) => response.resume(),
        () => undefined,
      );
      await Promise.race([bye, new Promise((resolve) => setTimeout(resolve, 500))]);
    }
    this.#agent.destroy();
  }
}

/** Revisions from 2026-07-28 on repeat in headers what the body says, and a server compares. */
function headersOf(message: Fields): Record<string, string> {
  const params = isFields(message.params) ? message.params : {};
  const version = isFields(params._meta) ? params._meta[VERSION] : undefined;
  if (typeof version !== "string" || typeof message.method !== "string") return {};
  const name = params.name ?? params.uri;
  return {
    "mcp-protocol-version": version,
    "mcp-method": message.method,
    ...(typeof name === "string" ? { "mcp-name": headerSafe(name) } : {}),
  };
}

/** Text that no header can hold is written as the specification says: `=?base64?…?=`. */
const headerSafe = (text: string): string =>
  /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(text) ? text : `=?base64?${Buffer.from(text).toString("base64")}?=`;

const httpOf = (status: number, authenticate: string | undefined): object => ({
  [HTTP_KEY]: { status, ...(authenticate === undefined ? {} : { authenticate }) },
});

async function bodyOf(response: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of response) {
    size += part.length;
    if (size > MOST_ANSWER) {
      response.destroy();
      throw new Error("the answer is too long");
    }
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function errorIn(text: string): Fields | undefined {
  const value = parsed(text);
  return isFields(value) && isFields(value.error) ? value : undefined;
}
