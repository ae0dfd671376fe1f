import { randomBytes } from "node:crypto";
import type { Command } from "commander";
import { startChild } from "../proxy/child.ts";
import type { RelayParts } from "../proxy/relay.ts";
import { relayStdio } from "../proxy/stdio.ts";
import { Failure } from "./failure.ts";
import { addGateOptions, type GateOptions, openGate } from "./gate.ts";
import type { Host } from "./host.ts";
import type { Io } from "./io.ts";
import { oneWord } from "./options.ts";

interface Options extends GateOptions {
  readonly name?: string;
  readonly session?: string;
  readonly principal?: string;
  readonly denyAs: string;
  readonly timeout: string;
}

export function declare(command: Command, { io, exit }: Host): void {
  addGateOptions(command, true)
    .argument("<server...>", "the tool server's own command line, after --")
    .option("--name <name>", "name of the server, for policies that speak of one")
    .option("--session <key>", "counts and remembers under this key (default: each connection by itself)")
    .option("--principal <name>", "for whom the calls are made: limits per principal count under this name")
    .option(
      "--deny-as <form>",
      "a refusal is a tool result that the model reads (result), or an error of the protocol (error)",
      "result",
    )
    .option("--timeout <seconds>", "an answer of the server takes at most that long (default: as long as it likes)", "0")
    .action(async (server: readonly string[], options: Options) => exit(await proxy(server, options, io)));
}

async function proxy(server: readonly string[], options: Options, io: Io): Promise<number> {
  const denyAs = oneWord("--deny-as", options.denyAs, ["result", "error"]);
  const timeout = Number(options.timeout);
  if (!(timeout >= 0)) throw new Failure(`--timeout ${options.timeout}: expected seconds`);
  const open = await openGate(options, io);
  const parts: Omit<RelayParts, "toClient" | "toServer"> = {
    gate: open.gate,
    ...(options.name === undefined ? {} : { server: options.name }),
    session: options.session ?? `connection-${randomBytes(8).toString("hex")}`,
    ...(options.principal === undefined ? {} : { principal: options.principal }),
    elsewhere: options.state !== "memory",
    denyAs,
    patience: timeout * 1000,
    say: io.complain,
  };
  try {
    return await relayStdio(process.stdin, process.stdout, parts, (events) => startChild(server, events));
  } finally {
    await open.close();
  }
}
