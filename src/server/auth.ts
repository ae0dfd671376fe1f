import { createHmac, timingSafeEqual } from "node:crypto";
import type { Received } from "./http.ts";

/** Who may ask. Nothing set: everybody who reaches the address. */
export interface Keys {
  /** `Authorization: Bearer …`. */
  readonly token?: string;
  /** Signature of `<timestamp>.<body>`, as ToolHive signs its webhooks. */
  readonly secret?: string;
  readonly now?: () => number;
}

const SKEW = 300;

export function isAuthentic({ headers, body }: Received, { token, secret, now = Date.now }: Keys): boolean {
  if (token === undefined && secret === undefined) return true;
  const { authorization } = headers;
  if (token !== undefined && authorization !== undefined && same(authorization, `Bearer ${token}`)) return true;
  const signature = headers["x-argvet-signature"] ?? headers["x-toolhive-signature"];
  const time = headers["x-argvet-timestamp"] ?? headers["x-toolhive-timestamp"];
  if (secret === undefined || typeof signature !== "string" || typeof time !== "string") return false;
  const age = Math.abs(now() / 1000 - Number(time));
  if (!(age <= SKEW)) return false;
  const hash = createHmac("sha256", secret).update(`${time}.`).update(body).digest("hex");
  return same(signature, `sha256=${hash}`);
}

/** In a time that does not tell how much of it was right. */
function same(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** A page in a browser must not ask on its visitor's behalf. */
export const isFromPage = ({ headers }: Received): boolean => headers.origin !== undefined;
