import type { Namespace, SandboxMount } from "../../model/sandbox.ts";
import {
  type Configured,
  type ContainerFacts,
  containerOf,
  NO_FACTS,
  type Part,
  type Position,
  type Said,
} from "./configured.ts";

/** The way from a workload to its pod. */
const PODS: ReadonlyMap<string, readonly string[]> = new Map([
  ["Pod", ["spec"]],
  ...["Deployment", "DaemonSet", "StatefulSet", "ReplicaSet", "Job", "ReplicationController"].map((kind): [string, string[]] => [
    kind,
    ["spec", "template", "spec"],
  ]),
  ["CronJob", ["spec", "jobTemplate", "spec", "template", "spec"]],
]);

/** The containers of a pod or workload, all kinds of them; undefined for another object. */
export function readKubernetes(root: Part): readonly Configured[] | undefined {
  const way = PODS.get(root.text("kind")?.text ?? "");
  const spec = way?.reduce<Part | undefined>((part, key) => part?.get(key), root);
  if (!way) return undefined;
  if (!spec) return [];
  return ["initContainers", "containers", "ephemeralContainers"].flatMap((kind) =>
    (spec.get(kind)?.items() ?? []).map((container) => containerIn(container, spec)),
  );
}

function containerIn(container: Part, spec: Part): Configured {
  const own = container.get("securityContext");
  const pod = spec.get("securityContext");
  const found = containerOf(container.text("name")?.text ?? "container", factsOf(container, spec, own, pod), container.at);
  const at = new Map(found.at);
  const profile = (own?.get("seccompProfile") ?? pod?.get("seccompProfile"))?.text("type");
  if (profile) at.set("seccomp", profile.at);
  const gains = own?.text("allowPrivilegeEscalation");
  const users = spec.text("hostUsers");
  const { sandbox } = found;
  return {
    ...found,
    at,
    sandbox: {
      ...sandbox,
      // Without a profile the kubelet sets none (unless seccompDefault is on).
      seccomp:
        sandbox.privileged || !profile || profile.text === "Unconfined"
          ? "unconfined"
          : profile.text === "Localhost"
            ? "custom"
            : "default",
      gains: gains?.text === "false" ? "no" : "yes",
      user: { ...sandbox.user, mapped: users?.text === "false" ? "yes" : "no" },
    },
  };
}

function factsOf(container: Part, spec: Part, own: Part | undefined, pod: Part | undefined): ContainerFacts {
  const user = own?.text("runAsUser") ?? pod?.text("runAsUser");
  const nonRoot = own?.text("runAsNonRoot") ?? pod?.text("runAsNonRoot");
  const limits = container.get("resources")?.get("limits");
  const [memory, cpus] = [limits?.text("memory")?.text, limits?.text("cpu")?.text];
  const network = spec.text("hostNetwork");
  return {
    ...NO_FACTS,
    privileged: own?.text("privileged"),
    added: own?.get("capabilities")?.texts("add") ?? [],
    dropped: own?.get("capabilities")?.texts("drop") ?? [],
    mounts: [...mountsOf(container, spec), ...tokenOf(spec)],
    user: user ?? (nonRoot?.text === "true" ? { text: "nonroot", at: nonRoot.at } : undefined),
    network: network?.text === "true" ? { text: "host", at: network.at } : undefined,
    shared: (
      [
        ["hostPID", "pid"],
        ["hostIPC", "ipc"],
      ] as const
    ).flatMap(([key, namespace]): (Said & { namespace: Namespace })[] => {
      const said = spec.text(key);
      return said?.text === "true" ? [{ text: "host", at: said.at, namespace }] : [];
    }),
    readOnly: own?.text("readOnlyRootFilesystem")?.text === "true",
    env: (container.get("env")?.items() ?? []).flatMap((item) => item.text("name") ?? []),
    // How many processes a pod may have is the node's to say.
    limits: { ...(memory ? { memory } : {}), ...(cpus ? { cpus } : {}), processes: "the node's" },
    ephemeral: true,
  };
}

type Placed = SandboxMount & { readonly at: Position };

function mountsOf(container: Part, spec: Part): readonly Placed[] {
  const volumes = new Map((spec.get("volumes")?.items() ?? []).map((one) => [one.text("name")?.text, one]));
  return (container.get("volumeMounts")?.items() ?? []).flatMap((mount): readonly Placed[] => {
    const target = mount.text("mountPath")?.text;
    const given = volumes.get(mount.text("name")?.text);
    if (target === undefined) return [];
    const source = given?.get("hostPath")?.text("path")?.text;
    const writable = mount.text("readOnly")?.text !== "true";
    if (source !== undefined) return [{ kind: "bind", source, target, writable, at: given?.at ?? mount.at }];
    if (given?.get("emptyDir")) return [{ kind: "tmpfs", target, writable, at: mount.at }];
    if (given?.get("secret")) return [{ kind: "secret", target, writable: false, at: mount.at }];
    return [{ kind: "volume", target, writable, at: mount.at }];
  });
}

function tokenOf(spec: Part): readonly Placed[] {
  if (spec.text("automountServiceAccountToken")?.text === "false") return [];
  return [{ kind: "token", target: "/var/run/secrets/kubernetes.io/serviceaccount", writable: false, at: spec.at }];
}
