import type { Long } from "./lines.ts";

/** The server behind the proxy, however it is reached. */
export interface Upstream {
  /** One message, in the order of calls. */
  send(line: Buffer): void;
  /** True while more should not be sent. */
  readonly full: boolean;
  drained(): Promise<void>;
  /** Ends it: politely, then not. Resolves when it is gone. */
  end(): Promise<void>;
}

export interface UpstreamEvents {
  line(bytes: Buffer): void;
  long(long: Long): void;
  gone(why: string, code: number): void;
}

export type StartUpstream = (events: UpstreamEvents) => Upstream;

/** Answers hold files and pictures: more is kept of them than of requests. */
export const MOST_ANSWER = 64 * 1024 * 1024;
