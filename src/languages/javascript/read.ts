import type { Binding } from "../../model/binding.ts";
import type { Argument } from "../../model/value.ts";
import { readProgram } from "../code/read.ts";
import type { Language } from "../code/world.ts";
import { JAVASCRIPT_GLOBALS, JAVASCRIPT_LIBRARY, JAVASCRIPT_MODULES } from "./library.ts";
import { NATIVES } from "./natives.ts";
import { parseJavaScript } from "./parse.ts";

const AROUND: ReadonlySet<string> = new Set(["globalThis", "global", "window", "self", "default", "this"]);

/** `node:fs`, `fs/promises`, `fs.promises.readFile`, `fs.readFileSync`, `globalThis.process`, `process.mainModule.require` are one name each. */
function canonical(path: string): string {
  const plain = path.startsWith("node:") ? path.slice(5) : path;
  const parts = plain.replaceAll("/promises", "").split(".");
  const kept = parts.filter((part) => !AROUND.has(part) && part !== "promises");
  const [first = "", second] = kept;
  if (first === "process" && second === "mainModule") return kept.slice(2).join(".") || "module";
  if (first === "buffer" && second === "Buffer") return kept.slice(1).join(".");
  if (first === "module" && second === "Module") return kept.slice(1).join(".");
  if (first === "module" && second === "constructor") return ["Module", ...kept.slice(2)].join(".");
  if (first === "process" && second === "getBuiltinModule") return "require";
  const last = kept.at(-1) ?? "";
  if (last === "constructor") return "Function";
  if (last.endsWith("Sync") && kept.length > 1 && last !== "DatabaseSync") kept[kept.length - 1] = last.slice(0, -4);
  if (first === "module" && second === "require") return "require";
  return kept.join(".");
}

const JAVASCRIPT: Language = {
  name: "javascript",
  library: JAVASCRIPT_LIBRARY,
  natives: NATIVES,
  parse: parseJavaScript,
  modules: JAVASCRIPT_MODULES,
  global: (name) => (AROUND.has(name) ? "" : JAVASCRIPT_GLOBALS.has(name) || JAVASCRIPT_MODULES.has(name) ? name : undefined),
  canonical,
  showsLast: true,
};

/** JavaScript code (`node -e`, `deno eval`, `bun -e`). Undefined when its text is not known, or is no JavaScript. */
export function readJavaScript(code: Argument, args: readonly Argument[]): Binding | undefined {
  return readProgram(JAVASCRIPT, code, args);
}
