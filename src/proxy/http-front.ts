import { createHash, randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { Exchange } from "./exchange.ts";
import { HttpSession } from "./http-session.ts";
import { MOST_MESSAGE } from "./lines.ts";
import { isFields, type Message, readMessage } from "./message.ts";
import type { RelayParts } from "./relay.ts";
import { errorReply, notification } from "./replies.ts";
import type { StartUpstream } from "./upstream.ts";

export interface FrontParts {
  readonly relay: Omit<RelayParts, "toClient" | "toServer" | "session" | "principal">;
  /** `authorization`: what the client last sent; a server behind a URL gets it too. */
  readonly start: (authorization: () => string | undefined) => StartUpstream;
  /** Counts and remembers under this key, whoever the client is. */
  readonly session?: string;
  /** Pages of these origins may ask. */
  readonly origins: readonly string[];
  /** Is this who may ask? */
  readonly knows: (authorization: string | undefined) => boolean;
  /** Anything that is no message of MCP: health, metrics. True if it was answered. */
  readonly other: (request: IncomingMessage, response: ServerResponse) => boolean;
}

const MOST_SESSIONS = 1_000;
const IDLE = 3_600_000;
const VERSION = "io.modelcontextprotocol/protocolVersion";
const MISMATCH = -32020;

interface Kept {
  readonly session: HttpSession;
  readonly principal: string;
  authorization: string | undefined;
}

/** Clients over HTTP (Streamable HTTP): one session each where the revision has sessions, one for each principal where it has none. */
export class HttpFront {
  readonly server: Server;
  readonly #parts: FrontParts;
  readonly #sessions = new Map<string, Kept>();
  readonly #sweep: NodeJS.Timeout;

  constructor(parts: FrontParts) {
    this.#parts = parts;
    this.server = createServer((request, response) => {
      void this.#serve(request, response).catch(() => plain(response, 500, "internal error"));
    });
    this.server.headersTimeout = 10_000;
    this.#sweep = setInterval(() => this.#forget(), 60_000).unref();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { origin } = request.headers;
    if (origin !== undefined && !this.#parts.origins.includes(origin))
      return plain(response, 403, "requests of this origin are not answered");
    if (this.#parts.other(request, response)) return;
    if (!this.#parts.knows(request.headers.authorization)) {
      response.setHeader("www-authenticate", "Bearer");
      return plain(response, 401, "who asks is not known");
    }
    if (request.method === "POST") return this.#post(request, response);
    const kept = this.#known(request);
    if (kept === undefined)
      return plain(response, request.headers["mcp-session-id"] === undefined ? 405 : 404, "no such session");
    if (request.method === "GET") return kept.session.listen(new Exchange(response, { streams: true, headers: {} }), response);
    if (request.method !== "DELETE") return plain(response, 405, "only GET, POST, DELETE");
    this.#sessions.delete(String(request.headers["mcp-session-id"]));
    await kept.session.end();
    plain(response, 200, "");
  }

  async #post(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const bytes = await bodyOf(request);
    if (bytes === undefined)
      return json(response, 413, errorReply("null", -32600, `argvet: a message has at most ${MOST_MESSAGE} bytes`));
    const message = readMessage(bytes);
    if (message.kind === "bad") return json(response, 400, errorReply(message.id, message.code, `argvet: ${message.problem}`));
    const differs = differing(message, request);
    if (differs !== undefined)
      return json(response, 400, errorReply(message.kind === "request" ? message.id : "null", MISMATCH, `argvet: ${differs}`));
    const found = this.#sessionFor(message, request);
    if (typeof found === "string")
      return json(
        response,
        found === "no such session" ? 404 : 503,
        errorReply(message.kind === "request" ? message.id : "null", -32600, `argvet: ${found}`),
      );
    const { kept, id, modern } = found;
    kept.authorization = request.headers.authorization ?? kept.authorization;
    if (message.kind !== "request") {
      await kept.session.relay.fromClient(bytes);
      return plain(response, 202, "");
    }
    const streams = (request.headers.accept ?? "").includes("text/event-stream");
    const token = isFields(message.params._meta) ? message.params._meta.progressToken : undefined;
    const headers: Record<string, string> = id === undefined ? {} : { "mcp-session-id": id };
    const exchange = new Exchange(response, { key: message.key, token, streams, headers });
    if (modern) await kept.session.turn(exchange);
    if (response.destroyed) return;
    if (kept.session.isOpen(message.key))
      return json(response, 400, errorReply(message.id, -32600, "argvet: a request with this id is still open"));
    // Where there are no sessions a closed connection is how a client cancels.
    const abort = (): void => {
      if (modern)
        void kept.session.relay.fromClient(
          Buffer.from(notification("notifications/cancelled", { requestId: JSON.parse(message.id) })),
        );
    };
    kept.session.request(bytes, exchange, response, abort);
  }

  #known(request: IncomingMessage): Kept | undefined {
    const kept = this.#sessions.get(String(request.headers["mcp-session-id"] ?? ""));
    return kept?.principal === principalOf(request) ? kept : undefined;
  }

  #sessionFor(
    message: Message,
    request: IncomingMessage,
  ): { readonly kept: Kept; readonly id?: string; readonly modern: boolean } | string {
    const version = metaOf(message)?.[VERSION];
    if (typeof version === "string") {
      const key = `principal ${principalOf(request)}`;
      const kept = this.#sessions.get(key) ?? this.#begin(key, request, principalOf(request));
      return kept === undefined ? "too many sessions" : { kept, modern: true };
    }
    if (message.kind === "request" && message.method === "initialize") {
      const id = randomBytes(16).toString("hex");
      const kept = this.#begin(id, request, id);
      return kept === undefined ? "too many sessions" : { kept, id, modern: false };
    }
    const kept = this.#known(request);
    return kept === undefined ? "no such session" : { kept, modern: false };
  }

  #begin(id: string, request: IncomingMessage, session: string): Kept | undefined {
    if (this.#sessions.size >= MOST_SESSIONS) this.#forget();
    if (this.#sessions.size >= MOST_SESSIONS) return undefined;
    const principal = principalOf(request);
    let authorization = request.headers.authorization;
    const parts = {
      ...this.#parts.relay,
      session: this.#parts.session ?? session,
      ...(principal === ANYBODY ? {} : { principal }),
    };
    const start = this.#parts.start(() => authorization);
    const kept: Kept = {
      session: new HttpSession(parts, start, () => this.#sessions.delete(id)),
      principal,
      get authorization() {
        return authorization;
      },
      set authorization(value) {
        authorization = value;
      },
    };
    this.#sessions.set(id, kept);
    return kept;
  }

  #forget(): void {
    for (const [id, { session }] of this.#sessions) {
      if (session.busy || session.used + IDLE > Date.now()) continue;
      this.#sessions.delete(id);
      void session.end();
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#sweep);
    this.server.close();
    await Promise.all([...this.#sessions.values()].map(({ session }) => session.end()));
    this.server.closeAllConnections();
  }
}

const ANYBODY = "anybody";

/** Whoever the client says it is, as the server checks it: a digest of its credentials, which are nobody else's business. */
function principalOf({ headers }: IncomingMessage): string {
  const { authorization } = headers;
  return authorization === undefined ? ANYBODY : createHash("sha256").update(authorization).digest("hex").slice(0, 16);
}

const metaOf = (message: Message) => ("params" in message && isFields(message.params._meta) ? message.params._meta : undefined);

/** Headers that intermediaries decide by must say what the body says. */
function differing(message: Message, { headers }: IncomingMessage): string | undefined {
  const version = metaOf(message)?.[VERSION];
  if (typeof version !== "string" || !("method" in message)) return undefined;
  const name = message.params.name ?? message.params.uri;
  if (headers["mcp-protocol-version"] !== version) return "the header MCP-Protocol-Version differs from the body";
  if (headers["mcp-method"] !== message.method) return "the header Mcp-Method differs from the body";
  if (message.method === "tools/call" && decoded(headers["mcp-name"]) !== name)
    return "the header Mcp-Name differs from the body";
  return undefined;
}

function decoded(value: string | string[] | undefined): unknown {
  if (typeof value !== "string") return value;
  const inner = value.startsWith("=?base64?") && value.endsWith("?=") ? value.slice(9, -2) : undefined;
  return inner === undefined ? value : Buffer.from(inner, "base64").toString("utf8");
}

function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let size = 0;
    request.on("data", (part: Buffer) => {
      size += part.length;
      if (size > MOST_MESSAGE) resolve(undefined);
      else parts.push(part);
    });
    request.on("end", () => resolve(Buffer.concat(parts)));
    request.on("error", reject);
  });
}

function plain(response: ServerResponse, status: number, text: string): void {
  if (!response.headersSent) response.writeHead(status, { "content-type": "text/plain" });
  response.end(text);
}

function json(response: ServerResponse, status: number, text: string): void {
  if (!response.headersSent) response.writeHead(status, { "content-type": "application/json" });
  response.end(text);
}
