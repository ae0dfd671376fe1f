import { unknown } from "../../model/value.ts";
import { variable } from "./acts.ts";
import { PHP_GRAMMAR } from "./grammar.ts";
import type { Dialect, Interpreter } from "./interpreter.ts";
import { calls } from "./php-calls.ts";
import { PHP } from "./php-lexis.ts";
import { PLAIN } from "./php-names.ts";
import { listOf, type Thing, text, UNKNOWN } from "./thing.ts";

const REQUEST: ReadonlySet<string> = new Set(["$_GET", "$_POST", "$_REQUEST", "$_COOKIE", "$_FILES"]);

function special(at: Interpreter, name: string): Thing | undefined {
  const bare = name.endsWith("[]") ? name.slice(0, -2) : name;
  if (bare === "$_ENV" || bare === "$_SERVER")
    return { value: unknown("operator"), from: [{ end: { kind: "environment" } }], path: "ENV" };
  if (name.startsWith("ENV[")) return variable(name.slice(4, -1));
  if (REQUEST.has(bare)) return { value: unknown("input", bare), from: [{ end: { kind: "stdin" } }] };
  if (bare === "$argv") return listOf([text("-"), ...at.args.map((arg) => text(arg.value))]);
  if (bare === "$argn") return { value: unknown("input", "a line"), from: [{ end: at.stdin }] };
  if (bare === "$this") return { ...UNKNOWN, path: "$this" };
  const constant = CONSTANTS.get(name);
  if (constant !== undefined) return text(constant);
  if (name === "STDIN") return { ...UNKNOWN, handle: { kind: "standard", end: at.stdin, number: 0 } };
  if (name === "STDOUT" || name === "STDERR")
    return { ...UNKNOWN, handle: { kind: "standard", end: name === "STDERR" ? { kind: "process" } : undefined, number: 1 } };
  return undefined;
}

const CONSTANTS: ReadonlyMap<string, string> = new Map([
  ["PHP_EOL", "\n"],
  ["DIRECTORY_SEPARATOR", "/"],
  ["PATH_SEPARATOR", ":"],
  ["true", "1"],
  ["TRUE", "1"],
  ["false", ""],
  ["null", ""],
  ["NULL", ""],
]);

/** Code after `php -r` stands by itself; a file holds it between tags. */
export function withoutTags(source: string): string {
  return source.includes("<?php") || source.includes("<?=") || source.trimStart().startsWith("<?") ? `?>${source}` : source;
}

/** The PHP 8.2 manual's function reference. */
export const php: Dialect = {
  grammar: { ...PHP_GRAMMAR, language: "php", lexis: PHP },
  calls,
  methods: new Map(),
  plain: new Set(PLAIN),
  harmless: new Set(["DateTime", "DateTimeImmutable", "DateInterval", "Exception", "ArrayObject", "stdClass", "Closure"]),
  modules: new Set(),
  concat: ".",
  caseless: true,
  bareCalls: false,
  prefixes: ["\\", "$this.", "self.", "static.", "parent."],
  variable: special,
};
