const INSTALLS: ReadonlySet<string> = new Set([
  ...["install", "i", "in", "ins", "inst", "isntall", "add", "ci", "clean-install", "ic", "install-test", "it", "cit"],
  ...["link", "ln", "update", "up", "upgrade", "rebuild", "rb", "dedupe", "prune", "audit"],
]);
const RUNS: ReadonlySet<string> = new Set(["run", "run-script", "rum", "urn"]);
const TESTS: ReadonlySet<string> = new Set(["t", "tst", "test", "it", "cit", "install-test"]);
const OWN: ReadonlySet<string> = new Set(["test", "start", "stop", "restart", "version"]);
const PACKS: ReadonlySet<string> = new Set(["pack", "publish"]);

/** Scripts of package.json that npm (10, "scripts") and its kind run; what comes before and after each is theirs to know. */
export function packageScripts(words: readonly string[], program: string): readonly string[] {
  const [first, second] = words;
  const names: string[] = [];
  if (first === undefined) return program.startsWith("yarn") ? ["install", "prepare"] : [];
  if (RUNS.has(first)) return second === undefined ? [] : [second];
  if (INSTALLS.has(first)) names.push("install", "prepublish", "prepare");
  if (TESTS.has(first)) names.push("test");
  if (PACKS.has(first)) names.push("prepublish", "prepare", "publishOnly", "pack", first);
  if (names.length > 0) return names;
  return OWN.has(first) || program !== "npm" ? [first] : [];
}

/** Events of composer.json (Composer 2, "Scripts") that a subcommand sets off. */
export function composerScripts(words: readonly string[]): readonly string[] {
  const [first = "", second] = words;
  if (first === "run-script" || first === "run") return second === undefined ? [] : [second];
  const event = EVENTS.get(first);
  return [first, ...(event ? [`pre-${event}-cmd`, `post-${event}-cmd`] : []), ...(event ? AROUND : [])];
}

const EVENTS: ReadonlyMap<string, string> = new Map([
  ["install", "install"],
  ["i", "install"],
  ["update", "update"],
  ["u", "update"],
  ["upgrade", "update"],
  ["require", "update"],
  ["remove", "update"],
  ["create-project", "install"],
  ["dump-autoload", "autoload"],
  ["dumpautoload", "autoload"],
  ["status", "status"],
  ["archive", "archive"],
]);
const AROUND = [
  "pre-autoload-dump",
  "post-autoload-dump",
  "post-root-package-install",
  "post-create-project-cmd",
  "init",
  "command",
];
