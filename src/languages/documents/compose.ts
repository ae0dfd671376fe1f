import type { Binding, PlaceChange } from "../../model/binding.ts";
import type { Resource } from "../../model/resource.ts";
import { type Argument, exact } from "../../model/value.ts";
import { Draft } from "../binding-parts.ts";
import { knownText } from "../known-text.ts";
import { at, isTrue, listAt, textAt, textsAt } from "./data.ts";
import { type Data, readDocuments } from "./yaml.ts";

type Mount = NonNullable<PlaceChange["mounts"]>[number];

/** A Compose file (the Compose specification): what its services get of the host, and what they run. */
export function readCompose(code: Argument): Binding | undefined {
  const text = knownText(code);
  const documents = text === undefined ? undefined : readDocuments(text);
  if (!documents) return undefined;
  const draft = new Draft(code);
  for (const document of documents) {
    const services = at(document, "services");
    if (services instanceof Map) for (const [name, service] of services) serviceOf(draft, name, service);
  }
  return draft.binding();
}

const SHARED: readonly (readonly [string, string])[] = [
  ["pid", "pid"],
  ["network_mode", "net"],
  ["ipc", "ipc"],
  ["uts", "uts"],
  ["userns_mode", "user"],
  ["cgroup", "cgroup"],
];

function serviceOf(draft: Draft, name: string, service: Data): void {
  const on: Resource = { kind: "container", value: exact(textAt(service, "container_name") ?? name) };
  const mounts = listAt(service, "volumes").flatMap((volume) => mountOf(volume) ?? []);
  const capabilities = textsAt(service, "cap_add");
  const namespaces = SHARED.flatMap(([key, namespace]) => (textAt(service, key) === "host" ? [namespace] : []));
  const place: PlaceChange = {
    kind: "container",
    name: exact(textAt(service, "image") ?? name),
    ...(mounts.length > 0 ? { mounts } : {}),
    ...(isTrue(service, "privileged") ? { privileged: true } : {}),
    ...(capabilities.length > 0 ? { capabilities } : {}),
    ...(namespaces.length > 0 ? { namespaces } : {}),
  };
  draft.effects.push({ kind: "create", on, attributes: {}, span: draft.span, at: place });
  if (textsAt(service, "security_opt").some((option) => option.endsWith("unconfined") || option.startsWith("label")))
    draft.effects.push({ kind: "configure", on, attributes: { how: exact("unconfined") }, span: draft.span });
  for (const device of textsAt(service, "devices"))
    draft.effects.push({
      kind: "mount",
      on: { kind: "path", value: exact(device.split(":")[0] ?? device) },
      attributes: { how: exact("passthrough") },
      span: draft.span,
    });
  runs(draft, service, place);
}

/** `./a:/b:ro`, `{ type: bind, source: ./a, target: /b }`; a plain name is a volume of the engine's. */
function mountOf(volume: Data): Mount | undefined {
  if (typeof volume === "string") {
    const [source = "", target = "", mode = ""] = volume.split(":");
    return target === "" || !"/.~$".includes(source[0] ?? "x")
      ? undefined
      : { source: exact(source), target: exact(target), writable: !mode.split(",").includes("ro") };
  }
  const source = textAt(volume, "source");
  if (textAt(volume, "type") !== "bind" || source === undefined) return undefined;
  return { source: exact(source), target: exact(textAt(volume, "target") ?? "/"), writable: !isTrue(volume, "read_only") };
}

/** `entrypoint` and `command`: a list is a program, a text is parted as a shell would. */
function runs(draft: Draft, service: Data, place: PlaceChange): void {
  const { span } = draft;
  const keys = ["entrypoint", "command"].filter((key) => at(service, key) !== undefined && at(service, key) !== "");
  const words = keys.flatMap((key) => textsAt(service, key));
  const texts = keys.flatMap((key) => textAt(service, key) ?? []);
  if (words.length > 0 && texts.length === 0)
    draft.runs.push({
      as: "argv",
      argv: words.map((word): Argument => ({ value: exact(word), count: "one", span })),
      span,
      enters: place,
    });
  for (const text of texts) {
    const code: Argument = { value: exact(text.replaceAll("$$", "$")), count: "one", span };
    draft.runs.push({ as: "shell", shell: "sh", code, args: [], span, enters: place });
  }
}
