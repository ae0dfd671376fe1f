import { chmodSync, unlinkSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";

/** One request, read to its end. */
export interface Received {
  readonly method: string;
  /** Without its query. */
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

export interface Reply {
  readonly status: number;
  /** An object is sent as JSON. */
  readonly body?: string | object;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Answer = (received: Received) => Promise<Reply> | Reply;

export const MOST_BODY = 8 * 1024 * 1024;

/** Every request gets an answer: what goes wrong inside is a 500, and nobody takes that for consent. */
export function serveHttp(answer: Answer): Server {
  const server = createServer((request, response) => {
    void receive(request, response, answer).catch(() => end(response, { status: 500, body: { error: "internal error" } }));
  });
  server.requestTimeout = 15_000;
  server.headersTimeout = 10_000;
  server.maxHeadersCount = 100;
  return server;
}

async function receive(request: IncomingMessage, response: ServerResponse, answer: Answer): Promise<void> {
  const { method = "GET", url = "/", headers } = request;
  const body = await bodyOf(request);
  if (body === undefined) {
    end(response, { status: 413, body: { error: `a body has at most ${MOST_BODY} bytes` }, headers: { connection: "close" } });
    request.resume();
    return;
  }
  const query = url.indexOf("?");
  end(response, await answer({ method, path: query < 0 ? url : url.slice(0, query), headers, body }));
}

/** Undefined: too long. The rest is not kept. */
function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  if (Number(request.headers["content-length"] ?? 0) > MOST_BODY) return Promise.resolve(undefined);
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let size = 0;
    request.on("data", (part: Buffer) => {
      size += part.length;
      if (size > MOST_BODY) resolve(undefined);
      else parts.push(part);
    });
    request.on("end", () => resolve(parts.length === 1 ? parts[0] : Buffer.concat(parts)));
    request.on("error", reject);
    request.on("aborted", () => reject(new Error("the client went away")));
  });
}

function end(response: ServerResponse, { status, body, headers = {} }: Reply): void {
  if (response.headersSent) return;
  const text = body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body);
  const type = typeof body === "object" ? { "content-type": "application/json" } : {};
  response.writeHead(status, { ...type, "cache-control": "no-store", ...headers, "content-length": Buffer.byteLength(text) });
  response.end(text);
}

/** Where to listen: `host:port`, a port of loopback, or `unix:/path`. */
export type Address = { readonly host: string; readonly port: number } | { readonly path: string };

/** Undefined: makes no sense. */
export function addressOf(text: string): Address | undefined {
  if (text.startsWith("unix:")) return text.length > 5 ? { path: text.slice(5) } : undefined;
  const colon = text.lastIndexOf(":");
  const port = Number(text.slice(colon + 1));
  const host = colon < 0 ? "127.0.0.1" : text.slice(0, colon).replace(/^\[|\]$/g, "");
  return host !== "" && Number.isInteger(port) && port >= 0 && port < 65_536 ? { host, port } : undefined;
}

export const isLoopback = (address: Address): boolean =>
  "path" in address || address.host === "localhost" || address.host === "::1" || address.host.startsWith("127.");

/** Resolves with the address as one would type it. Rejects when it is taken. */
export function listen(server: Server, address: Address): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    if ("path" in address) {
      remove(address.path);
      server.listen(address.path, () => {
        chmodSync(address.path, 0o600);
        resolve(`unix:${address.path}`);
      });
      return;
    }
    server.listen(address.port, address.host, () => {
      const given = server.address();
      const port = typeof given === "object" && given !== null ? given.port : address.port;
      resolve(`http://${address.host.includes(":") ? `[${address.host}]` : address.host}:${port}`);
    });
  });
}

/** A socket that a killed process left. */
function remove(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // There was none.
  }
}
