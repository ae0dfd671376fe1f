import { readSandbox } from "../../load/sandbox.ts";
import { emptyFile, type Problem, readDocuments } from "../../load/source.ts";
import { readBubblewrap } from "./bubblewrap.ts";
import { isClaudeCode, readClaudeCode } from "./claude-code.ts";
import { readCodex } from "./codex.ts";
import { readCompose } from "./compose.ts";
import { type Configured, Part } from "./configured.ts";
import { isDevcontainer, readDevcontainer } from "./devcontainer.ts";
import { readInspect } from "./inspect.ts";
import { withoutComments } from "./json-comments.ts";
import { readKubernetes } from "./kubernetes.ts";
import { readNsjail } from "./nsjail.ts";
import { readRunLine, wordsOf } from "./run-line.ts";
import { readUnitSandbox } from "./systemd.ts";

export interface ReadConfiguration {
  readonly found: readonly Configured[];
  readonly problems: readonly Problem[];
}

const KINDS =
  "a profile, a compose file, a pod or workload, docker inspect's output, a devcontainer.json, a systemd service, an agent's settings, a docker run, bwrap or nsjail line";

/** The sandboxes that a file describes, whatever of the known kinds it is. */
export function readConfiguration(text: string, file: string, folder?: string): ReadConfiguration {
  const line =
    readRunLine(text.trim()) ?? readBubblewrap(wordsOf(text)) ?? readNsjail(wordsOf(text)) ?? readUnitSandbox(text, file);
  if (line) return { found: [line], problems: [] };
  const codex = readCodex(text, file);
  if (codex) return { ...codex, found: codex.found.map((one) => withFolder(one, projectOf(folder))) };
  const sources = readDocuments(/^\s*[{[/]/.test(text) ? withoutComments(text) : text, file);
  if (sources.length === 0) return { found: [], problems: [emptyFile(file)] };
  const found: Configured[] = [];
  const problems: Problem[] = [];
  for (const source of sources) {
    const root = new Part(source, [], source.value);
    if (source.problems.length > 0) problems.push(...source.problems);
    else if (isClaudeCode(root)) found.push(withFolder(readClaudeCode(root), projectOf(folder)));
    else if (root.get("sandbox")) {
      const { sandbox, problems: wrong } = readSandbox(text, file, folder);
      if (sandbox) found.push({ sandbox, at: new Map(), where: root.at });
      problems.push(...wrong);
    } else if (root.get("services")) found.push(...readCompose(root).map((one) => withFolder(one, folder)));
    else if (root.get("kind")) found.push(...(readKubernetes(root) ?? []));
    else if (root.items()[0]?.get("HostConfig")) found.push(...readInspect(root));
    else if (isDevcontainer(root, file)) found.push(withFolder(readDevcontainer(root), projectOf(folder)));
    else problems.push({ file, line: 1, column: 1, message: `expected ${KINDS}` });
  }
  if (found.length === 0 && problems.length === 0)
    problems.push({ file, line: 1, column: 1, message: `no container in it; expected ${KINDS}` });
  return { found, problems };
}

/** The folder that a devcontainer.json or an agent's settings are for. */
const projectOf = (folder: string | undefined): string | undefined =>
  folder?.replace(/\/(\.devcontainer(\/[^/]+)?|\.claude|\.codex)$/, "");

/** Relative sources start at the file's folder. */
function withFolder(one: Configured, folder: string | undefined): Configured {
  if (folder === undefined) return one;
  const below = (path: string): string => (path === "." ? folder : `${folder}/${path.replace(/^\.\//, "")}`);
  const mounts = one.sandbox.mounts.map((mount) => {
    const { source } = mount;
    // Agents work on the host's own paths.
    const target = mount.target.startsWith(".") ? below(mount.target) : mount.target;
    if (mount.kind !== "bind" || !source?.startsWith(".")) return { ...mount, target };
    return { ...mount, source: below(source), target };
  });
  return { ...one, sandbox: { ...one.sandbox, mounts } };
}
