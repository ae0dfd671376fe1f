import { createHash, timingSafeEqual } from "node:crypto";
import { type FrontParts, HttpFront } from "../proxy/http-front.ts";
import { type Address, listen } from "../server/http.ts";
import { Failure, reason } from "./failure.ts";
import type { OpenGate } from "./gate.ts";
import { untilStopped } from "./until-stopped.ts";

interface Door extends Pick<FrontParts, "relay" | "start" | "session" | "origins"> {
  readonly address: Address;
  readonly token: string | undefined;
  readonly open: OpenGate;
  readonly say: (text: string) => void;
}

/** Until the process is asked to end. Throws a Failure when the address is taken. */
export async function listenHttp({ address, token, open, say, ...parts }: Door): Promise<void> {
  const knows = (given: string | undefined): boolean =>
    token === undefined || (given !== undefined && same(given, `Bearer ${token}`));
  const other: FrontParts["other"] = (request, response) => {
    if (request.method !== "GET" || (request.url !== "/healthz" && request.url !== "/metrics")) return false;
    response
      .writeHead(200, { "content-type": "text/plain; version=0.0.4" })
      .end(request.url === "/metrics" ? open.metrics.text() : "ok\n");
    return true;
  };
  const front = new HttpFront({ ...parts, knows, other });
  try {
    say(`listens on ${await listen(front.server, address)}`);
    await untilStopped();
  } catch (error) {
    throw new Failure(`--listen: ${reason(error)}`);
  } finally {
    await front.close();
  }
}

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
const same = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));
