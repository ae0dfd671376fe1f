import { parse, TomlError } from "smol-toml";
import { suggest } from "../../load/nearest.ts";
import type { Problem } from "../../load/source.ts";
import { type AgentJail, jailOf, PROJECT, unconfined } from "./agent-jail.ts";
import type { Configured, Position, Said } from "./configured.ts";

const MODES = ["read-only", "workspace-write", "danger-full-access"];
/** Permission profiles that are always there; others replace the modes, unless there is one. */
const BUILT_IN: ReadonlyMap<unknown, string> = new Map([
  [":read-only", "read-only"],
  [":workspace", "workspace-write"],
  [":danger-full-access", "danger-full-access"],
]);
const WORKSPACE: ReadonlySet<string> = new Set([
  "writable_roots",
  "network_access",
  "exclude_tmpdir_env_var",
  "exclude_slash_tmp",
]);

type Table = ReadonlyMap<string, unknown>;
interface ReadCodex {
  readonly found: readonly Configured[];
  readonly problems: readonly Problem[];
}

/** Codex's config.toml, and each of its profiles with a mode of its own; undefined if the text is none. */
export function readCodex(text: string, file: string): ReadCodex | undefined {
  if (
    !/^(sandbox_mode|approval_policy|default_permissions)[ \t]*=|^\[sandbox_workspace_write\]/m.test(text) &&
    !/(^|\/)\.codex\/config\.toml$/.test(file)
  )
    return undefined;
  let root: Table;
  try {
    root = tableOf(parse(text));
  } catch (error) {
    const { line = 1, column = 1 } = error instanceof TomlError ? error : {};
    return {
      found: [],
      problems: [
        { file, line, column, message: error instanceof Error ? (error.message.split("\n")[0] ?? "") : "cannot be read" },
      ],
    };
  }
  const profiles = [...tableOf(root.get("profiles"))].filter(([, profile]) => tableOf(profile).has("sandbox_mode"));
  const read = [
    oneOf("codex", root, root, text, ""),
    ...profiles.map(([name, profile]) => oneOf(`codex-${name}`, root, tableOf(profile), text, `profiles.${name}`)),
  ];
  const problems = read.flatMap((one) => ("message" in one ? [{ file, ...one }] : []));
  return { found: read.flatMap((one) => ("message" in one ? [] : [one])), problems };
}

function oneOf(name: string, root: Table, from: Table, text: string, table: string): Configured | Omit<Problem, "file"> {
  const place = (key: string, above = table): Position => placeOf(text, above, key);
  const permissions = from.get("default_permissions");
  const mode = from.get("sandbox_mode") ?? BUILT_IN.get(permissions) ?? "read-only";
  const at = place("sandbox_mode");
  if (typeof mode !== "string" || !MODES.includes(mode))
    return { ...at, message: `"${String(mode)}" is not known here${suggest(String(mode), MODES)}` };
  const policy = tableOf(root.get("shell_environment_policy"));
  const env = [...tableOf(policy.get("set")).keys()].map(
    (key): Said => ({ text: key, at: place(key, "shell_environment_policy.set") }),
  );
  const custom = permissions !== undefined && !BUILT_IN.has(permissions) && !from.has("sandbox_mode");
  const doubts = (custom ? (["mounts", "network"] as const) : []).map((about) => ({
    text: `permission profile ${String(permissions)} is not read`,
    at: place("default_permissions"),
    about,
  }));
  if (mode === "danger-full-access") return unconfined(name, { text: mode, at }, env, doubts);
  const workspace = mode === "workspace-write" ? tableOf(root.get("sandbox_workspace_write")) : new Map<string, unknown>();
  const inWorkspace = (key: string): Position => place(key, "sandbox_workspace_write");
  const open = workspace.get("network_access") === true;
  return jailOf({
    name,
    where: at,
    writable: mode === "workspace-write" ? writableIn(workspace, at, inWorkspace("writable_roots")) : [],
    // Its own settings and the repository's stay as they are.
    locked: mode === "workspace-write" ? [".git", ".codex"].map((text) => ({ text: `./${text}`, at })) : [],
    hidden: [],
    network: { kind: open ? "open" : "none" },
    networkAt: open ? inWorkspace("network_access") : undefined,
    sockets: [],
    opensSockets: open,
    env,
    doubts: [
      ...doubts,
      ...[...workspace.keys()]
        .filter((key) => !WORKSPACE.has(key))
        .map((key) => doubt(`"${key}" is not understood`, inWorkspace(key))),
    ],
  });
}

const doubt = (text: string, at: Position): AgentJail["doubts"][number] => ({ text, at, about: "runtime" });

function writableIn(workspace: Table, at: Position, rootsAt: Position): readonly Said[] {
  const roots = workspace.get("writable_roots");
  return [
    { text: PROJECT, at },
    ...(workspace.get("exclude_slash_tmp") === true ? [] : [{ text: "/tmp", at }]),
    ...(Array.isArray(roots) ? roots : []).map((root) => ({ text: String(root), at: rootsAt })),
  ];
}

const tableOf = (value: unknown): Table =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? new Map(Object.entries(value)) : new Map();

/** Where a key of a table stands; the table's heading, or the file's beginning, if it is not found. */
function placeOf(text: string, table: string, key: string): Position {
  let here = "";
  let heading: Position = { line: 1, column: 1 };
  for (const [i, line] of text.split("\n").entries()) {
    const trimmed = line.trim();
    if (trimmed.startsWith("[")) {
      here = trimmed.slice(1, trimmed.indexOf("]")).trim();
      if (here === table) heading = { line: i + 1, column: 1 };
    } else if (here === table && trimmed.startsWith(key) && /^[ \t]*=/.test(trimmed.slice(key.length)))
      return { line: i + 1, column: line.indexOf(key) + 1 };
  }
  return heading;
}
