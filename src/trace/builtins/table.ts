import type { Call } from "../invoke.ts";
import type { Machine } from "../machine.ts";
import type { Frame } from "../state.ts";
import { command, evaluate, execute, source, trap } from "./code.ts";
import { alwaysFails, alwaysSucceeds, exit, nothing, returns } from "./control.ts";
import { declareCalled } from "./declare.ts";
import { changeDirectory, popDirectory, pushDirectory } from "./directories.ts";
import { alias, bindKey, complete, enable, hash, test, unalias } from "./names.ts";
import { getopts, letArithmetic, mapfile, printInto, read, set, shift, shopt, unset, wait } from "./variables.ts";

/** What the shell does itself. False: not this time, let the program's facts say. */
export type Builtin = (machine: Machine, frame: Frame, call: Call) => boolean;

export const BUILTINS: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  ["eval", evaluate],
  ["source", source],
  [".", source],
  ["exec", execute],
  ["command", command],
  ["builtin", command],
  ["nocorrect", command],
  ["noglob", command],
  ["declare", declareCalled],
  ["typeset", declareCalled],
  ["export", declareCalled],
  ["local", declareCalled],
  ["readonly", declareCalled],
  ["trap", trap],
  ["cd", changeDirectory],
  ["chdir", changeDirectory],
  ["pushd", pushDirectory],
  ["popd", popDirectory],
  ["set", set],
  ["shift", shift],
  ["unset", unset],
  ["read", read],
  ["mapfile", mapfile],
  ["readarray", mapfile],
  ["printf", printInto],
  ["let", letArithmetic],
  ["getopts", getopts],
  ["wait", wait],
  ["alias", alias],
  ["unalias", unalias],
  ["enable", enable],
  ["hash", hash],
  ["bind", bindKey],
  ["complete", complete],
  ["compgen", complete],
  ["test", test],
  ["[", test],
  ["true", alwaysSucceeds],
  [":", alwaysSucceeds],
  ["false", alwaysFails],
  ["exit", exit],
  ["shopt", shopt],
  ["logout", exit],
  ["return", returns],
  ...[
    "break",
    "continue",
    "type",
    "times",
    "umask",
    "jobs",
    "fg",
    "bg",
    "disown",
    "dirs",
    "help",
    "caller",
    "suspend",
    "ulimit",
    "setopt",
    "unsetopt",
    "autoload",
    "compinit",
    "rehash",
  ].map((name): [string, Builtin] => [name, nothing]),
]);
