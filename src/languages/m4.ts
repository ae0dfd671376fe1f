import type { Binding } from "../model/binding.ts";
import { type Argument, exact, exactText } from "../model/value.ts";
import { Draft } from "./binding-parts.ts";

/** Macros through which a name is made or quotes are changed: what is called is not what is written. */
const DISGUISES = ["indir", "builtin", "changequote", "changecom", "debugfile", "defn"];

/** GNU m4 1.4.19, "Shell commands" and "File inclusion": the rest makes text of text. */
export function readM4(code: Argument): Binding | undefined {
  const text = exactText(code.value);
  if (text === undefined) return undefined;
  const draft = new Draft(code);
  for (const { name, argument } of macrosOf(text)) {
    const known = !argument.includes("$");
    if (name === "include" || name === "sinclude" || name === "undivert") {
      if (argument !== "" && known && !isNumber(argument)) draft.reads(exact(argument));
    } else if (known) draft.shell(exact(argument, code.value.from));
    else draft.opaque("m4 runs shell text that is made of its macros' arguments");
  }
  if (text.includes("cmd") && DISGUISES.some((name) => text.includes(name))) draft.opaque("m4 code");
  draft.edge({ kind: "data", value: code.value, span: draft.span }, { kind: "stdout" });
  return draft.binding();
}

interface Macro {
  readonly name: string;
  readonly argument: string;
}

const CALLED: ReadonlySet<string> = new Set(["syscmd", "esyscmd", "include", "sinclude", "undivert"]);

function macrosOf(text: string): readonly Macro[] {
  const found: Macro[] = [];
  let name = "";
  for (let at = 0; at < text.length && found.length < 64; at++) {
    const char = text.charAt(at);
    if (isName(char)) name += char;
    else {
      // With `m4 -P` all of them begin so.
      const plain = name.startsWith("m4_") ? name.slice(3) : name;
      if (char === "(" && CALLED.has(plain)) found.push({ name: plain, argument: argumentAt(text, at + 1) });
      name = "";
    }
  }
  return found;
}

/** The first argument, without its outer quotes: a comma or the bracket that nothing opened ends it. */
function argumentAt(text: string, start: number): string {
  let out = "";
  let quotes = 0;
  let brackets = 0;
  for (let at = start; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === "`" && quotes++ === 0) continue;
    if (char === "'" && quotes > 0 && --quotes === 0) continue;
    if (quotes === 0) {
      if (char === "(") brackets++;
      if ((char === "," && brackets === 0) || (char === ")" && brackets-- === 0)) break;
    }
    out += char;
  }
  return out.trim();
}

const isNumber = (text: string): boolean => [...text].every((char) => char >= "0" && char <= "9");
const isName = (char: string): boolean =>
  (char >= "a" && char <= "z") || (char >= "A" && char <= "Z") || (char >= "0" && char <= "9") || char === "_";
