import { randomBytes } from "node:crypto";
import type { Command } from "commander";
import { startChild } from "../proxy/child.ts";
import { httpUpstream } from "../proxy/http-upstream.ts";
import type { RelayParts } from "../proxy/relay.ts";
import { relayStdio } from "../proxy/stdio.ts";
import type { StartUpstream } from "../proxy/upstream.ts";
import { Failure } from "./failure.ts";
import { addGateOptions, type GateOptions, openGate } from "./gate.ts";
import type { Host } from "./host.ts";
import type { Io } from "./io.ts";
import { collect, oneWord } from "./options.ts";

interface Options extends GateOptions {
  readonly upstream?: string;
  readonly header?: readonly string[];
  readonly name?: string;
  readonly session?: string;
  readonly principal?: string;
  readonly denyAs: string;
  readonly timeout: string;
}

export function declare(command: Command, { io, exit }: Host): void {
  addGateOptions(command, true)
    .argument("[server...]", "the tool server's own command line, after --")
    .option("--upstream <url>", "a tool server behind a URL (Streamable HTTP), instead of a command line")
    .option("--header <name:value>", "header for the upstream, repeatable; $NAME is taken from the environment", collect)
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
  const start = upstreamOf(server, options);
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
    return await relayStdio(process.stdin, process.stdout, parts, start);
  } finally {
    await open.close();
  }
}

function upstreamOf(server: readonly string[], { upstream, header = [] }: Options): StartUpstream {
  if ((upstream === undefined) === (server.length === 0))
    throw new Failure("expected either a server's command line after --, or --upstream URL");
  if (upstream === undefined) return (events) => startChild(server, events);
  if (!URL.canParse(upstream) || !/^https?:/.test(upstream))
    throw new Failure(`--upstream ${upstream}: expected http:// or https://`);
  const url = new URL(upstream);
  const headers = Object.fromEntries(header.map(headerOf));
  return (events) => httpUpstream({ url, headers: () => headers }, events);
}

/** Secrets stay out of the process's arguments: `Authorization: Bearer $TOKEN`. */
function headerOf(text: string): [name: string, value: string] {
  const colon = text.indexOf(":");
  if (colon < 1) throw new Failure(`--header ${text}: expected NAME: VALUE`);
  const value = text
    .slice(colon + 1)
    .trim()
    .replace(/\$(\w+)/g, (_, name: string) => {
      const given = process.env[name];
      if (given === undefined) throw new Failure(`--header ${text}: ${name} is not set`);
      return given;
    });
  return [text.slice(0, colon).trim().toLowerCase(), value];
}
