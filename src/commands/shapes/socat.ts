import { exact, exactText, type Value } from "../../model/value.ts";
import { cutFirst } from "../scan.ts";
import { hostOf } from "./host.ts";
import { readPath } from "./path.ts";
import { named, type Reading, resource } from "./reading.ts";

const NETWORKS = ["tcp", "udp", "ssl", "openssl", "socks", "proxy", "sctp", "dtls"];
const FILES: ReadonlySet<string> = new Set(["open", "file", "gopen", "create", "creat", "pipe", "fifo"]);
const STREAMS: ReadonlySet<string> = new Set(["stdio", "stdin", "stdout", "-", "fd"]);
const PROGRAMS: ReadonlySet<string> = new Set(["exec", "system", "shell"]);

/** One address of socat(1): `TYPE:REST[,OPTION]...`. */
export function readSocat(address: Value): readonly Reading[] {
  const whole = cutFirst(address, ",")?.before ?? address;
  const colon = cutFirst(whole, ":");
  const type = exactText(colon ? colon.before : whole)?.toLowerCase();
  const rest = colon ? colon.after : exact("");
  if (type === undefined) return [readPath(whole)];
  if (STREAMS.has(type)) return [type === "stdin" || type === "stdout" ? { kind: type } : { kind: "dash" }];
  if (PROGRAMS.has(type)) return [];
  if (FILES.has(type)) return [readPath(rest)];
  if (type.startsWith("unix") || type.startsWith("abstract")) return [named("unixSocket", rest)];
  if (!NETWORKS.some((network) => type.startsWith(network))) return [readPath(whole)];
  if (!type.includes("listen") && !type.includes("-l") && !type.includes("recv")) return [resource(hostOf(target(type, rest)))];
  return [resource({ kind: "host", value: exact("0.0.0.0"), port: rest })];
}

/** `PROXY:proxy:host:port` and `SOCKS4:server:host:port` reach the host through a server. */
function target(type: string, rest: Value): Value {
  if (!type.startsWith("proxy") && !type.startsWith("socks")) return rest;
  const server = cutFirst(rest, ":");
  return server ? server.after : rest;
}
