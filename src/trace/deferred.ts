import { readSystemCrontab } from "../languages/crontab.ts";
import { readCode } from "../languages/read.ts";
import { type Content, textOf } from "../model/content.ts";
import type { Span } from "../model/span.ts";
import { type Argument, exact, exactText } from "../model/value.ts";
import { applyBinding } from "./apply.ts";
import { runShell } from "./code.ts";
import type { Machine } from "./machine.ts";
import type { Located } from "./place.ts";
import { ownShell } from "./runs.ts";
import { type Frame, fork } from "./state.ts";

type Format = "shell" | "crontab" | "system-crontab" | "systemd-unit";

/** Files below a home directory that a shell or session reads as shell code. */
const IN_HOME: ReadonlySet<string> = new Set([
  ".bashrc",
  ".bash_profile",
  ".bash_login",
  ".bash_logout",
  ".bash_aliases",
  ".profile",
  ".zshrc",
  ".zshenv",
  ".zprofile",
  ".zlogin",
  ".zlogout",
  ".kshrc",
  ".xinitrc",
  ".xprofile",
  ".xsession",
  ".xsessionrc",
  ".ssh/rc",
]);
const WHOLE: ReadonlySet<string> = new Set([
  "/etc/profile",
  "/etc/bash.bashrc",
  "/etc/bashrc",
  "/etc/zshrc",
  "/etc/zsh/zshrc",
  "/etc/zsh/zshenv",
  "/etc/rc.local",
  "/etc/rc.d/rc.local",
  "/etc/ssh/sshrc",
]);
const FOLDERS: readonly (readonly [string, Format])[] = [
  ["/etc/profile.d/", "shell"],
  ["/etc/init.d/", "shell"],
  ["/etc/cron.hourly/", "shell"],
  ["/etc/cron.daily/", "shell"],
  ["/etc/cron.weekly/", "shell"],
  ["/etc/cron.monthly/", "shell"],
  ["/etc/update-motd.d/", "shell"],
  ["/etc/network/if-up.d/", "shell"],
  ["/etc/cron.d/", "system-crontab"],
  ["/var/spool/cron/", "crontab"],
];

function formatOf(path: string): Format | undefined {
  if (WHOLE.has(path)) return "shell";
  if (path === "/etc/crontab") return "system-crontab";
  const inHome = belowHome(path);
  if (inHome !== undefined && IN_HOME.has(inHome)) return "shell";
  if (path.includes("/systemd/") && (path.endsWith(".service") || path.endsWith(".timer"))) return "systemd-unit";
  if (path.includes(".git/hooks/")) return "shell";
  return FOLDERS.find(([folder]) => path.startsWith(folder))?.[1];
}

/** `~/x`, `~bob/x`, `/root/x`, `/home/bob/x`, `/Users/bob/x` → `x`. */
function belowHome(path: string): string | undefined {
  if (path.startsWith("/root/")) return path.slice("/root/".length);
  const skip = path.startsWith("~") ? 1 : path.startsWith("/home/") || path.startsWith("/Users/") ? 3 : 0;
  return skip === 0 ? undefined : path.split("/").slice(skip).join("/");
}

/** Code put where something will run it is read as a deferred invocation. */
export function runLater(machine: Machine, frame: Frame, file: Located, content: Content, span: Span): void {
  const path = exactText(file.path);
  const format = path === undefined ? undefined : formatOf(path);
  if (path === undefined || format === undefined || content.lines.length === 0) return;
  if (content.lines.every((line) => line.kind === "unknown")) return;
  const inner = ownShell(
    {
      ...fork(machine, frame),
      place: file.place,
      when: { deferredBy: { kind: "path", value: file.path } },
      cwd: exact("."),
      descriptors: new Map(),
    },
    [],
  );
  const code: Argument = { value: textOf({ ...content, more: false }), count: "one", span };
  if (format === "shell") {
    runShell(machine, inner, code);
    return;
  }
  const binding = format === "system-crontab" ? readSystemCrontab(code) : readCode(format, code, []);
  const call = { program: path, args: [], env: new Map(), span, word: code };
  if (binding) applyBinding(machine, inner, { ...binding, edges: [], doubts: [] }, call, format);
}
