import { unknown } from "../../model/value.ts";
import { variable } from "./acts.ts";
import { RUBY_GRAMMAR } from "./grammar.ts";
import type { Dialect, Interpreter } from "./interpreter.ts";
import { argumentFiles, standardInput } from "./reading.ts";
import { calls } from "./ruby-calls.ts";
import { RUBY } from "./ruby-lexis.ts";
import { methods } from "./ruby-methods.ts";
import { MODULES, PLAIN } from "./ruby-names.ts";
import { listOf, type Thing, text, UNKNOWN } from "./thing.ts";

function special(at: Interpreter, name: string): Thing | undefined {
  if (name.startsWith("ENV[")) return variable(name.slice(4, -1));
  if (name === "ENV") return { value: unknown("operator"), from: [{ end: { kind: "environment" } }], path: "ENV" };
  if (name === "ARGV" || name === "$*") return listOf(at.args.map((arg) => text(arg.value)));
  if (name === "$_" && at.lines) return argumentFiles(at);
  if (name === "$F" && at.lines) return listOf([argumentFiles(at)]);
  if (name === "STDIN" || name === "$stdin")
    return { ...standardInput(at), path: "STDIN", handle: { kind: "standard", end: at.stdin, number: 0 } };
  if (name === "STDOUT" || name === "$stdout")
    return { ...UNKNOWN, path: "STDOUT", handle: { kind: "standard", end: undefined, number: 1 } };
  if (name === "STDERR" || name === "$stderr")
    return { ...UNKNOWN, path: "STDERR", handle: { kind: "standard", end: { kind: "process" }, number: 2 } };
  return [
    "$0",
    "$$",
    "$!",
    "$@",
    "$?",
    "$;",
    "$,",
    "$/",
    "$.",
    "$PROGRAM_NAME",
    "__FILE__",
    "RUBY_VERSION",
    "RUBY_PLATFORM",
  ].includes(name)
    ? text(unknown("operator", name))
    : undefined;
}

/** Ruby 3.1's core and standard library. */
export const ruby: Dialect = {
  grammar: { ...RUBY_GRAMMAR, language: "ruby", lexis: RUBY },
  calls,
  methods,
  plain: new Set(PLAIN),
  harmless: new Set(MODULES),
  modules: new Set(MODULES),
  concat: "+",
  caseless: false,
  bareCalls: true,
  prefixes: ["Kernel.", "Kernel::", "Object.", "self.", "::", "main."],
  variable: special,
};
