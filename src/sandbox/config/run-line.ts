import type { Namespace } from "../../model/sandbox.ts";
import { type Configured, type ContainerFacts, containerOf, NO_FACTS, type Said, volume } from "./configured.ts";

/** Options of docker run that say nothing of the sandbox, and take an argument. */
const TAKES: ReadonlySet<string> = new Set(
  "--name -p --publish -w --workdir --entrypoint -h --hostname --label -l --restart --platform --pull --log-driver --log-opt --add-host --dns --link --expose --health-cmd --shm-size --stop-signal --stop-timeout --cidfile --mac-address --network-alias --env-file".split(
    " ",
  ),
);
const FLAGS: ReadonlySet<string> = new Set(
  "-d --detach -i --interactive -t --tty -it -ti -P --publish-all --init --sig-proxy --no-healthcheck -dit -itd".split(" "),
);

interface Option extends Said {
  readonly name: string;
}

/** `docker run …`, one line; undefined if it is another command. */
export function readRunLine(text: string): Configured | undefined {
  const words = wordsOf(text);
  const verb = words.findIndex(({ text: word }) => word === "run" || word === "create");
  const [program, first] = words;
  if (!program || !first || !/(^|\/)(docker|podman|nerdctl)$/.test(program.text) || verb < 1 || verb > 2) return undefined;
  const { facts, name } = runFacts(words.slice(verb + 1));
  return containerOf(name ?? "container", facts, program.at);
}

/** What the options of docker run say; devcontainers take them as `runArgs`. */
export function runFacts(words: readonly Said[]): { readonly facts: ContainerFacts; readonly name: string | undefined } {
  const { options, doubts, image } = optionsOf(words);
  const all = (...names: string[]): readonly Said[] => options.filter(({ name }) => names.includes(name));
  const last = (...names: string[]): Said | undefined => all(...names).at(-1);
  const shared = (["pid", "ipc", "uts", "cgroupns"] as const).flatMap((name): (Said & { namespace: Namespace })[] => {
    const said = last(`--${name}`);
    return said ? [{ ...said, namespace: name === "cgroupns" ? "cgroup" : name }] : [];
  });
  const [memory, cpus, processes] = [last("-m", "--memory")?.text, last("--cpus")?.text, last("--pids-limit")?.text];
  const facts: ContainerFacts = {
    ...NO_FACTS,
    privileged: last("--privileged"),
    added: all("--cap-add"),
    dropped: all("--cap-drop"),
    mounts: [...all("-v", "--volume").map(({ text: said, at }) => volume(said, at)), ...all("--mount").map(mountOf)],
    devices: all("--device").map(({ text: said, at }) => ({ text: said.split(":")[0] ?? said, at })),
    user: last("-u", "--user"),
    security: all("--security-opt"),
    network: last("--network", "--net"),
    shared,
    readOnly: last("--read-only")?.text === "true",
    env: all("-e", "--env").map(({ text: said, at }) => ({ text: said.split("=")[0] ?? said, at })),
    limits: { ...(memory ? { memory } : {}), ...(cpus ? { cpus } : {}), ...(processes ? { processes } : {}) },
    ephemeral: last("--rm")?.text === "true",
    doubts: [
      ...doubts.map((said) => ({ ...said, about: "runtime" as const })),
      ...all("-v", "--volume", "--mount")
        .filter(({ text: said }) => said.includes("$"))
        .map(({ text: said, at }) => ({ text: `${said} is not known`, at, about: "mounts" as const })),
    ],
  };
  return { facts, name: last("--name")?.text ?? image };
}

const BOOLEANS: ReadonlySet<string> = new Set(["--privileged", "--read-only", "--rm"]);
const READ: ReadonlySet<string> = new Set(
  "--cap-add --cap-drop -v --volume --mount --device -u --user --security-opt --network --net --pid --ipc --uts --cgroupns -e --env -m --memory --cpus --pids-limit --name".split(
    " ",
  ),
);

function optionsOf(words: readonly Said[]): {
  readonly options: readonly Option[];
  readonly doubts: readonly Said[];
  readonly image: string | undefined;
} {
  const options: Option[] = [];
  const doubts: Said[] = [];
  let i = 0;
  for (; i < words.length; i++) {
    const word = words[i];
    if (!word?.text.startsWith("-")) break;
    const sign = word.text.startsWith("--") ? word.text.indexOf("=") : -1;
    const name = sign < 0 ? word.text : word.text.slice(0, sign);
    const glued = sign < 0 ? undefined : word.text.slice(sign + 1);
    if (FLAGS.has(name)) continue;
    if (BOOLEANS.has(name)) options.push({ name, text: glued ?? "true", at: word.at });
    else if (READ.has(name) || TAKES.has(name)) options.push({ name, text: glued ?? words[++i]?.text ?? "", at: word.at });
    // Whether it takes an argument is not known, and so neither is what follows.
    else doubts.push({ text: `option ${name} is not understood`, at: word.at });
  }
  return { options, doubts, image: words[i]?.text };
}

/** The value of `--mount`. */
export function mountOf({ text, at }: Said): ContainerFacts["mounts"][number] {
  const pairs = new Map(
    text.split(",").map((pair): [string, string] => [pair.split("=")[0] ?? "", pair.slice(pair.indexOf("=") + 1)]),
  );
  const source = pairs.get("source") ?? pairs.get("src");
  const target = pairs.get("target") ?? pairs.get("dst") ?? pairs.get("destination") ?? source ?? "/";
  const kind = pairs.get("type") === "bind" ? "bind" : pairs.get("type") === "tmpfs" ? "tmpfs" : "volume";
  return { kind, ...(source === undefined ? {} : { source }), target, writable: !pairs.has("readonly") && !pairs.has("ro"), at };
}

/** Words as a shell splits them: quotes, and lines that a backslash continues. */
export function wordsOf(text: string): readonly Said[] {
  const words: Said[] = [];
  let [word, quote, line, column] = ["", "", 1, 1];
  let at: Said["at"] | undefined;
  for (let i = 0; i < text.length; i++, column++) {
    const char = text.charAt(i);
    if (char === "\\" && quote !== "'" && i + 1 < text.length) {
      i++;
      column++;
      if (text.charAt(i) === "\n") [line, column] = [line + 1, 0];
      else [word, at] = [word + text.charAt(i), at ?? { line, column }];
    } else if (quote !== "" ? char === quote : char === "'" || char === '"') {
      at ??= { line, column };
      quote = quote === "" ? char : "";
    } else if (quote === "" && (char === " " || char === "\t" || char === "\n")) {
      if (at) words.push({ text: word, at });
      [word, at] = ["", undefined];
      if (char === "\n") [line, column] = [line + 1, 0];
    } else [word, at] = [word + char, at ?? { line, column }];
  }
  if (at) words.push({ text: word, at });
  return words;
}
