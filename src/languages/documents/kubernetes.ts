import type { Binding, PlaceChange } from "../../model/binding.ts";
import type { Resource } from "../../model/resource.ts";
import { type Argument, exact } from "../../model/value.ts";
import { Draft } from "../binding-parts.ts";
import { knownText } from "../known-text.ts";
import { at, isTrue, listAt, tablesOf, textAt, textsAt } from "./data.ts";
import { type Data, readDocuments } from "./yaml.ts";

/**
 * Kubernetes objects (v1.33), as they are applied or patched in: what their pods get of the node, what their containers run, which roles
 * they bind.
 */
export function readKubernetes(code: Argument): Binding | undefined {
  const text = knownText(code);
  const documents = text === undefined ? undefined : readDocuments(text);
  if (!documents) return undefined;
  const draft = new Draft(code);
  for (const document of documents) {
    for (const item of textAt(document, "kind") === "List" ? listAt(document, "items") : [document]) object(draft, item);
  }
  return draft.binding();
}

function object(draft: Draft, document: Data): void {
  const kind = textAt(document, "kind")?.toLowerCase();
  const on: Resource = {
    kind: "clusterObject",
    value: exact(`${kind ?? "object"}/${textAt(document, "metadata", "name") ?? "*"}`),
  };
  const pods = tablesOf(document).filter((table) =>
    ["containers", "initContainers", "ephemeralContainers"].some((key) => listAt(table, key).length > 0),
  );
  if (kind !== undefined || pods.length > 0) draft.effects.push({ kind: "create", on, attributes: {}, span: draft.span });
  for (const pod of pods) podOf(draft, pod, on);
  if (kind?.endsWith("rolebinding")) binding(draft, document, on);
  for (const step of Array.isArray(document) ? document : []) patch(draft, step as Data, on);
}

/** RBAC: who gets which role. */
function binding(draft: Draft, document: Data, on: Resource): void {
  const role = textAt(document, "roleRef", "name") ?? "*";
  draft.effects.push({ kind: "configure", on, attributes: { how: exact("grant"), content: exact(role) }, span: draft.span });
}

const NAMESPACES: readonly (readonly [string, string])[] = [
  ["hostPID", "pid"],
  ["hostNetwork", "net"],
  ["hostIPC", "ipc"],
];

function podOf(draft: Draft, pod: Data, on: Resource): void {
  const namespaces = NAMESPACES.flatMap(([key, name]) => (isTrue(pod, key) ? [name] : []));
  const folders = new Map<string, string>();
  for (const volume of listAt(pod, "volumes")) {
    const path = textAt(volume, "hostPath", "path");
    if (path !== undefined) folders.set(textAt(volume, "name") ?? "", path);
  }
  for (const key of ["initContainers", "containers", "ephemeralContainers"])
    for (const container of listAt(pod, key)) containerOf(draft, container, on, namespaces, folders);
}

function containerOf(
  draft: Draft,
  container: Data,
  on: Resource,
  namespaces: readonly string[],
  folders: ReadonlyMap<string, string>,
): void {
  const mounts = listAt(container, "volumeMounts").flatMap((mount) => {
    const source = folders.get(textAt(mount, "name") ?? "");
    const target = textAt(mount, "mountPath") ?? "/";
    return source === undefined ? [] : [{ source: exact(source), target: exact(target), writable: !isTrue(mount, "readOnly") }];
  });
  const capabilities = textsAt(container, "securityContext", "capabilities", "add");
  const place: PlaceChange = {
    kind: "container",
    name: exact(textAt(container, "image") ?? textAt(container, "name") ?? "*"),
    ...(mounts.length > 0 ? { mounts } : {}),
    ...(isTrue(container, "securityContext", "privileged") ? { privileged: true } : {}),
    ...(capabilities.length > 0 ? { capabilities } : {}),
    ...(namespaces.length > 0 ? { namespaces } : {}),
  };
  draft.effects.push({ kind: "create", on, attributes: {}, span: draft.span, at: place });
  runs(draft, container, place);
}

/** `command` and `args`, and the probes and hooks that run a command. */
function runs(draft: Draft, container: Data, place: PlaceChange): void {
  const commands = [
    [...textsAt(container, "command"), ...textsAt(container, "args")],
    ...["livenessProbe", "readinessProbe", "startupProbe"].map((probe) => textsAt(container, probe, "exec", "command")),
    ...["postStart", "preStop"].map((hook) => textsAt(container, "lifecycle", hook, "exec", "command")),
  ];
  // Arguments alone are given to the image's own program.
  if (at(container, "command") === undefined) commands.shift();
  for (const command of commands) {
    if (command.length === 0) continue;
    const argv = command.map((word): Argument => ({ value: exact(word), count: "one", span: draft.span }));
    draft.runs.push({ as: "argv", argv, span: draft.span, enters: place });
  }
}

/** One step of a JSON patch: `{ op: add, path: /spec/hostPID, value: true }`. */
function patch(draft: Draft, step: Data, on: Resource): void {
  const path = textAt(step, "path") ?? "";
  const name = path.slice(path.lastIndexOf("/") + 1);
  const value = at(step, "value");
  if (value !== "true" && name !== "capabilities" && name !== "volumes") return;
  const namespace = NAMESPACES.find(([key]) => key === name)?.[1];
  const place: PlaceChange = {
    kind: "container",
    name: exact("*"),
    ...(name === "privileged" ? { privileged: true } : {}),
    ...(namespace === undefined ? {} : { namespaces: [namespace] }),
    ...(name === "capabilities" ? { capabilities: textsAt(step, "value", "add") } : {}),
    ...(name === "volumes" ? { mounts: hostMounts(value) } : {}),
  };
  draft.effects.push({ kind: "configure", on, attributes: {}, span: draft.span, at: place });
}

function hostMounts(value: Data | undefined): NonNullable<PlaceChange["mounts"]> {
  return (Array.isArray(value) ? value : []).flatMap((volume: Data) => {
    const path = textAt(volume, "hostPath", "path");
    return path === undefined ? [] : [{ source: exact(path), target: exact("/"), writable: true }];
  });
}
