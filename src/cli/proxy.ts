import { randomBytes } from "node:crypto";
import type { Command } from "commander";
import { startChild } from "../proxy/child.ts";
import { httpUpstream } from "../proxy/http-upstream.ts";
import { relayStdio } from "../proxy/stdio.ts";
import type { StartUpstream } from "../proxy/upstream.ts";
import { addressOf, isLoopback } from "../server/http.ts";
import { Failure } from "./failure.ts";
import { addGateOptions, type GateOptions, openGate } from "./gate.ts";
import type { Host } from "./host.ts";
import type { Io } from "./io.ts";
import { collect, oneWord } from "./options.ts";
import { secretIn } from "./secret.ts";

interface Options extends GateOptions {
  readonly upstream?: string;
  readonly header?: readonly string[];
  readonly listen?: string;
  readonly origin?: readonly string[];
  readonly tokenFile?: string;
  readonly insecure?: true;
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
    .option("--listen <address>", "take clients over HTTP at HOST:PORT, a port of this machine, or unix:PATH, instead of stdin")
    .option("--origin <origin>", "with --listen: pages of this origin may ask, repeatable", collect)
    .option("--token-file <file>", "with --listen: clients send this token: Authorization: Bearer …")
    .option("--insecure", "with --listen: other machines may ask although nobody has to prove who asks")
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
  const door = options.listen === undefined ? undefined : doorOf(options, options.listen, server.length > 0);
  const open = await openGate(options, io);
  const relay = {
    gate: open.gate,
    ...(options.name === undefined ? {} : { server: options.name }),
    elsewhere: options.state !== "memory",
    denyAs,
    patience: timeout * 1000,
    say: io.complain,
  } as const;
  try {
    if (door !== undefined) {
      const { session } = options;
      await (await import("./proxy-listen.ts")).listenHttp({
        ...door,
        relay,
        start,
        open,
        say: io.complain,
        ...(session === undefined ? {} : { session }),
      });
      return 0;
    }
    const session = options.session ?? `connection-${randomBytes(8).toString("hex")}`;
    const { principal } = options;
    const parts = { ...relay, session, ...(principal === undefined ? {} : { principal }) };
    return await relayStdio(
      process.stdin,
      process.stdout,
      parts,
      start(() => undefined),
    );
  } finally {
    await open.close();
  }
}

/** Where clients come in, and who may. */
function doorOf({ tokenFile, insecure, origin = [] }: Options, listen: string, runs: boolean) {
  const address = addressOf(listen);
  if (address === undefined) throw new Failure(`--listen ${listen}: expected HOST:PORT, PORT or unix:PATH`);
  const token = tokenFile === undefined ? undefined : secretIn("--token-file", tokenFile);
  if (runs && !isLoopback(address) && token === undefined && !insecure)
    throw new Failure(`--listen ${listen}: others reach this address; give --token-file, or say --insecure`);
  return { address, origins: origin, token };
}

type Start = (authorization: () => string | undefined) => StartUpstream;

function upstreamOf(server: readonly string[], { upstream, header = [], tokenFile }: Options): Start {
  if ((upstream === undefined) === (server.length === 0))
    throw new Failure("expected either a server's command line after --, or --upstream URL");
  if (upstream === undefined) return () => (events) => startChild(server, events);
  if (!URL.canParse(upstream) || !/^https?:/.test(upstream))
    throw new Failure(`--upstream ${upstream}: expected http:// or https://`);
  const url = new URL(upstream);
  const headers = Object.fromEntries(header.map(headerOf));
  // A token that is ours to check is not the server's to see.
  const passed = (given: string | undefined) => (given === undefined || tokenFile !== undefined ? {} : { authorization: given });
  return (authorization) => (events) =>
    httpUpstream({ url, headers: () => ({ ...passed(authorization()), ...headers }) }, events);
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
