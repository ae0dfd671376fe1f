import type { Binding } from "../model/binding.ts";
import { type Argument, exact } from "../model/value.ts";
import { Draft } from "./binding-parts.ts";
import { at } from "./documents/data.ts";
import { readJson } from "./documents/json.ts";
import { knownText } from "./known-text.ts";
import { quoted } from "./text-calls.ts";

const INDEXES: ReadonlySet<string> = new Set(["-i", "--index-url", "--extra-index-url", "-f", "--find-links", "--trusted-host"]);

/** requirements.txt (pip 24): what it takes from elsewhere than the registry is as if it stood on pip's command line. */
export function readRequirements(code: Argument): Binding | undefined {
  const text = knownText(code);
  if (text === undefined) return undefined;
  const draft = new Draft(code);
  for (const line of text.split("\n")) {
    const [bare = ""] = line.trim().split(" #");
    const words = bare.split(" ");
    const [first = ""] = words;
    const option = first.split("=")[0] ?? "";
    if (INDEXES.has(option)) install(draft, ["pip", "install", ...words, "x"]);
    else if (first === "-e" || first === "--editable") install(draft, ["pip", "install", ...words]);
    else if (isElsewhere(bare)) install(draft, ["pip", "install", sourceOf(bare)]);
  }
  return draft.binding();
}

/** pyproject.toml (PEP 518, 621): requirements that name where they come from. */
export function readPyproject(code: Argument): Binding | undefined {
  const text = knownText(code);
  if (text === undefined) return undefined;
  const draft = new Draft(code);
  for (let i = 0; i < text.length; i++) {
    if (text[i] !== '"' && text[i] !== "'") continue;
    const [inner, end] = quoted(text, i);
    if (inner.includes(" @ ") || inner.includes("@http") || inner.includes("@git+"))
      install(draft, ["pip", "install", sourceOf(inner)]);
    i = end;
  }
  return draft.binding();
}

/** `name @ https://h/x.tgz ; marker` → `https://h/x.tgz` (PEP 508) */
function sourceOf(requirement: string): string {
  const at = requirement.includes(" @ ") ? requirement.indexOf(" @ ") + 3 : requirement.indexOf("@http") + 1;
  return requirement.slice(at).split(" ;")[0]?.trim() ?? requirement;
}

const KINDS = ["dependencies", "devDependencies", "optionalDependencies"];

/** package.json (npm 10, "dependencies"): archives and repositories that it fetches from elsewhere than the registry. */
export function readDependencies(code: Argument): Binding | undefined {
  const text = knownText(code);
  const document = text === undefined ? undefined : readJson(text);
  if (document === undefined) return undefined;
  const draft = new Draft(code);
  for (const kind of KINDS) {
    const named = at(document, kind);
    for (const version of named instanceof Map ? named.values() : [])
      if (typeof version === "string" && isElsewhere(version)) install(draft, ["npm", "install", version]);
  }
  return draft.binding();
}

const isElsewhere = (text: string): boolean => text.includes("://") && !text.startsWith("#");

function install(draft: Draft, words: readonly string[]): void {
  const { span } = draft;
  draft.runs.push({ as: "argv", argv: words.map((word): Argument => ({ value: exact(word), count: "one", span })), span });
}
