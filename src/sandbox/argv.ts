import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { NOBODY } from "./nobody.ts";
import { readRecords, type Started } from "./records.ts";
import { runScript } from "./run-script.ts";
import { addStubs, makeStubs } from "./stubs.ts";
import { layOut, WORLD } from "./template.ts";
import { changed, readTree, type Tree } from "./tree.ts";

/** What real bash did with a command. */
export interface ArgvRun {
  readonly started: readonly Started[];
  /** Paths that were made, changed or deleted by redirections and by the programs that run for real. */
  readonly changed: readonly string[];
  readonly stderr: string;
  /** Ended by the time limit; what was seen so far is in it. */
  readonly late: boolean;
}

export interface StubBehaviour {
  readonly code: number;
  readonly output: string;
}

/** Milliseconds of the clock; a watchdog only. */
const TIME_LIMIT = 4000;

/** Real bash between recording stubs, in a throw-away copy of a small machine, without network. */
export class ArgvOracle {
  private readonly folder: string;
  private readonly before: Tree;
  private number = 0;

  /** `names`: programs that shall be found. */
  constructor(names: Iterable<string>) {
    this.folder = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "argvet-verify-"));
    chmodSync(this.folder, 0o755);
    makeStubs(join(this.folder, "bin"), names);
    writeFileSync(join(this.folder, "run.sh"), runScript("/.v/bin/bash", 200, 2));
    layOut(join(this.folder, "template"));
    this.before = readTree(join(this.folder, "template"));
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Resolves to undefined if the command cannot be given to bash: it holds a NUL, or is too long (execve(2): 128 KiB). */
  async run(command: string, names: Iterable<string>, stub: StubBehaviour): Promise<ArgvRun | undefined> {
    if (command.includes("\0") || Buffer.byteLength(command) > 131_000) return undefined;
    addStubs(join(this.folder, "bin"), names);
    const own = join(this.folder, String(this.number++));
    const [root, control] = [join(own, "root"), join(own, "v")];
    layOut(root);
    mkdirSync(join(control, "log"), { recursive: true });
    chmodSync(join(control, "log"), 0o777);
    writeFileSync(join(control, "code"), `${stub.code}\n`);
    writeFileSync(join(control, "out"), stub.output);
    try {
      const { stderr, late } = await sandboxed(this.mounts(root, control), command);
      const started = readRecords(join(control, "log"));
      return started && { started, changed: changed(this.before, readTree(root)), stderr, late };
    } finally {
      rmSync(own, { recursive: true, force: true });
    }
  }

  private mounts(root: string, control: string): readonly string[] {
    const bin = join(this.folder, "bin");
    return [
      ...["--bind", root, "/", "--ro-bind", "/usr", "/usr", "--ro-bind", bin, "/usr/bin", "--ro-bind", bin, "/usr/sbin"],
      ...["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/.v"],
      ...["--ro-bind", "/usr/bin", "/.v/bin", "--bind", join(control, "log"), "/.v/log"],
      ...["--ro-bind", join(control, "code"), "/.v/code", "--ro-bind", join(control, "out"), "/.v/out"],
      ...["--ro-bind", join(this.folder, "run.sh"), "/.v/run.sh"],
    ];
  }
}

const SETTINGS = { HOME: WORLD.home, USER: WORLD.user, LOGNAME: WORLD.user, PATH: "/usr/bin:/bin", LANG: "C", TERM: "dumb" };

function sandboxed(mounts: readonly string[], command: string): Promise<{ readonly stderr: string; readonly late: boolean }> {
  const settings = Object.entries({ ...SETTINGS, VERIFY_COMMAND: command }).flatMap(([name, text]) => ["--setenv", name, text]);
  const args = ["--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL", "--uid", "1000", "--gid", "1000"];
  const child = spawn(
    "bwrap",
    [...args, ...mounts, "--clearenv", ...settings, "--chdir", WORLD.cwd, "/.v/bin/bash", "/.v/run.sh"],
    {
      ...NOBODY,
      stdio: ["ignore", "ignore", "pipe"],
    },
  );
  return new Promise((resolve, reject) => {
    let stderr = "";
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      child.kill("SIGKILL");
    }, TIME_LIMIT);
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      if (stderr.length < 10_000) stderr += text;
    });
    child.on("error", reject);
    child.on("close", () => {
      clearTimeout(timer);
      resolve({ stderr, late });
    });
  });
}
