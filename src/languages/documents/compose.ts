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
    if (services instanceof Map)
      for (const [name, service] of services) serviceOf(draft, name, extended(services, service), document);
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

/** `extends: { service: base }` of the same file: what the service does not say itself. */
function extended(services: ReadonlyMap<string, Data>, service: Data, depth = 0): Data {
  const base = services.get(textAt(service, "extends", "service") ?? textAt(service, "extends") ?? "");
  if (!(service instanceof Map) || base === undefined || at(service, "extends", "file") !== undefined || depth > 8)
    return service;
  const inherited = extended(services, base, depth + 1);
  return new Map([...(inherited instanceof Map ? inherited : []), ...service]);
}

function serviceOf(draft: Draft, name: string, service: Data, document: Data): void {
  const on: Resource = { kind: "container", value: exact(textAt(service, "container_name") ?? name) };
  const socket = "/var/run/docker.sock";
  const mounts = [
    ...listAt(service, "volumes").flatMap((volume) => mountOf(volume) ?? boundVolume(document, volume) ?? []),
    ...["secrets", "configs"].flatMap((key) => listAt(service, key).flatMap((one) => fileOf(document, key, one) ?? [])),
    ...(isTrue(service, "use_api_socket") ? [{ source: exact(socket), target: exact(socket), writable: true }] : []),
  ];
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
  const devices = listAt(service, "devices").flatMap((one) => (typeof one === "string" ? one : (textAt(one, "source") ?? [])));
  for (const device of devices)
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

/** `driver_opts: { type: none, o: bind, device: / }` makes a volume of a folder. */
function boundVolume(document: Data, volume: Data): Mount | undefined {
  const [name = "", target = "/"] =
    typeof volume === "string" ? volume.split(":") : [textAt(volume, "source"), textAt(volume, "target")];
  const device = textAt(document, "volumes", name, "driver_opts", "device");
  return device?.startsWith("/") || device?.startsWith("~")
    ? { source: exact(device), target: exact(target), writable: true }
    : undefined;
}

/** A secret or a configuration that is a file is mounted read-only. */
function fileOf(document: Data, key: string, use: Data): Mount | undefined {
  const file = textAt(document, key, typeof use === "string" ? use : (textAt(use, "source") ?? ""), "file");
  return file === undefined ? undefined : { source: exact(file), target: exact(`/run/${key}`), writable: false };
}

/** `entrypoint` and `command`: a list is a program, a text is parted as a shell would. */
function runs(draft: Draft, service: Data, place: PlaceChange): void {
  const { span } = draft;
  const keys = ["entrypoint", "command"].filter((key) => at(service, key) !== undefined && at(service, key) !== "");
  const words = keys.flatMap((key) => textsAt(service, key));
  const argument = (word: string): Argument => ({ value: exact(word), count: "one", span });
  const argv = (list: readonly string[]): void => {
    if (list.length > 0) draft.runs.push({ as: "argv", argv: list.map(argument), span, enters: place });
  };
  const shell = (text: string): void => {
    draft.runs.push({ as: "shell", shell: "sh", code: argument(text.replaceAll("$$", "$")), args: [], span, enters: place });
  };
  const texts = keys.flatMap((key) => textAt(service, key) ?? []);
  if (texts.length === 0) argv(words.map((word) => word.replaceAll("$$", "$")));
  else shell([...words.map(quoted), ...texts].join(" "));
  const test = textsAt(service, "healthcheck", "test");
  if (test[0] === "CMD") argv(test.slice(1));
  else
    for (const text of test[0] === "CMD-SHELL" ? test.slice(1, 2) : [textAt(service, "healthcheck", "test") ?? []].flat())
      shell(text);
  for (const hook of ["post_start", "pre_stop"].flatMap((key) => listAt(service, key))) {
    argv(textsAt(hook, "command"));
    const text = textAt(hook, "command");
    if (text !== undefined) shell(text);
  }
  const dockerfile = textAt(service, "build", "dockerfile_inline");
  if (dockerfile !== undefined)
    draft.runs.push({ as: "code", language: "dockerfile", code: argument(dockerfile), args: [], span });
}

const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;
