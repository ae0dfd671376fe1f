import type { Effect } from "../model/effect.ts";
import type { Flow, Port } from "../model/flow.ts";
import type { Reach, Sandbox } from "../model/sandbox.ts";
import { exactText, prefixOf } from "../model/value.ts";
import { insidePath, isIn } from "./spots.ts";

/** Nobody misses what it does, if it stays inside: neither the project nor anything precious is touched, and nobody is talked to. */
export function isHeld({ kind, on }: Effect, sandbox: Sandbox): boolean {
  if (kind === "connect" || kind === "listen" || kind === "publish") return false;
  if (on.kind !== "path") return on.kind !== "host" && on.kind !== "unixSocket" && on.kind !== "secret";
  const text = exactText(on.value) ?? prefixOf(on.value);
  const path = insidePath(text, sandbox);
  if (path === undefined) return false;
  return ![...sandbox.precious, ...sandbox.project].some((folder) => isIn(path, folder) || isIn(folder, path));
}

type FilePort = Extract<Port, { readonly on: unknown }>;

interface Split {
  readonly held: readonly Flow[];
  readonly loose: readonly Flow[];
}

/** Flows whose ends both stay inside, and all others. What the sandbox's own files hold may be shown to the caller. */
export function losses(flows: readonly Flow[], sandbox: Sandbox, reachOf: (port: Port) => Reach): Split {
  const stays = (port: Port): boolean => {
    switch (port.kind) {
      case "file":
        return reachOf(port).to === "contained" && isOwnFile(port, sandbox);
      case "code":
      case "process":
      case "data":
      case "caller":
      case "stream":
        return true;
      case "network":
      case "store":
      case "variable":
      case "environment":
      case "input":
        return false;
    }
  };
  const held = flows.filter(({ from, to }) => stays(from) && stays(to));
  return { held, loose: flows.filter((flow) => !held.includes(flow)) };
}

function isOwnFile(port: FilePort, sandbox: Sandbox): boolean {
  return isHeld(
    { kind: "read", on: port.on, attributes: {}, place: port.place, programs: [], when: "now", span: { start: 0, end: 0 } },
    sandbox,
  );
}
