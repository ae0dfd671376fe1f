import type { Binding, Run } from "../../model/binding.ts";
import { type Argument, exact } from "../../model/value.ts";
import { Draft } from "../binding-parts.ts";
import { knownText } from "../known-text.ts";
import { at, isTrue, listAt, tablesOf, textAt, textsAt } from "./data.ts";
import { type Data, readDocuments } from "./yaml.ts";

type Reading = (draft: Draft, document: Data) => void;

/** A reader of YAML documents; what it looks for in each is told. */
const readerOf =
  (reading: Reading) =>
  (code: Argument): Binding | undefined => {
    const text = knownText(code);
    const documents = text === undefined ? undefined : readDocuments(text);
    if (!documents) return undefined;
    const draft = new Draft(code);
    for (const document of documents) reading(draft, document);
    return draft.binding();
  };

/** A Taskfile (Task 3): commands of every task, any of which may be asked for, and variables that a shell gives. */
export const readTaskfile = readerOf((draft, document) => {
  const tasks = at(document, "tasks");
  for (const table of tablesOf(document)) {
    const shell = textAt(table, "sh");
    if (shell !== undefined) draft.shell(exact(shell));
  }
  for (const task of tasks instanceof Map ? tasks.values() : []) {
    const commands = Array.isArray(task) || typeof task === "string" ? task : (at(task, "cmds") ?? at(task, "cmd") ?? "");
    for (const command of typeof commands === "string" ? [commands] : Array.isArray(commands) ? commands : [])
      runText(draft, typeof command === "string" ? command : (textAt(command, "cmd") ?? textAt(command, "defer")));
    for (const test of [...textsAt(task, "status"), ...textsAt(task, "preconditions")]) runText(draft, test);
  }
});

const runText = (draft: Draft, text: string | undefined): void => {
  if (text !== undefined && text !== "") draft.shell(exact(text));
};

/** .pre-commit-config.yaml (pre-commit 3): hooks of repository `local` name their program here. */
export const readPreCommit = readerOf((draft, document) => {
  for (const repository of listAt(document, "repos")) {
    if (textAt(repository, "repo") !== "local") continue;
    for (const hook of listAt(repository, "hooks")) {
      const entry = textAt(hook, "entry");
      const language = textAt(hook, "language") ?? "system";
      if (entry !== undefined && !["docker", "docker_image", "fail", "pygrep"].includes(language))
        draft.shell(exact([entry, ...textsAt(hook, "args")].join(" ")));
    }
  }
});

const MODULES: ReadonlySet<string> = new Set(["shell", "command", "raw"]);

/** An Ansible playbook (ansible-core 2.16): commands of its tasks, on this machine or on the hosts it names. */
export const readAnsible = readerOf((draft, document) => {
  for (const play of Array.isArray(document) ? (document as readonly Data[]) : [document]) {
    const hosts = textAt(play, "hosts") ?? "localhost";
    const here = hosts === "localhost" || hosts === "127.0.0.1" || textAt(play, "connection") === "local";
    for (const task of tablesOf(play)) {
      const root = isTrue(task, "become") || isTrue(play, "become");
      for (const [key, value] of task)
        if (MODULES.has(key.slice(key.lastIndexOf(".") + 1)) && (here || textAt(task, "delegate_to") === "localhost"))
          draft.runs.push(...command(draft, value, root));
        else if (MODULES.has(key.slice(key.lastIndexOf(".") + 1)))
          draft.runs.push(
            ...command(draft, value, root).map((run): Run => ({ ...run, enters: { kind: "remote", name: exact(hosts) } })),
          );
    }
  }
});

function command({ span }: Draft, value: Data, root: boolean): readonly Run[] {
  const argv = textsAt(value, "argv");
  const text = typeof value === "string" ? value : (textAt(value, "cmd") ?? argv.join(" "));
  if (text === "") return [];
  const code: Argument = { value: exact(text), count: "one", span };
  return [{ as: "shell", shell: "sh", code, args: [], span, ...(root ? { becomes: exact("root") } : {}) }];
}

/** A kubeconfig (client-go 1.29): `exec` of a user is run to get credentials. */
export const readKubeconfig = readerOf((draft, document) => {
  const { span } = draft;
  for (const user of listAt(document, "users")) {
    const exec = at(user, "user", "exec") ?? at(user, "user", "auth-provider", "config");
    const program = textAt(exec, "command") ?? textAt(exec, "cmd-path");
    if (program === undefined) continue;
    const argv = [program, ...textsAt(exec, "args")].map((text): Argument => ({ value: exact(text), count: "one", span }));
    draft.runs.push({ as: "argv", argv, span });
  }
});
