import type { Run } from "../model/binding.ts";
import type { Resource } from "../model/resource.ts";
import { type Argument, exact, exactText, piecesOf } from "../model/value.ts";

const SHELLS: ReadonlySet<string> = new Set(["sh", "bash", "dash", "zsh", "ksh", "ash", "csh", "tcsh", "fish"]);

/** Characters that a path inside other text (code, `key=value`, a URL's tail) ends at. */
const ENDS = " \t\n\"'`()[]{}<>|;,=&!?*$\\:@#%";

/** Absolute paths that stand anywhere in an argument's text: `Include /etc/shadow`, `open("/etc/shadow")`, `--opts=@/etc/shadow`. */
export function pathsInside(argument: Argument): readonly Resource[] {
  const found: Resource[] = [];
  for (const piece of piecesOf(argument.value)) {
    if (typeof piece !== "string" || found.length >= 16) continue;
    for (const word of wordsOf(piece)) {
      if (word.length > 2 && (word.startsWith("/") || word.startsWith("~/")) && !word.startsWith("//"))
        found.push({ kind: "path", value: exact(word) });
    }
  }
  return found;
}

function* wordsOf(text: string): Iterable<string> {
  let start = 0;
  for (let at = 0; at <= text.length; at++) {
    if (at < text.length && !ENDS.includes(text[at] ?? "")) continue;
    if (at > start) yield text.slice(start, at);
    start = at + 1;
  }
}

/** A program that we do not know is handed a shell (`choom -n 0 /bin/sh`, `--pre-hook '/bin/sh -c …'`, `system("/bin/sh")`): it may well run it. */
export function shellsAmong(args: readonly Argument[]): readonly Run[] {
  for (const [i, argument] of args.entries()) {
    const text = exactText(argument.value);
    if (text === undefined) continue;
    const next = exactText(args[i + 1]?.value) ?? "";
    if (isShellPath(text) || (SHELLS.has(text) && (next === "-c" || next === "-i")))
      return [{ as: "argv", argv: args.slice(i), span: argument.span }];
    const inside = [...wordsOf(text)].find(isShellPath);
    if (inside === undefined) continue;
    const starts = text.startsWith(`${inside} `);
    const value = exact(starts ? text : inside, argument.value.from);
    return [{ as: "shell", shell: "sh", code: { value, count: "one", span: argument.span }, args: [], span: argument.span }];
  }
  return [];
}

function isShellPath(text: string): boolean {
  const slash = text.lastIndexOf("/");
  return slash >= 0 && text.slice(0, slash).endsWith("/bin") && SHELLS.has(text.slice(slash + 1));
}
