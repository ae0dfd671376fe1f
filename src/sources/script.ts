import type { Context } from "../model/subject.ts";

type Shell = NonNullable<Context["shell"]>;
const SHELLS: ReadonlySet<string> = new Set<Shell>(["sh", "bash", "dash", "zsh", "ash", "ksh"]);
const OTHER_NAMES: ReadonlyMap<string, Shell> = new Map([
  ["mksh", "ksh"],
  ["ksh93", "ksh"],
  ["rbash", "bash"],
]);

/**
 * Which shell reads a script: by its first line, else by its name, else bash, which understands most; `.sh` says nothing.
 * `other`: the first line names a program that is no shell.
 */
export function shellOf(text: string, file: string): { readonly shell: Shell } | { readonly other: string } {
  const interpreter = interpreterOf(text);
  if (interpreter !== undefined) {
    const shell = asShell(interpreter);
    return shell ? { shell } : { other: interpreter };
  }
  const ending = file.slice(file.lastIndexOf(".") + 1);
  return { shell: (ending === "sh" ? undefined : asShell(ending)) ?? "bash" };
}

function asShell(name: string): Shell | undefined {
  return isShell(name) ? name : OTHER_NAMES.get(name);
}

const isShell = (name: string): name is Shell => SHELLS.has(name);

/** `#!/bin/bash -e`, `#!/usr/bin/env -S FOO=1 zsh`: the program's name without folders. */
function interpreterOf(text: string): string | undefined {
  const [line = ""] = text.split("\n", 1);
  if (!line.startsWith("#!")) return undefined;
  const words = line
    .slice(2)
    .split(/[ \t\r]/)
    .filter((word) => word !== "");
  const names = words.map((word) => word.slice(word.lastIndexOf("/") + 1));
  if (names[0] !== "env") return names[0];
  return names.find((name, i) => i > 0 && !name.startsWith("-") && !name.includes("="));
}
