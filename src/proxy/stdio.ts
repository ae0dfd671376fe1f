import { once } from "node:events";
import type { Readable, Writable } from "node:stream";
import { Lines } from "./lines.ts";
import { Relay, type RelayParts } from "./relay.ts";
import type { StartUpstream } from "./upstream.ts";

/** More messages than that in the works: the client waits. */
const MOST_QUEUED = 256;
const NEWLINE = Buffer.from("\n");

/** One client on a pair of streams, one server behind. Resolves with an exit code when either is gone. */
export async function relayStdio(
  input: Readable,
  output: Writable,
  parts: Omit<RelayParts, "toClient" | "toServer">,
  start: StartUpstream,
): Promise<number> {
  let code = 0;
  let ending = false;
  let over = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    over = resolve;
  });
  const upstream = start({
    line: (bytes) => relay.fromServer(bytes),
    long: (long) => relay.fromServerTooLong(long),
    gone: (why, exit) => {
      if (!ending) parts.say(why);
      relay.serverGone(why);
      code = exit === 0 ? 1 : exit;
      over();
    },
  });
  const relay = new Relay({
    ...parts,
    toServer: (line) => upstream.send(line),
    toClient: (line) => void output.write(typeof line === "string" ? `${line}\n` : Buffer.concat([line, NEWLINE])),
  });
  output.on("error", over);
  void pump(input, relay, async () => {
    while (upstream.full || relay.queued > MOST_QUEUED) await (upstream.full ? upstream.drained() : relay.idle());
  }).then(
    (rest) => {
      if (rest > 0) parts.say("the client's last message had no end; dropped");
      code = 0;
      over();
    },
    () => over(),
  );
  await ended;
  ending = true;
  // An open stdin would keep the process.
  input.destroy();
  const kept = code;
  relay.clientGone();
  await upstream.end();
  if (output.writableLength > 0 && !output.destroyed) await once(output, "drain").catch(() => undefined);
  return kept;
}

/** Until the client has nothing more to say; the bytes of a message without an end. */
async function pump(input: Readable, relay: Relay, ready: () => Promise<void>): Promise<number> {
  const lines = new Lines(
    (bytes) => void relay.fromClient(bytes),
    (long) => relay.fromClientTooLong(long),
  );
  for await (const chunk of input) {
    lines.take(chunk);
    await ready();
  }
  await relay.idle();
  return lines.rest();
}
