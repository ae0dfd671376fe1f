import { type Aspect, NAMESPACES, type Namespace, type SandboxMount } from "../../model/sandbox.ts";
import { plainSandbox } from "../../model/sandbox-defaults.ts";
import type { Configured, Position, Said } from "./configured.ts";

/** Options of bwrap(1) by how many arguments they take; those that say nothing of the sandbox. */
const INERT: ReadonlyMap<string, number> = new Map([
  ...["--die-with-parent", "--new-session", "--clearenv", "--as-pid-1"].map((name): [string, number] => [name, 0]),
  ...["--chdir", "--dir", "--uid", "--gid", "--hostname", "--unsetenv", "--argv0", "--info-fd", "--perms"].map(
    (name): [string, number] => [name, 1],
  ),
  ["--symlink", 2],
]);
const BINDS: ReadonlyMap<string, boolean> = new Map(
  ["--bind", "--dev-bind", "--ro-bind"].flatMap((name) =>
    [name, `${name}-try`].map((one): [string, boolean] => [one, !name.includes("ro-")]),
  ),
);
const EMPTY: ReadonlyMap<string, SandboxMount["kind"]> = new Map([
  ["--tmpfs", "tmpfs"],
  ["--proc", "proc"],
  ["--dev", "dev"],
  ["--mqueue", "tmpfs"],
]);
const UNSHARES: ReadonlyMap<string, Namespace> = new Map(
  NAMESPACES.map((name): [string, Namespace] => [`--unshare-${name === "network" ? "net" : name}`, name]),
);

/** A bubblewrap command line; undefined if it is another command. */
export function readBubblewrap(words: readonly Said[]): Configured | undefined {
  const [program] = words;
  if (!program || !(program.text === "bwrap" || program.text.endsWith("/bwrap"))) return undefined;
  const mounts: SandboxMount[] = [];
  const at = new Map<string, Position>();
  const unknown: { about: Aspect; text: string }[] = [];
  const shared = new Set<Namespace>(NAMESPACES.filter((name) => name !== "mount" && name !== "user"));
  const env: string[] = [];
  const added: string[] = [];
  for (let i = 1; i < words.length; i++) {
    const word = words[i];
    if (!word?.text.startsWith("--") || word.text === "--") break;
    const { text } = word;
    const next = (): string => words[++i]?.text ?? "";
    const writable = BINDS.get(text);
    const kind = EMPTY.get(text);
    const own = UNSHARES.get(text.replace(/-try$/, ""));
    if (writable !== undefined || kind !== undefined) {
      at.set(`mounts ${mounts.length}`, word.at);
      mounts.push(
        writable === undefined
          ? { kind: kind ?? "tmpfs", target: next(), writable: kind !== "proc" }
          : { kind: "bind", source: next(), target: next(), writable },
      );
    } else if (text === "--unshare-all") shared.clear();
    else if (text === "--share-net") shared.add("network");
    else if (own) shared.delete(own);
    else if (text === "--setenv") {
      env.push(next());
      next();
    } else if (text === "--cap-add") added.push(next().toUpperCase().replace(/^CAP_/, ""));
    else if (text === "--cap-drop") next();
    else if (INERT.has(text)) i += INERT.get(text) ?? 0;
    else {
      at.set("runtime", word.at);
      unknown.push({ about: "mounts", text: `option ${text} is not understood` });
    }
  }
  const base = plainSandbox("bwrap", "jail");
  const network = shared.has("network") ? "open" : "none";
  const sandbox = {
    ...base,
    lifetime: "ephemeral" as const,
    mounts,
    namespaces: [...shared],
    capabilities: added,
    env,
    network: { kind: network },
    unknown,
  } as const;
  return { sandbox, at, where: program.at };
}
