import { type Configured, containerOf, NO_FACTS, type Part, type Said } from "./configured.ts";

/** `docker inspect`: a list of containers. */
export const readInspect = (root: Part): readonly Configured[] => root.items().map(containerIn);

function containerIn(container: Part): Configured {
  const host = container.get("HostConfig");
  const number = (key: string): string | undefined => {
    const text = host?.text(key)?.text;
    return text === undefined || text === "0" ? undefined : text;
  };
  const [memory, cpus, processes] = [number("Memory"), number("NanoCpus"), number("PidsLimit")];
  return containerOf(
    (container.text("Name")?.text ?? "container").replace(/^\//, ""),
    {
      ...NO_FACTS,
      privileged: host?.text("Privileged"),
      added: host?.texts("CapAdd") ?? [],
      dropped: host?.texts("CapDrop") ?? [],
      mounts: (container.get("Mounts")?.items() ?? []).flatMap((mount) => {
        const target = mount.text("Destination")?.text;
        const source = mount.text("Source")?.text;
        if (target === undefined) return [];
        const kind = mount.text("Type")?.text === "bind" ? "bind" : mount.text("Type")?.text === "tmpfs" ? "tmpfs" : "volume";
        return [
          {
            kind,
            ...(source === undefined ? {} : { source }),
            target,
            writable: mount.text("RW")?.text === "true",
            at: mount.at,
          },
        ];
      }),
      devices: (host?.get("Devices")?.items() ?? []).flatMap((device): Said[] => {
        const path = device.text("PathOnHost");
        return path ? [path] : [];
      }),
      user: container.get("Config")?.text("User"),
      security: host?.texts("SecurityOpt") ?? [],
      network: host?.text("NetworkMode"),
      shared: (
        [
          ["PidMode", "pid"],
          ["IpcMode", "ipc"],
          ["UTSMode", "uts"],
        ] as const
      ).flatMap(([key, namespace]) => {
        const said = host?.text(key);
        return said ? [{ ...said, namespace }] : [];
      }),
      readOnly: host?.text("ReadonlyRootfs")?.text === "true",
      env: (container.get("Config")?.texts("Env") ?? []).map(({ text, at }) => ({ text: text.split("=")[0] ?? text, at })),
      limits: { ...(memory ? { memory } : {}), ...(cpus ? { cpus } : {}), ...(processes ? { processes } : {}) },
      ephemeral: host?.text("AutoRemove")?.text === "true",
    },
    container.at,
  );
}
