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
  if (Array.isArray(document)) {
    for (const step of document) object(draft, patched(step));
    return;
  }
  const kind = textAt(document, "kind")?.toLowerCase();
  const on: Resource = {
    kind: "clusterObject",
    value: exact(`${kind ?? "object"}/${textAt(document, "metadata", "name") ?? "*"}`),
  };
  const pods = tablesOf(document).filter(isPod);
  if (kind !== undefined || pods.length > 0) draft.effects.push({ kind: "create", on, attributes: {}, span: draft.span });
  for (const pod of pods) podOf(draft, pod, on);
  if (kind?.endsWith("rolebinding") || at(document, "roleRef") !== undefined) binding(draft, document, on);
  if (listAt(document, "rules").some(allowsAll)) grant(draft, on, "*");
}

const CONTAINERS = ["initContainers", "containers", "ephemeralContainers"];

/** A patch may name nothing of a pod but what it changes. */
const isPod = (table: Data): boolean =>
  CONTAINERS.some((key) => listAt(table, key).length > 0) ||
  NAMESPACES.some(([key]) => isTrue(table, key)) ||
  listAt(table, "volumes").some((volume) => at(volume, "hostPath") !== undefined);

/** One step of a JSON patch (RFC 6902) as the object it makes: `{ op: add, path: /spec/hostPID, value: true }`. */
function patched(step: Data): Data {
  const path = textAt(step, "op") === "remove" ? "" : (textAt(step, "path") ?? "");
  const keys = path.split("/").slice(1);
  return keys.reduceRight<Data>(
    (value, key) => (key === "-" || /^\d+$/.test(key) ? [value] : new Map([[key.replaceAll("~1", "/"), value]])),
    at(step, "value") ?? "",
  );
}

/** A rule of a role: all verbs on all resources. */
const allowsAll = (rule: Data): boolean => textsAt(rule, "verbs").includes("*") && textsAt(rule, "resources").includes("*");

/** RBAC: who gets which role. */
function binding(draft: Draft, document: Data, on: Resource): void {
  const role = textAt(document, "roleRef", "name") ?? "*";
  grant(draft, on, role);
}

function grant(draft: Draft, on: Resource, role: string): void {
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
  const containers = CONTAINERS.flatMap((key) => listAt(pod, key));
  for (const container of containers) containerOf(draft, container, on, namespaces, folders);
  const mounted = containers.flatMap((one) => listAt(one, "volumeMounts").map((mount) => textAt(mount, "name") ?? ""));
  const mounts = [...folders]
    .filter(([name]) => !mounted.includes(name))
    .map(([, source]) => ({ source: exact(source), target: exact("/"), writable: true }));
  if (mounts.length === 0 && (containers.length > 0 || namespaces.length === 0)) return;
  const place: PlaceChange = { kind: "container", name: exact("*"), mounts, namespaces };
  draft.effects.push({ kind: "configure", on, attributes: {}, span: draft.span, at: place });
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
  for (const profile of ["seccompProfile", "appArmorProfile"])
    if (textAt(container, "securityContext", profile, "type") === "Unconfined")
      draft.effects.push({ kind: "configure", on, attributes: { how: exact("unconfined") }, span: draft.span });
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
