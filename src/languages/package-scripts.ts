import type { Binding } from "../model/binding.ts";
import { type Argument, exact, exactText } from "../model/value.ts";
import { Draft } from "./binding-parts.ts";
import { at, textAt } from "./documents/data.ts";
import { readJson } from "./documents/json.ts";
import { knownText } from "./known-text.ts";

/** package.json (npm 10, "scripts"): each script asked for, with the ones that run before and after it. */
export function readPackageScripts(code: Argument, asked: readonly Argument[]): Binding | undefined {
  const text = knownText(code);
  const document = text === undefined ? undefined : readJson(text);
  if (document === undefined) return undefined;
  const draft = new Draft(code);
  for (const { value } of asked) {
    const name = exactText(value);
    if (name === undefined) continue;
    for (const script of [`pre${name}`, name, `post${name}`]) {
      const line = textAt(document, "scripts", script);
      if (line !== undefined) draft.shell(exact(line, code.value.from));
    }
  }
  return draft.binding();
}

const DEEPEST = 8;

/** composer.json (Composer 2, "scripts"): lines for a shell, `@php CODE`, `@composer …`, `@other` and names of PHP callbacks. */
export function readComposerScripts(code: Argument, asked: readonly Argument[]): Binding | undefined {
  const text = knownText(code);
  const document = text === undefined ? undefined : readJson(text);
  if (document === undefined) return undefined;
  const draft = new Draft(code);
  const run = (name: string, depth: number): void => {
    const script = at(document, "scripts", name);
    for (const line of typeof script === "string" ? [script] : Array.isArray(script) ? script : [])
      if (typeof line === "string" && line !== "") step(line, depth);
  };
  const step = (line: string, depth: number): void => {
    const [first = ""] = line.split(" ");
    if (first.startsWith("@") && at(document, "scripts", first.slice(1)) !== undefined) {
      if (depth < DEEPEST) run(first.slice(1), depth + 1);
    } else if (first === "@putenv" || first === "@no_additional_args" || isCallback(line)) return;
    else draft.shell(exact(line.startsWith("@") ? line.slice(1) : line, code.value.from));
  };
  for (const { value } of asked) run(exactText(value) ?? "", 0);
  return draft.binding();
}

/** `Vendor\\Class::method` */
const isCallback = (line: string): boolean => !line.includes(" ") && (line.includes("::") || line.includes("\\"));
