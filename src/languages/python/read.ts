import type { Binding } from "../../model/binding.ts";
import type { Argument } from "../../model/value.ts";
import { readProgram } from "../code/read.ts";
import type { Language } from "../code/world.ts";
import { PYTHON_BUILTINS, PYTHON_LIBRARY, PYTHON_MODULES } from "./library.ts";
import { NATIVES } from "./natives.ts";
import { parsePython } from "./parse.ts";

const ALIASES: readonly (readonly [string, string])[] = [
  ["builtins.", ""],
  ["__builtin__.", ""],
  ["__builtins__.", ""],
  ["posix.", "os."],
  ["posixpath.", "os.path."],
  ["socket.socket.", "<socket>."],
  ["StringIO.", "io."],
];

function canonical(path: string): string {
  let out = path
    .split(".")
    .filter((part) => part !== "__dict__" && part !== "__globals__")
    .join(".");
  if (out === "builtins" || out === "__builtin__" || out === "__builtins__") return "";
  if (out === "posix") return "os";
  for (const [from, to] of ALIASES) if (out.startsWith(from)) out = to + out.slice(from.length);
  return out;
}

const PYTHON: Language = {
  name: "python",
  library: PYTHON_LIBRARY,
  natives: NATIVES,
  parse: parsePython,
  modules: PYTHON_MODULES,
  global: (name) =>
    PYTHON_BUILTINS.has(name) || PYTHON_MODULES.has(name) || name === "__builtins__" || name === "__name__" ? name : undefined,
  canonical,
};

/** Python code (`python -c`, a script that is known). Undefined when its text is not known. */
export function readPython(code: Argument, args: readonly Argument[]): Binding | undefined {
  return readProgram(PYTHON, code, args);
}
