import { spawnSync } from "node:child_process";
import { NOBODY } from "./nobody.ts";

const PROGRAMS = [
  ["bwrap", "bubblewrap"],
  ["strace", "strace"],
  ["nsenter", "util-linux"],
  ["ip", "iproute2"],
] as const;

/** What a machine lacks to run commands for real, each with the way to get it; empty when nothing is missing. */
export function missing(programs: readonly string[]): readonly string[] {
  if (process.platform !== "linux") return ["commands are run for real on Linux only"];
  const absent = PROGRAMS.filter(([name]) => programs.includes(name) && spawnSync(name, ["--version"]).error !== undefined);
  if (absent.length > 0) return absent.map(([name, debian]) => `${name} is not installed: apt-get install ${debian}`);
  const tried = spawnSync("bwrap", ["--ro-bind", "/", "/", "--unshare-all", "--", "true"], { ...NOBODY, encoding: "utf8" });
  if (tried.status === 0) return [];
  return [
    `bubblewrap cannot make user namespaces (${tried.stderr.trim()}): set kernel.unprivileged_userns_clone=1, or let the container's seccomp profile allow unshare`,
  ];
}
