import { type Argument, exactText } from "../model/value.ts";

const NEGATIONS: ReadonlySet<string> = new Set(["!", "-not"]);
const ALTERNATIVES: ReadonlySet<string> = new Set(["-o", "-or", ","]);
const NAMES: ReadonlySet<string> = new Set(["-name", "-iname", "-path", "-ipath", "-wholename", "-iwholename"]);

/**
 * Whether all that find acts on has one of the names its tests ask for: no `!`, and `-o` only between names in
 * parentheses. `find / ! -name x -delete` and `find / -name x -o -delete` are why.
 */
export function narrows(args: readonly Argument[]): boolean {
  let depth = 0;
  let onlyNames = true;
  let chosen = false;
  for (let i = 0; i < args.length; i++) {
    const argument = args[i];
    const word = argument && exactText(argument.value);
    if (word === undefined) {
      if (depth > 0) onlyNames = false;
      continue;
    }
    if (NEGATIONS.has(word)) return false;
    if (word === "(") {
      depth++;
      onlyNames = true;
      chosen = false;
    } else if (word === ")") {
      if (chosen && !onlyNames) return false;
      depth--;
    } else if (ALTERNATIVES.has(word)) {
      if (depth !== 1 || word === ",") return false;
      chosen = true;
    } else if (NAMES.has(word)) i++;
    else if (depth > 0) onlyNames = false;
  }
  return true;
}
