import type { Resource } from "../../model/resource.ts";
import { exact, type Value } from "../../model/value.ts";
import {
  type Abstract,
  dataFrom,
  exactOf,
  type Fields,
  type Handle,
  handle,
  joined,
  known,
  NONE,
  sourcesOf,
  textOf,
  valueIn,
} from "../code/abstract.ts";
import { apply, callBack } from "../code/calls.ts";
import { endOf } from "../code/ends.ts";
import { resourceOfHost } from "../code/hosts.ts";
import { exchange } from "../code/natives.ts";
import type { Call, Native } from "../code/world.ts";

const recordIn = (call: Call): Fields | undefined => call.args.find((arg): arg is Fields => arg.kind === "record");

/** `(port, host)`, `{ port, host }`, or the path of a Unix socket; without a host it is this machine. */
function addressOf(call: Call, scheme: string, here: string): Resource {
  const [first = NONE, second] = call.args;
  const options = recordIn(call);
  if (options) {
    const path = options.fields.get("path");
    if (path && !options.fields.has("port")) return { kind: "unixSocket", value: valueIn(path) };
    const host = options.fields.get("host") ?? options.fields.get("hostname");
    const port = options.fields.get("port");
    return resourceOfHost(host ? valueIn(host) : exact(here), port ? valueIn(port) : undefined, scheme);
  }
  const text = exactOf(first);
  if (first.kind === "text" && text !== undefined && Number.isNaN(Number(text)))
    return { kind: "unixSocket", value: valueIn(first) };
  const host: Value = second && second.kind !== "function" && second.kind !== "number" ? valueIn(second) : exact(here);
  return resourceOfHost(host, valueIn(first), scheme);
}

const connecting =
  (scheme: string): Native =>
  (call) => {
    const on = addressOf(call, scheme, "127.0.0.1");
    call.world.results.effect("connect", on);
    const made: Handle = call.self?.kind === "handle" ? call.self : handle("socket");
    made.at = [{ at: endOf(on, call) }];
    callBack(call.world, call.args, made);
    return made;
  };

/** Its listener gets what comes in once somebody listens, so it is called then. */
function server(call: Call): Abstract {
  const made = handle("server");
  for (const arg of call.args) if (arg.kind === "function") made.fields.set("listener", arg);
  return made;
}

function listen(call: Call): Abstract {
  const made = call.self?.kind === "handle" ? call.self : handle("server");
  const on = addressOf(call, made.fields.has("http") ? "http" : "tcp", "0.0.0.0");
  call.world.results.effect("listen", on);
  made.at = [{ at: endOf(on, call) }];
  const listener = made.fields.get("listener");
  const socket = handle("socket", made.at);
  if (listener) apply(call.world, listener, [socket, socket]);
  return callBack(call.world, call.args, made);
}

function httpServer(call: Call): Abstract {
  const made = server(call);
  if (made.kind === "handle") made.fields.set("http", NONE);
  return made;
}

function listenNow(call: Call): Abstract {
  const options = recordIn(call);
  const on = addressOf(call, call.path.endsWith("serve") ? "http" : "tcp", "0.0.0.0");
  const port = options?.fields.get("port");
  call.world.results.effect("listen", port || !options ? on : resourceOfHost(exact("0.0.0.0"), exact("8000"), "http"));
  const socket = handle("socket", [{ at: endOf(on, call) }]);
  return callBack(call.world, call.args, socket);
}

/** `https.request(url, options, cb)` or `https.request({ hostname, path, … }, cb)`. */
function httpRequest(call: Call): Abstract {
  const [first = NONE] = call.args;
  const scheme = call.path.split(".")[0] ?? "http";
  const made = { ...exchanged(call, first.kind === "record" ? urlOf(first, scheme) : first), type: "request" };
  return made;
}

function urlOf(options: Fields, scheme: string): Abstract {
  const host = options.fields.get("hostname") ?? options.fields.get("host") ?? known("localhost");
  const port = options.fields.get("port");
  const path = options.fields.get("path");
  return joined([known(`${scheme}://`), host, ...(port ? [known(":"), port] : []), ...(path ? [path] : [])]);
}

function exchanged(call: Call, url: Abstract): Handle {
  const made = exchange(call, url);
  return made.kind === "handle" ? made : handle("response", sourcesOf(made));
}

/** `fetch(url, { method, headers, body })`, `axios.post(url, data)`, `axios({ url, data })`. */
function fetched(call: Call): Abstract {
  const [first = NONE] = call.args;
  const url = first.kind === "record" ? (first.fields.get("url") ?? first.fields.get("uri") ?? NONE) : first;
  return exchange(call, url);
}

/** `request.on("response", r => …)` */
const requestEvent: Native = (call) => callBack(call.world, call.args, handle("response", call.self ? sourcesOf(call.self) : []));

function send(call: Call): Abstract {
  const [data = NONE, ...others] = call.args;
  const plain = others.filter((arg) => arg.kind !== "function");
  const [port, host] = plain.slice(-2);
  const on = resourceOfHost(host ? valueIn(host) : exact("127.0.0.1"), port ? valueIn(port) : undefined, "udp");
  call.world.results.effect("connect", on);
  call.world.results.flow(sourcesOf(data), endOf(on, call));
  return callBack(call.world, call.args, NONE);
}

function resolve(call: Call): Abstract {
  const [host = NONE] = call.args;
  if (sourcesOf(host).length > 0) {
    const on = resourceOfHost(valueIn(host), undefined, "dns");
    call.world.results.effect("connect", on);
    call.world.results.flow(sourcesOf(host), endOf(on, call));
  }
  return callBack(call.world, call.args, textOf(valueIn(host)));
}

function xhrOpen(call: Call): Abstract {
  const made = exchanged(call, call.args[1] ?? NONE);
  if (call.self?.kind === "handle") call.self.at = made.at;
  return dataFrom(made.at);
}

export const NETWORK_NATIVES: readonly (readonly [string, Native])[] = [
  ["net-connect", connecting("tcp")],
  ["tls-connect", connecting("tls")],
  ["server", server],
  ["http-server", httpServer],
  ["server-listen", listen],
  ["deno-listen", listenNow],
  ["http-request", httpRequest],
  ["fetch", fetched],
  ["request-event", requestEvent],
  ["datagram-send", send],
  ["resolve", resolve],
  ["xhr-open", xhrOpen],
];
