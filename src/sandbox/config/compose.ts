import type { Configured, Part, Said } from "./configured.ts";
import { type ContainerFacts, containerOf, NO_FACTS, volume } from "./configured.ts";

/** Keys of a service that say nothing of its sandbox. What is neither here nor read is a doubt. */
const INERT: ReadonlySet<string> = new Set(
  "image build command entrypoint container_name depends_on ports expose restart healthcheck labels logging working_dir stdin_open tty hostname profiles scale networks dns stop_signal stop_grace_period pull_policy platform init links annotations".split(
    " ",
  ),
);
const READ: ReadonlySet<string> = new Set(
  "privileged cap_add cap_drop volumes devices user security_opt network_mode pid ipc uts userns_mode cgroup read_only environment mem_limit cpus pids_limit tmpfs deploy".split(
    " ",
  ),
);

/** The services of a compose file. */
export function readCompose(root: Part): readonly Configured[] {
  const services = root.get("services");
  return (services?.keys() ?? []).flatMap((name) => {
    const service = services?.get(name);
    return service ? [containerOf(name, factsOf(service), service.at)] : [];
  });
}

function factsOf(service: Part): ContainerFacts {
  const resources = service.get("deploy")?.get("resources")?.get("limits");
  const limit = (key: string, other: string): string | undefined => (service.text(key) ?? resources?.text(other))?.text;
  const [memory, cpus, processes] = [limit("mem_limit", "memory"), limit("cpus", "cpus"), limit("pids_limit", "pids")];
  const doubts = service.keys().filter((key) => !INERT.has(key) && !READ.has(key) && !key.startsWith("x-"));
  return {
    ...NO_FACTS,
    privileged: service.text("privileged"),
    added: service.texts("cap_add"),
    dropped: service.texts("cap_drop"),
    mounts: service.get("volumes")?.items().flatMap(mountOf) ?? [],
    devices: service.texts("devices").map(({ text, at }) => ({ text: text.split(":")[0] ?? text, at })),
    user: service.text("user"),
    security: service.texts("security_opt"),
    network: service.text("network_mode"),
    shared: (["pid", "ipc", "uts", "cgroup"] as const).flatMap((namespace) => {
      const said = service.text(namespace);
      return said ? [{ ...said, namespace }] : [];
    }),
    readOnly: service.text("read_only")?.text === "true",
    env: environment(service.get("environment")),
    limits: { ...(memory ? { memory } : {}), ...(cpus ? { cpus } : {}), ...(processes ? { processes } : {}) },
    doubts: [
      ...doubts.map((key) => ({
        text: `"${key}" is not understood`,
        at: service.get(key)?.at ?? service.at,
        about: "runtime" as const,
      })),
      ...hidden(service),
    ],
  };
}

function mountOf(part: Part): ContainerFacts["mounts"] {
  const said = part.said();
  if (said) return said.text.includes("$") ? [] : [volume(said.text, said.at)];
  const target = part.text("target");
  if (!target) return [];
  const kind = part.text("type")?.text;
  const source = part.text("source")?.text;
  return [
    {
      kind: kind === "bind" ? "bind" : kind === "tmpfs" ? "tmpfs" : "volume",
      ...(source === undefined ? {} : { source }),
      target: target.text,
      writable: part.text("read_only")?.text !== "true",
      at: part.at,
    },
  ];
}

/** A mount whose source is a variable may be anything. */
const hidden = (service: Part): ContainerFacts["doubts"] =>
  service
    .texts("volumes")
    .filter(({ text }) => text.includes("$"))
    .map(({ text, at }) => ({ text: `${text} is not known`, at, about: "mounts" as const }));

function environment(part: Part | undefined): readonly Said[] {
  if (!part) return [];
  const listed = part.items().flatMap((item) => item.said() ?? []);
  if (listed.length > 0) return listed.map(({ text, at }) => ({ text: text.split("=")[0] ?? text, at }));
  return part.keys().map((name) => ({ text: name, at: part.get(name)?.at ?? part.at }));
}
