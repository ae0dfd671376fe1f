import { type Configured, type ContainerFacts, containerOf, type Part, type Said } from "./configured.ts";
import { mountOf, runFacts } from "./run-line.ts";

const MARKS =
  "remoteUser containerUser runArgs features containerEnv dockerComposeFile workspaceMount postCreateCommand capAdd".split(" ");
/** Keys of the development container specification that say nothing of the sandbox. */
const INERT: ReadonlySet<string> = new Set(
  "$schema name image build dockerFile context service runServices forwardPorts portsAttributes otherPortsAttributes appPort workspaceFolder updateRemoteUserUID userEnvProbe overrideCommand shutdownAction init customizations onCreateCommand updateContentCommand postCreateCommand postStartCommand postAttachCommand waitFor hostRequirements overrideFeatureInstallOrder".split(
    " ",
  ),
);
const READ: ReadonlySet<string> = new Set(
  "runArgs mounts privileged capAdd securityOpt containerUser remoteUser containerEnv remoteEnv workspaceMount features dockerComposeFile initializeCommand".split(
    " ",
  ),
);
/** Features of ghcr.io/devcontainers/features that install programs and ask for no rights. */
const HARMLESS: ReadonlySet<string> = new Set(
  "common-utils git github-cli go java node php python ruby rust aws-cli azure-cli terraform git-lfs".split(" "),
);

export const isDevcontainer = (root: Part, file: string): boolean =>
  /(^|\/)\.?devcontainer\.json$/.test(file) || MARKS.some((key) => root.get(key) !== undefined);

/** A devcontainer.json: commands run as `remoteUser`, with the project mounted. */
export function readDevcontainer(root: Part): Configured {
  const run = runFacts(root.texts("runArgs")).facts;
  const features = featuresOf(root);
  const mounts = [workspaceOf(root), ...root.texts("mounts").map(mountOf), ...objectsOf(root), ...run.mounts].map(placed);
  const facts: ContainerFacts = {
    ...run,
    privileged: root.text("privileged") ?? run.privileged ?? features.privileged,
    added: [...root.texts("capAdd"), ...run.added],
    security: [...root.texts("securityOpt"), ...run.security],
    mounts: [...mounts, ...features.mounts],
    user: root.text("remoteUser") ?? root.text("containerUser") ?? run.user,
    env: [...namesIn(root.get("containerEnv")), ...namesIn(root.get("remoteEnv")), ...run.env],
    doubts: [
      ...run.doubts.filter(({ about }) => about !== "mounts"),
      ...mounts
        .filter(({ source = "" }) => source.includes("$"))
        .map(({ source, at }) => ({ text: `${source} is not known`, at, about: "mounts" as const })),
      ...features.doubts,
      ...doubtsOf(root),
    ],
  };
  return containerOf(root.text("name")?.text ?? "devcontainer", facts, root.at);
}

type Mount = ContainerFacts["mounts"][number];

const objectsOf = (root: Part): readonly Mount[] =>
  (root.get("mounts")?.items() ?? []).flatMap((part): readonly Mount[] => {
    const [source, target] = [part.text("source")?.text, part.text("target")];
    if (!target) return [];
    const kind = part.text("type")?.text === "bind" ? "bind" : "volume";
    return [{ kind, ...(source === undefined ? {} : { source }), target: target.text, writable: true, at: part.at }];
  });

/** Without another word the project is mounted below /workspaces. */
function workspaceOf(root: Part): Mount {
  const said = root.text("workspaceMount");
  if (said) return mountOf(said);
  const target = root.text("workspaceFolder")?.text ?? "/workspaces/project";
  return { kind: "bind", source: ".", target, writable: true, at: root.at };
}

/** Variables of the host that are known: the project and the home. */
function placed(mount: Mount): Mount {
  const source = mount.source
    ?.replace("${localWorkspaceFolder}", ".")
    .replace("${localEnv:HOME}${localEnv:USERPROFILE}", "~")
    .replace("${localEnv:HOME}", "~");
  const target = mount.target
    .replace("${localWorkspaceFolderBasename}", "project")
    .replace("${containerWorkspaceFolder}", "/workspaces/project");
  return { ...mount, ...(source === undefined ? {} : { source }), target };
}

const namesIn = (part: Part | undefined): readonly Said[] =>
  (part?.keys() ?? []).map((text) => ({ text, at: part?.get(text)?.at ?? { line: 1, column: 1 } }));

function featuresOf(root: Part): Pick<ContainerFacts, "privileged" | "mounts" | "doubts"> {
  const mounts: Mount[] = [];
  const doubts: ContainerFacts["doubts"][number][] = [];
  let privileged: Said | undefined;
  for (const { text, at } of namesIn(root.get("features"))) {
    const name = /^ghcr\.io\/devcontainers\/features\/([a-z-]+)(?::|$)/.exec(text)?.[1] ?? "";
    if (name === "docker-in-docker") privileged = { text: "true", at };
    else if (name.startsWith("docker-outside-of-docker") || name === "docker-from-docker")
      mounts.push({ kind: "bind", source: "/var/run/docker.sock", target: "/var/run/docker-host.sock", writable: true, at });
    else if (!HARMLESS.has(name))
      doubts.push({ text: `feature ${text} is not known; features may ask for rights and mounts`, at, about: "runtime" });
  }
  return { privileged, mounts, doubts };
}

function doubtsOf(root: Part): ContainerFacts["doubts"] {
  const compose = root.get("dockerComposeFile");
  const before = root.get("initializeCommand");
  const about = "runtime" as const;
  return [
    ...(compose ? [{ text: "the compose file says the rest: check it too", at: compose.at, about }] : []),
    ...(before ? [{ text: "initializeCommand runs on the host", at: before.at, about }] : []),
    ...root
      .keys()
      .filter((key) => !INERT.has(key) && !READ.has(key))
      .map((key) => ({ text: `"${key}" is not understood`, at: root.get(key)?.at ?? root.at, about })),
  ];
}
