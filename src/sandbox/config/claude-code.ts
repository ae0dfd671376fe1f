import type { AllowedHost } from "../../model/sandbox.ts";
import { type AgentJail, jailOf, PROJECT, unconfined } from "./agent-jail.ts";
import type { Configured, Part, Said } from "./configured.ts";

const NAME = "claude-code";
const KNOWN: ReadonlySet<string> = new Set(
  "enabled failIfUnavailable autoAllowBashIfSandboxed excludedCommands allowUnsandboxedCommands network filesystem enableWeakerNestedSandbox ignoreViolations".split(
    " ",
  ),
);
const NETWORK: ReadonlySet<string> = new Set(
  "allowedDomains deniedDomains allowManagedDomainsOnly allowUnixSockets allowAllUnixSockets allowLocalBinding httpProxyPort socksProxyPort".split(
    " ",
  ),
);
const FILES: ReadonlySet<string> = new Set("allowWrite denyWrite denyRead allowRead".split(" "));

/** Settings with a `sandbox` that is a mapping, or with permissions; a profile's `sandbox` is a name. */
export const isClaudeCode = (root: Part): boolean =>
  (root.get("sandbox")?.keys().length ?? 0) > 0 ||
  (root.get("sandbox") === undefined &&
    ["allow", "deny", "ask", "defaultMode"].some((key) => root.get("permissions")?.get(key) !== undefined));

/** Claude Code's settings.json. Of its keys, `sandbox`, `permissions` and `env` are about the sandbox. Source: code.claude.com/docs/en/sandboxing. */
export function readClaudeCode(root: Part): Configured {
  const sandbox = root.get("sandbox");
  const env = (root.get("env")?.keys() ?? []).map((text) => ({ text, at: root.get("env")?.get(text)?.at ?? root.at }));
  const enabled = sandbox?.text("enabled");
  if (!sandbox || enabled?.text !== "true") return unconfined(NAME, enabled ?? { text: "", at: (sandbox ?? root).at }, env);
  const network = sandbox.get("network");
  const files = sandbox.get("filesystem");
  const permissions = root.get("permissions");
  const denied = permissions?.texts("deny") ?? [];
  const allowed = permissions?.texts("allow") ?? [];
  const domains = [...(network?.texts("allowedDomains") ?? []), ...inside(allowed, "WebFetch").flatMap(domainOf)];
  const every = domains.find(({ text }) => text === "*");
  return jailOf({
    name: NAME,
    where: sandbox.at,
    writable: [
      { text: PROJECT, at: sandbox.at },
      ...(files?.texts("allowWrite") ?? []),
      ...(permissions?.texts("additionalDirectories") ?? []),
    ]
      .map(plainPath)
      .concat(inside(allowed, "Edit").map(rulePath).filter(isPlain)),
    locked: [
      ...[...(files?.texts("denyWrite") ?? []), ...(files?.texts("allowRead") ?? [])].map(plainPath),
      ...inside(denied, "Edit").map(rulePath),
    ].filter(isPlain),
    hidden: [...(files?.texts("denyRead") ?? []).map(plainPath), ...inside(denied, "Read").map(rulePath)].filter(isPlain),
    network: every ? { kind: "open" } : domains.length === 0 ? { kind: "none" } : { kind: "list", allow: domains.map(hostOf) },
    networkAt: every?.at,
    sockets: network?.texts("allowUnixSockets") ?? [],
    opensSockets: network?.text("allowAllUnixSockets")?.text === "true",
    env,
    weaker: whenTrue(sandbox.text("enableWeakerNestedSandbox")),
    doubts: doubtsOf(sandbox, permissions),
  });
}

const isPlain = ({ text }: Said): boolean => !text.includes("*");
const whenTrue = (said: Said | undefined): Said | undefined => (said?.text === "true" ? said : undefined);
const hostOf = ({ text }: Said): AllowedHost => ({ host: text });
const domainOf = ({ text, at }: Said): readonly Said[] => (text.startsWith("domain:") ? [{ text: text.slice(7), at }] : []);

/** `Edit(PATH)`: what stands in the parentheses. */
const inside = (rules: readonly Said[], tool: string): readonly Said[] =>
  rules.flatMap(({ text, at }) =>
    text.startsWith(`${tool}(`) && text.endsWith(")") ? [{ text: text.slice(tool.length + 1, -1), at }] : [],
  );

/** `//PATH` is absolute, `/**` at the end is all that is below. */
const plainPath = ({ text, at }: Said): Said => {
  const path = text.replace(/^\/\//, "/").replace(/\/(\*\*)?$/, "");
  if (path === "") return { text: "/", at };
  return { text: /^[/~.]/.test(path) ? path : `./${path}`, at };
};

/** In rules `/PATH` starts at the project. */
const rulePath = ({ text, at }: Said): Said =>
  plainPath({ text: text.startsWith("/") && !text.startsWith("//") ? `.${text}` : text, at });

/** What lets commands run outside, and what is not understood. */
function doubtsOf(sandbox: Part, permissions: Part | undefined): AgentJail["doubts"] {
  const about = "runtime" as const;
  const outside = sandbox
    .texts("excludedCommands")
    .map(({ text, at }) => ({ text: `${text} runs outside of the sandbox`, at, about }));
  const asks = sandbox.text("allowUnsandboxedCommands");
  const fails = sandbox.text("failIfUnavailable");
  const mode = permissions?.text("defaultMode");
  const keys = (
    [
      [sandbox, KNOWN],
      [sandbox.get("network"), NETWORK],
      [sandbox.get("filesystem"), FILES],
    ] as const
  ).flatMap(([part, known]) =>
    (part?.keys() ?? [])
      .filter((key) => !known.has(key))
      .map((key) => ({ text: `"${key}" is not understood`, at: part?.get(key)?.at ?? sandbox.at, about })),
  );
  const files = sandbox.get("filesystem");
  const listed = ["denyRead", "denyWrite", "allowWrite"].flatMap((key) => files?.texts(key) ?? []).map(plainPath);
  const edits = inside(permissions?.texts("allow") ?? [], "Edit").map(rulePath);
  const hidden = inside(permissions?.texts("deny") ?? [], "Read").map(rulePath);
  // The project can be written anyway.
  const ruled = [...hidden, ...edits.filter(({ text }) => !text.startsWith("./"))];
  const patterns = [...listed, ...ruled].filter((said) => !isPlain(said));
  return [
    ...outside,
    ...(asks?.text === "false"
      ? []
      : [
          { text: "a command may ask to run outside of the sandbox (allowUnsandboxedCommands)", at: (asks ?? sandbox).at, about },
        ]),
    ...(fails?.text === "true"
      ? []
      : [{ text: "where it can't start, commands run without it (failIfUnavailable)", at: (fails ?? sandbox).at, about }]),
    ...(mode?.text === "bypassPermissions"
      ? [{ text: "nobody is asked about what runs outside of it (bypassPermissions)", at: mode.at, about }]
      : []),
    ...patterns.map(({ text, at }) => ({ text: `which files ${text} means is not known`, at, about })),
    ...keys,
  ];
}
