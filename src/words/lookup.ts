import { and, type Truth } from "../model/truth.ts";
import { type Argument, exact, exactText, join, originOf, unknown, type Value } from "../model/value.ts";
import type { Variable } from "./scope.ts";
import { unsupported, variableOf, type Work } from "./work.ts";

/** One element of what a parameter stands for. `many`: any number of such. */
export interface Item {
  readonly value: Value;
  readonly many: boolean;
  readonly key?: string;
}

export interface Found {
  /** A scalar has one item, or none when unset. */
  readonly items: readonly Item[];
  readonly list: "no" | "at" | "star";
  readonly set: Truth;
  /** Its text is not known, but holds only digits. */
  readonly numeric: boolean;
  readonly name: string;
}

/** Variables every shell sets itself: an operator's value is sure to be there. */
const ALWAYS_SET: ReadonlySet<string> = new Set(
  (
    "HOME PATH PWD SHELL TERM HOSTNAME HOSTTYPE MACHTYPE OSTYPE UID EUID PPID RANDOM SRANDOM SECONDS LINENO BASH BASHPID BASH_VERSION " +
    "BASH_VERSINFO SHLVL BASHOPTS SHELLOPTS EPOCHSECONDS EPOCHREALTIME GROUPS DIRSTACK PIPESTATUS _ ? $ ! - # 0"
  ).split(" "),
);
const NUMERIC: ReadonlySet<string> = new Set(
  "UID EUID PPID RANDOM SRANDOM SECONDS LINENO BASHPID SHLVL EPOCHSECONDS GROUPS PIPESTATUS ? $ ! #".split(" "),
);
/** Variables with a value of their own in a fresh shell. `cat${IFS}/etc/passwd` */
const PRESET: ReadonlyMap<string, string> = new Map([
  ["IFS", " \t\n"],
  ["OPTIND", "1"],
  ["PS4", "+ "],
]);

export const isAlwaysSet = (name: string): boolean => ALWAYS_SET.has(name);
export const isPath = (name: string | undefined): boolean => name !== undefined && ABSOLUTE.has(name);
const ABSOLUTE: ReadonlySet<string> = new Set(["HOME", "PATH", "PWD", "OLDPWD", "SHELL", "BASH"]);

export const valueIn = (found: Found): Value => found.items[0]?.value ?? exact("");

const scalar = (name: string, value: Value, set: Truth = "yes"): Found => ({
  items: [{ value, many: false }],
  list: "no",
  set,
  numeric: value.kind === "unknown" && NUMERIC.has(name),
  name,
});
const absent = (name: string): Found => ({ items: [], list: "no", set: "no", numeric: false, name });
const list = (name: string, items: readonly Item[], kind: "at" | "star"): Found => ({
  items,
  list: kind,
  set: items.length === 0 ? "no" : items.every((item) => item.many) ? "maybe" : "yes",
  numeric: false,
  name,
});

/** What a name stands for; `index` is a subscript already expanded. */
export function lookup(name: string, index: Value | undefined, work: Work): Found {
  const hole = work.scope.holes.get(name);
  if (hole) return scalar(name, hole);
  if (name === "@" || name === "*") return list(name, positionalItems(work), name === "@" ? "at" : "star");
  if (name === "#") return scalar(name, countOf(positionalItems(work)));
  if (/^[0-9]{1,9}$/.test(name)) return Number(name) === 0 ? scalar("0", work.scope.name) : positional(Number(name), work);
  const variable = variableOf(work, name);
  if (variable?.reference) return followed(variable.reference, index, work);
  if (variable) return element(name, variable, index, work);
  return environment(name, index, work);
}

function environment(name: string, index: Value | undefined, work: Work): Found {
  if (work.scope.unset.has(name)) return exactText(index) === "@" ? list(name, [], "at") : absent(name);
  const preset = PRESET.get(name);
  if (preset !== undefined) return scalar(name, exact(preset));
  const value = unknown(name === "_" ? "author" : "operator", name);
  const subscript = exactText(index);
  if (subscript === "@" || subscript === "*") return list(name, [{ value, many: true }], subscript === "@" ? "at" : "star");
  return scalar(name, value, ALWAYS_SET.has(name) ? "yes" : "maybe");
}

/** declare -n. A reference may name an element: `declare -n r='a[0]'`. */
function followed(reference: Value, index: Value | undefined, work: Work): Found {
  const target = exactText(reference);
  if (target === undefined || work.depth > 16)
    return scalar("", unknown(originOf(reference)?.by ?? "author", undefined, reference.from));
  work.depth++;
  const found = named(target, index, work);
  work.depth--;
  return found;
}

/** Looks up a name that is itself text: `a`, `a[1]`, `a[@]`. */
export function named(text: string, index: Value | undefined, work: Work): Found {
  const open = text.indexOf("[");
  if (open <= 0 || !text.endsWith("]")) return lookup(text, index, work);
  const subscript = text.slice(open + 1, -1);
  if (subscript.includes("$(") || subscript.includes("`")) {
    unsupported(work, `a subscript of ${text.slice(0, open)} runs code`, exact(subscript));
    return scalar(text, unknown("unsupported", text));
  }
  return lookup(text.slice(0, open), exact(subscript), work);
}

function element(name: string, variable: Variable, index: Value | undefined, work: Work): Found {
  const { elements } = variable;
  const subscript = exactText(index);
  if (subscript === "@" || subscript === "*") return list(name, itemsOf(variable), subscript === "@" ? "at" : "star");
  if (index === undefined) {
    if (elements && work.scope.shell === "zsh") return list(name, itemsOf(variable), "at");
    return elements && elements.size === 0 ? absent(name) : scalar(name, variable.value);
  }
  if (!elements)
    return subscript === "0"
      ? scalar(name, variable.value)
      : subscript === undefined
        ? scalar(name, variable.value, "maybe")
        : notThere(name, variable);
  if (subscript === undefined) return anyOf(name, [...elements.values()], index);
  const value = elements.get(keyOf(subscript, variable, work));
  return value ? scalar(name, value) : absent(name);
}

/** A scalar has no element 1, but what a program put into a variable may be an array. */
const notThere = (name: string, variable: Variable): Found =>
  variable.value.kind === "unknown" ? scalar(name, variable.value, "maybe") : absent(name);

/** Negative subscripts count from the end; zsh counts from one. */
function keyOf(subscript: string, variable: Variable, work: Work): string {
  if (isAssociative(variable) || !/^-?[0-9]{1,9}$/.test(subscript)) return subscript;
  const n = Number(subscript);
  if (n >= 0) return String(work.scope.shell === "zsh" && n > 0 ? n - 1 : n);
  const last = Math.max(-1, ...[...(variable.elements?.keys() ?? [])].slice(-4096).map(Number));
  return String(last + 1 + n);
}

export function isAssociative(variable: Variable | undefined): boolean {
  if (variable?.associative !== undefined) return variable.associative;
  for (const key of variable?.elements?.keys() ?? []) if (!/^[0-9]+$/.test(key)) return true;
  return false;
}

function anyOf(name: string, values: readonly Value[], index: Value): Found {
  const [first, ...rest] = values;
  if (!first) return absent(name);
  const value = rest.reduce(join, first);
  return scalar(name, index.from ? { ...value, from: [...new Set([...(value.from ?? []), ...index.from])] } : value, "maybe");
}

/** The elements of an array; a variable of unknown text may be one. */
export function itemsOf(variable: Variable): readonly Item[] {
  if (variable.elements) {
    const items = [...variable.elements].map(([key, value]) => ({ value, many: false, key }));
    return isAssociative(variable) ? items : items.sort((a, b) => Number(a.key) - Number(b.key));
  }
  return [{ value: variable.value, many: variable.value.kind === "unknown", key: "0" }];
}

const positionalItems = (work: Work): readonly Item[] => work.scope.positionals.map(itemOf);
const itemOf = (argument: Argument): Item => ({ value: argument.value, many: argument.count === "any" });

function positional(n: number, work: Work): Found {
  const before = work.scope.positionals.slice(0, n);
  const vague = before.findIndex((argument) => argument.count === "any");
  const name = String(n);
  if (vague < 0) {
    const argument = before[n - 1];
    return argument ? scalar(name, argument.value) : absent(name);
  }
  const [first, ...rest] = work.scope.positionals.slice(vague);
  if (!first) return absent(name);
  return scalar(
    name,
    rest.reduce((all, argument) => join(all, argument.value), first.value),
    and("maybe", "yes"),
  );
}

/** `${#a[@]}` */
export function countOf(items: readonly Item[]): Value {
  return items.some((item) => item.many) ? unknown("operator", "#") : exact(String(items.length));
}

/** Names that begin with `prefix`, for `${!prefix*}`; the environment may hold more. */
export function namesWith(prefix: string, work: Work): readonly Item[] {
  const names = new Set([...work.scope.variables.keys(), ...work.local.keys()].filter((name) => name.startsWith(prefix)));
  const known = [...names].sort().map((name) => ({ value: exact(name), many: false }));
  return known.length > 0 && prefix !== "" ? known : [...known, { value: unknown("operator"), many: true }];
}
