import type { NamedSet } from "../knowledge/set.ts";
import type { AllowedHost, Reach, Sandbox } from "../model/sandbox.ts";
import type { Truth } from "../model/truth.ts";
import { textsOf, type Value } from "../model/value.ts";
import { Sets } from "../rules/sets.ts";

const compiled = new WeakMap<readonly AllowedHost[], Sets>();

/** Each entry of an allow-list is a set of hosts, named by its place. */
function setsOf(allow: readonly AllowedHost[]): Sets {
  const known = compiled.get(allow);
  if (known) return known;
  const sets = new Sets(
    allow.map(
      ({ host }, i): NamedSet => ({ name: String(i), of: "host", members: [{ pattern: host.toLowerCase() }], except: [] }),
    ),
  );
  compiled.set(allow, sets);
  return sets;
}

/** What becomes of a connection to a host. */
export function connection(host: Value, port: Value | undefined, sandbox: Sandbox): Reach {
  const own = ownReach(host, sandbox);
  if (own) return own;
  const { network } = sandbox;
  if (sandbox.unknown.some(({ about }) => about === "network") && network.kind !== "open")
    return { to: "unknown", through: "network" };
  switch (network.kind) {
    case "open":
      return { to: "network", through: "open network" };
    case "none":
      return { to: "contained", through: "no network" };
    case "list":
      return listed(host, port, network.allow);
  }
}

function listed(host: Value, port: Value | undefined, allow: readonly AllowedHost[]): Reach {
  const sets = setsOf(allow);
  const hits = sets.ofValue("host", host);
  let possible = host.kind === "unknown";
  for (const [i, entry] of allow.entries()) {
    const hit = hits.find(({ set }) => set === sets.resolve(String(i), "host"));
    if (!hit || (hit.inside === "no" && !hit.near)) continue;
    const fits = portFits(entry, port);
    if (hit.inside === "yes" && fits === "yes")
      return { to: "network", through: `allowed host ${entry.host}${entry.port === undefined ? "" : `:${entry.port}`}` };
    if (fits !== "no") possible = true;
  }
  return possible ? { to: "unknown", through: "allowed hosts" } : { to: "contained", through: "not an allowed host" };
}

/** Where no port is named the program's usual one is meant, which the list allows along with the host. */
function portFits({ port: allowed }: AllowedHost, port: Value | undefined): Truth {
  if (allowed === undefined || port === undefined) return "yes";
  const texts = textsOf(port);
  if (!texts) return "maybe";
  return texts.every((text) => text === allowed) ? "yes" : texts.includes(allowed) ? "maybe" : "no";
}

/** Loopback is the sandbox's own, unless the network is the host's. */
function ownReach(host: Value, sandbox: Sandbox): Reach | undefined {
  const texts = textsOf(host) ?? [];
  if (texts.length === 0 || !texts.every(isLoopback)) return undefined;
  return sharesNetwork(sandbox)
    ? { to: "host", through: "network namespace of the host", as: texts[0] ?? "localhost" }
    : { to: "contained", through: "its own loopback" };
}

export const sharesNetwork = ({ runtime, namespaces }: Sandbox): boolean => runtime === "host" || namespaces.includes("network");

const isLoopback = (text: string): boolean =>
  text === "localhost" ||
  text === "::1" ||
  text === "0.0.0.0" ||
  text === "::" ||
  text.startsWith("127.") ||
  text.endsWith(".localhost");

/** Something somewhere on the network, of which no host is known. */
export function somewhere(sandbox: Sandbox, hosts: readonly string[] = []): Reach {
  if (hosts.length > 0) {
    const reaches = hosts.map((host) => connection({ kind: "exact", text: host }, undefined, sandbox));
    return reaches.find(({ to }) => to !== "network") ?? reaches[0] ?? { to: "unknown" };
  }
  if (sandbox.network.kind === "list") return { to: "unknown", through: "allowed hosts" };
  return connection({ kind: "unknown", origin: { by: "operator" } }, undefined, sandbox);
}
