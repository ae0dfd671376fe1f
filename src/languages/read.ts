import type { Binding } from "../model/binding.ts";
import type { Doubt } from "../model/doubt.ts";
import { type Argument, originOf, type Value } from "../model/value.ts";
import { readAppleScript } from "./applescript.ts";
import { readAwk } from "./awk.ts";
import { readBuildScript } from "./build-script.ts";
import { readCMake } from "./cmake.ts";
import { readCrontab } from "./crontab.ts";
import { readCompose } from "./documents/compose.ts";
import { readDockerfile } from "./documents/dockerfile.ts";
import { readKubernetes } from "./documents/kubernetes.ts";
import { readAnsible, readKubeconfig, readPreCommit, readTaskfile } from "./documents/tasks.ts";
import { readEd } from "./ed.ts";
import { readGdb } from "./gdb.ts";
import { readJavaScript } from "./javascript/read.ts";
import { readLiterals } from "./literals.ts";
import { readM4 } from "./m4.ts";
import { readMake } from "./make.ts";
import { readComposerScripts, readPackageScripts } from "./package-scripts.ts";
import { readEncodedPowerShell, readPowerShell } from "./powershell.ts";
import { readPython } from "./python/read.ts";
import { readGyp, readLogrotate, readRTorrent, readTerraform, readTmux } from "./rc-commands.ts";
import { RC_LANGUAGES, readRcLines } from "./rc-lines.ts";
import { readJustfile, readTox } from "./recipes.ts";
import { readDependencies, readPyproject, readRequirements } from "./requirements.ts";
import { readPic, readRoff } from "./roff.ts";
import { lua } from "./script/lua.ts";
import { perl } from "./script/perl.ts";
import { php, withoutTags } from "./script/php.ts";
import { readerOf } from "./script/reader.ts";
import { ruby } from "./script/ruby.ts";
import { readSed } from "./sed.ts";
import { readSql } from "./sql.ts";
import { readTcl } from "./tcl.ts";
import { readTransfer } from "./transfer.ts";
import { readUnit } from "./unit.ts";
import { elispMayReachOut, givesShell, mayReachOut, rMayReachOut } from "./unread.ts";
import { readVim } from "./vim.ts";

type Reader = (code: Argument, args: readonly Argument[]) => Binding | undefined;

const READERS: ReadonlyMap<string, Reader> = new Map([
  ["ansible", readAnsible],
  ["applescript", readAppleScript],
  ["awk", readAwk],
  ["cmake", readCMake],
  ["compose", readCompose],
  ["composer-scripts", readComposerScripts],
  ["crontab", readCrontab],
  ["dockerfile", readDockerfile],
  ["ed", readEd],
  ["ftp", readTransfer("ftp")],
  ["gdb", readGdb],
  ["justfile", readJustfile],
  ["kubeconfig", readKubeconfig],
  ["kubernetes", readKubernetes],
  ["lftp", readTransfer("lftp")],
  ["lua", readerOf(lua)],
  ["m4", readM4],
  ["make", readMake],
  ["mysql", readSql("mysql")],
  ["javascript", readJavaScript],
  ["package-scripts", readPackageScripts],
  ["perl", readerOf(perl)],
  ["pre-commit", readPreCommit],
  ["php", readerOf(php, false, withoutTags)],
  ["pic", readPic],
  ["roff", readRoff],
  ["perl-lines", readerOf(perl, true)],
  ["powershell", readPowerShell],
  ["powershell-encoded", readEncodedPowerShell],
  ["python", readPython],
  ["ruby", readerOf(ruby)],
  ["ruby-lines", readerOf(ruby, true)],
  ["psql", readSql("psql")],
  ["sed", readSed],
  ["sftp", readTransfer("ftp")],
  ["sqlite", readSql("sqlite")],
  ["systemd-unit", readUnit],
  ["taskfile", readTaskfile],
  ["tcl", readTcl],
  ["tox", readTox],
  ["build-script", readBuildScript],
  ["gyp", readGyp],
  ["package-dependencies", readDependencies],
  ["pyproject", readPyproject],
  ["requirements", readRequirements],
  ["logrotate", readLogrotate],
  ["rtorrent", readRTorrent],
  ["terraform", readTerraform],
  ["tmux", readTmux],
  ...RC_LANGUAGES.map((name): [string, Reader] => [name, readRcLines(name)]),
  ["vim", readVim],
]);

/** Languages that nothing here reads, and by what their code reaches beyond itself. */
const UNREAD: ReadonlyMap<string, (code: Value) => boolean> = new Map([
  ["elisp", elispMayReachOut],
  ["r", rMayReachOut],
]);

/** What a script of the project does besides, the project answers for. */
const ofTheProject = (read: Binding): Binding => ({
  ...read,
  doubts: read.doubts.map((doubt) => (doubt.kind === "opaque-code" ? { ...doubt, source: "project" } : doubt)),
});

/** What code in a language other than shell does, as data. Code that nothing here reads is opaque. */
export function readCode(
  language: string,
  code: Argument,
  args: readonly Argument[],
  from: "inline" | "file" = "inline",
): Binding {
  const reader = READERS.get(language);
  const read = reader?.(code, args);
  if (read) return from === "file" && language === "powershell" ? ofTheProject(read) : read;
  const reaches =
    reader !== undefined ||
    language === "powershell-encoded" ||
    (from === "file" ? givesShell(code.value) : (UNREAD.get(language) ?? mayReachOut)(code.value));
  const by = originOf(code.value)?.by;
  const doubt: Doubt = {
    kind: "opaque-code",
    text: `${language} code`,
    span: code.span,
    role: "code",
    source: reaches ? "inline" : "project",
    about: [],
    ...(by ? { by } : {}),
  };
  const { effects, edges, runs } = readLiterals(code);
  return {
    effects,
    edges: [...edges, { from: { kind: "process" }, to: { kind: "stdout" }, span: code.span }],
    runs,
    doubts: [doubt],
  };
}

const INTERPRETERS: ReadonlyMap<string, string> = new Map([
  ...["sh", "bash", "dash", "zsh", "ksh", "ash", "mksh", "rbash", "fish", "csh", "tcsh"].map((name): [string, string] => [
    name,
    "shell",
  ]),
  ...["python", "python2", "python3", "pypy", "pypy3"].map((name): [string, string] => [name, "python"]),
  ...["node", "nodejs", "bun", "deno"].map((name): [string, string] => [name, "javascript"]),
  ["perl", "perl"],
  ["ruby", "ruby"],
  ["php", "php"],
  ["lua", "lua"],
  ["awk", "awk"],
  ["gawk", "awk"],
  ["mawk", "awk"],
]);

/** The language an interpreter reads; undefined when it is not one of ours. */
export function languageOf(interpreter: string): string | undefined {
  return INTERPRETERS.get(interpreter);
}
