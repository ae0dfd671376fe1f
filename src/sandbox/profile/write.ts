import { stringify } from "yaml";
import type { Sandbox } from "../../model/sandbox.ts";

/** A sandbox as the text of a `*.sandbox.yaml`, which reads back as the same. */
export function writeProfile(sandbox: Sandbox): string {
  const { user, network } = sandbox;
  const rootOrNot = user.root === "yes" ? { uid: 0 } : user.root === "no" && user.name === undefined ? { uid: 65534 } : {};
  const uncertain = user.root === "maybe" ? [{ about: "user", text: "who it runs as is not known" }] : [];
  const parts = {
    sandbox: sandbox.name,
    runtime: sandbox.runtime,
    lifetime: sandbox.lifetime,
    user: {
      ...(user.name === undefined ? rootOrNot : { name: user.name }),
      ...(user.home === undefined ? {} : { home: user.home }),
      mapped: user.mapped === "yes",
    },
    ...(sandbox.privileged ? { privileged: true } : { capabilities: sandbox.capabilities }),
    ...(sandbox.readOnly ? { read_only: true } : {}),
    ...listed("mounts", sandbox.mounts),
    ...(sandbox.writable ? { writable: sandbox.writable } : {}),
    ...listed("project", sandbox.project),
    ...listed("precious", sandbox.precious),
    ...listed("sockets", sandbox.sockets),
    ...listed("devices", sandbox.devices),
    ...listed("namespaces", sandbox.namespaces),
    ...(sandbox.seccomp === "unknown" ? {} : { seccomp: sandbox.seccomp }),
    ...(sandbox.lsm === "unknown" ? {} : { lsm: sandbox.lsm }),
    new_privileges: sandbox.gains !== "no",
    masked: sandbox.masked,
    network:
      network.kind === "list"
        ? { allow: network.allow.map(({ host, port }) => (port === undefined ? host : `${host}:${port}`)) }
        : network.kind,
    ...listed("env", sandbox.env),
    ...(Object.keys(sandbox.limits).length > 0 ? { limits: sandbox.limits } : {}),
    ...listed("unknown", [...sandbox.unknown, ...uncertain]),
  };
  return stringify(parts, { lineWidth: 120 });
}

const listed = (name: string, items: readonly unknown[]): Readonly<Record<string, readonly unknown[]>> =>
  items.length > 0 ? { [name]: items } : {};
