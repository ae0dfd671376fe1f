import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Call, readCalls } from "./calls.ts";
import { NOBODY } from "./nobody.ts";
import { runScript } from "./run-script.ts";
import { Sink } from "./sink.ts";
import { layOut, WORLD } from "./template.ts";
import { changed, readTree, type Tree } from "./tree.ts";

/** What real programs did. */
export interface EffectsRun {
  readonly calls: readonly Call[];
  readonly changed: readonly string[];
  /** Those of them that are not the same but for their mode. */
  readonly rewritten: readonly string[];
  /** All that reached the caller, the sink, or a file that is new or changed. */
  readonly output: Buffer;
  readonly sent: Buffer;
  readonly files: Buffer;
  readonly names: ReadonlyMap<string, string>;
  readonly late: boolean;
}

/** Calls that change something or say what is read; the rest is not worth its time. */
const TRACED = [
  "execve,execveat,open,openat,openat2,creat,unlink,unlinkat,rmdir,rename,renameat,renameat2,link,linkat,symlink,symlinkat,mkdir,mkdirat",
  "mknod,mknodat,chmod,fchmodat,chown,lchown,fchownat,truncate,utimensat,setxattr,removexattr,connect,bind,mount,umount2,pivot_root",
  "chroot,setns,ptrace,init_module,finit_module,delete_module,kexec_load,reboot,sethostname,swapon,swapoff",
].join(",");
const TIME_LIMIT = 6000;
const KEPT = 1 << 18;

/** Real programs in a copy of a small machine, watched from outside, in a network that leads nowhere. */
export class EffectsOracle {
  private readonly before: Tree;
  private number = 0;

  private constructor(
    private readonly folder: string,
    private readonly sink: Sink,
  ) {
    layOut(join(folder, "template"));
    this.before = readTree(join(folder, "template"));
  }

  static async open(): Promise<EffectsOracle> {
    const folder = mkdtempSync(join(tmpdir(), "argvet-verify-"));
    chmodSync(folder, 0o755);
    writeFileSync(join(folder, "run.sh"), runScript("/usr/bin/bash", 300, 4));
    mkdirSync(join(folder, "net"));
    chmodSync(join(folder, "net"), 0o777);
    return new EffectsOracle(folder, await Sink.open(join(folder, "net")));
  }

  close(): void {
    this.sink.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async run(command: string): Promise<EffectsRun | undefined> {
    if (command.includes("\0") || Buffer.byteLength(command) > 131_000) return undefined;
    const own = join(this.folder, String(this.number++));
    const [root, trace] = [join(own, "root"), join(own, "trace")];
    layOut(root);
    mkdirSync(trace);
    chmodSync(trace, 0o777);
    this.sink.take();
    try {
      const { output, late } = await this.sandboxed(root, trace, command);
      const after = readTree(root);
      const paths = changed(this.before, after);
      const rewritten = paths.filter((path) => contentOf(this.before.get(path)) !== contentOf(after.get(path)));
      const files = [...after].filter(([path, entry]) => contentOf(this.before.get(path)) !== contentOf(entry));
      return {
        calls: readCalls(trace, root, command),
        changed: paths,
        rewritten,
        output,
        sent: this.sink.take(),
        files: Buffer.from(files.map(([, entry]) => entry).join("\n"), "latin1"),
        names: this.sink.names(),
        late,
      };
    } finally {
      rmSync(own, { recursive: true, force: true });
    }
  }

  private sandboxed(root: string, trace: string, command: string): Promise<{ readonly output: Buffer; readonly late: boolean }> {
    const settings = Object.entries({ ...SETTINGS, VERIFY_COMMAND: command }).flatMap(([name, text]) => ["--setenv", name, text]);
    const child = spawn(
      "strace",
      [
        ...["-ff", "-xx", "-y", "-qq", "-s", "4096", "--pidns-translation", "-e", `trace=${TRACED}`, "-e", "signal=none"],
        ...["-o", join(trace, "t"), "nsenter", "--target", String(this.sink.pid), "--user", "--net", "--preserve-credentials"],
        ...["bwrap", "--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--die-with-parent", "--new-session"],
        ...["--cap-drop", "ALL", "--uid", "1000", "--gid", "1000", "--bind", root, "/", "--ro-bind", "/usr", "/usr"],
        ...["--ro-bind-try", "/etc/alternatives", "/etc/alternatives", "--ro-bind-try", "/etc/ssl", "/etc/ssl"],
        ...["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/.v", "--ro-bind", join(this.folder, "run.sh"), "/.v/run.sh"],
        ...["--clearenv", ...settings, "--chdir", WORLD.cwd, "/usr/bin/bash", "/.v/run.sh"],
      ],
      { ...NOBODY, stdio: ["ignore", "pipe", "pipe"], cwd: "/" },
    );
    return new Promise((resolve, reject) => {
      const parts: Buffer[] = [];
      let size = 0;
      let late = false;
      const timer = setTimeout(() => {
        late = true;
        child.kill("SIGKILL");
      }, TIME_LIMIT);
      const keep = (data: Buffer): void => {
        if (size < KEPT) parts.push(data);
        size += data.length;
      };
      child.stdout.on("data", keep);
      child.stderr.on("data", keep);
      child.on("error", reject);
      child.on("close", () => {
        clearTimeout(timer);
        resolve({ output: Buffer.concat(parts), late });
      });
    });
  }
}

/** What a tree says of a path, without its mode. */
const contentOf = (entry: string | undefined): string | undefined => entry?.slice(entry.indexOf(" "));

const SETTINGS = {
  HOME: WORLD.home,
  USER: WORLD.user,
  LOGNAME: WORLD.user,
  PATH: "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
  LANG: "C",
  TERM: "dumb",
  PAGER: "cat",
};
