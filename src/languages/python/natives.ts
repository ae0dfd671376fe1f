import { exact, exactText, unknown } from "../../model/value.ts";
import {
  type Abstract,
  dataFrom,
  eitherOf,
  elementOf,
  exactOf,
  handle,
  itemsOf,
  joined,
  known,
  library,
  listOf,
  madeOf,
  NONE,
  number,
  sourcesOf,
  textOf,
  valueIn,
} from "../code/abstract.ts";
import { apply } from "../code/calls.ts";
import { memberOf, variableOf } from "../code/evaluate.ts";
import { mapped } from "../code/methods.ts";
import { decodedText, decoding, encoding } from "../code/natives.ts";
import { startFile } from "../code/programs.ts";
import { runText } from "../code/read.ts";
import { moduleOf } from "../code/statements.ts";
import { joinedList } from "../code/texts.ts";
import type { Call, Native } from "../code/world.ts";
import { FILE_NATIVES } from "./files.ts";
import { PROGRAM_NATIVES } from "./programs.ts";

const first = (call: Call): Abstract => call.args[0] ?? NONE;

const plainName = (call: Call): string =>
  (exactOf(call.args[1] ?? call.named.get("encoding")) ?? "").toLowerCase().replaceAll("_", "").split("-")[0] ?? "";

function print(call: Call): Abstract {
  const { results } = call.world;
  const file = call.named.get("file");
  const sep = exactOf(call.named.get("sep")) ?? " ";
  const end = exactOf(call.named.get("end")) ?? "\n";
  const words = call.args.flatMap((arg, i) => (i === 0 ? [arg] : [known(sep), arg]));
  const text = joined([...words, known(end)]);
  const sources = call.args.flatMap((arg) => sourcesOf(arg));
  const sinks = file && file.kind !== "nothing" ? sourcesOf(file) : [{ at: { kind: "stdout" as const } }];
  for (const { at } of sinks) {
    results.flow(sources, at);
    if (at.kind === "resource" && at.on.kind === "path") results.keep(at.on.value, text.value);
  }
  if (file && file.kind !== "nothing") return NONE;
  results.print(text.value);
  if (exactText(text.value) === undefined && sources.length === 0) results.edge({ kind: "process" }, { kind: "stdout" });
  return NONE;
}

/** `__import__("os")`, `importlib.import_module("o" + "s")`. */
function importNamed(call: Call): Abstract {
  const name = exactOf(first(call) === NONE ? call.named.get("name") : first(call));
  if (name !== undefined) {
    // `__import__("os.path")` gives `os`.
    const whole = call.path.endsWith("import_module") || call.path.startsWith("runpy");
    return moduleOf(call.world, whole ? name : (name.split(".")[0] ?? name));
  }
  call.world.results.opaque("the name of an imported module is computed");
  return dataFrom([], "unsupported");
}

function importFile(call: Call): Abstract {
  const path = call.args[1] ?? call.named.get("path") ?? first(call);
  startFile(call.world, "python", path, []);
  return { kind: "foreign", name: exactOf(first(call)) ?? "a module", sources: [] };
}

function getAttribute(call: Call): Abstract {
  const [object = NONE, name = NONE] = call.args;
  const text = exactOf(name);
  if (text !== undefined) return memberOf(call.world, object, text);
  if (object.kind === "library" || object.kind === "method")
    call.world.results.opaque(`a name of ${object.kind === "library" ? object.path || "the language" : "a value"} is computed`);
  return eitherOf([madeOf([object]), ...(call.args[2] ? [call.args[2]] : [])]);
}

/** `operator.methodcaller("system", "id")`: which object's it will be is not followed. */
function attributeLater(call: Call): Abstract {
  const name = exactOf(first(call));
  const known =
    name === undefined ||
    [...call.world.language.library.keys()].some((path) => path.endsWith(`.${name}`) && !path.startsWith("<"));
  if (known) call.world.results.opaque(`${name ?? "a computed name"} is looked up in what is given later`);
  return NONE;
}

function setAttribute(call: Call): Abstract {
  const [object, name, value] = call.args;
  const text = exactOf(name);
  if (text !== undefined && value && (object?.kind === "record" || object?.kind === "handle")) object.fields.set(text, value);
  return NONE;
}

/** `globals()`: names of the code, else the built-in ones; `vars(os)` is the module. */
function namesAround(call: Call): Abstract {
  const [object] = call.args;
  if (object) return object;
  return { kind: "record", fields: new Map((call.scope ?? call.world.top).names), more: library("") };
}

function exec(call: Call): Abstract {
  const { path, world } = call;
  const code = first(call);
  if (path === "compile") return code;
  if (path === "execfile" || path.startsWith("runpy")) return startFile(world, "python", code, []);
  return runText(world, call.scope ?? world.top, code);
}

/** Unpickling runs code; a file of the project is the project's business. */
function unpickle(call: Call): Abstract {
  const sources = sourcesOf(first(call));
  call.world.results.flow(sources, { kind: "code", language: "python" });
  const own = sources.length > 0 && sources.every(({ at }) => at.kind === "resource" && at.on.kind === "path");
  call.world.results.opaque("pickled data is loaded, which may run code", own ? "project" : "inline");
  return madeOf([first(call)], "decode");
}

/** A process that does nothing but make more of itself. A server forks for each that connects. */
function fork({ world }: Call): Abstract {
  const { results } = world;
  const serves = [...results.effects.values()].some(({ kind }) => kind === "listen");
  if (results.nested > 0 && !serves)
    results.effect("execute", { kind: "process", value: exact("python") }, { how: exact("fork-bomb") });
  return NONE;
}

const chr: Native = (call) => {
  const [code] = call.args;
  return code?.kind === "number" && code.value >= 0 && code.value <= 0x10ffff
    ? known(String.fromCodePoint(code.value))
    : madeOf(call.args);
};

const ord: Native = (call) => {
  const text = exactOf(first(call));
  return text === undefined ? madeOf(call.args) : number(text.codePointAt(0) ?? 0);
};

const text: Native = (call) => {
  const value = first(call);
  if (value.kind === "list") {
    const numbers = value.items.every((item) => item.kind === "number");
    return numbers && value.more === undefined ? textOf(valueIn(value), sourcesOf(value)) : madeOf([value]);
  }
  if (value.kind === "number") return call.path === "str" ? known(String(value.value)) : known("");
  return value.kind === "text"
    ? value
    : value === NONE
      ? known("")
      : value.kind === "handle" && value.text
        ? textOf(value.text)
        : madeOf([value]);
};

function toNumber(call: Call): Abstract {
  const [value = NONE, base] = call.args;
  if (value.kind === "number") return call.path === "int" ? number(Math.trunc(value.value)) : value;
  const radix = base?.kind === "number" ? base.value : 10;
  const digits = exactOf(value)?.trim();
  if (digits === undefined || radix < 2 || radix > 36) return madeOf([value]);
  const found =
    call.path === "float"
      ? Number(digits)
      : Number.parseInt(radix === 16 && digits.startsWith("0x") ? digits.slice(2) : digits, radix);
  return Number.isNaN(found) ? madeOf([value]) : number(found);
}

function range(call: Call): Abstract {
  const numbers = call.args.map((arg) => (arg.kind === "number" ? arg.value : Number.NaN));
  if (numbers.length === 0 || numbers.some(Number.isNaN)) return listOf([], dataFrom([], "author"));
  const [from = 0, to = 0, step = 1] = numbers.length === 1 ? [0, numbers[0]] : numbers;
  const size = step === 0 ? 0 : Math.max(0, Math.ceil((to - from) / step));
  if (size > 4096) return listOf([], dataFrom([], "author"));
  return listOf(Array.from({ length: size }, (_, i) => number(from + i * step)));
}

const list: Native = (call) => {
  const { items, more } = itemsOf(first(call));
  if (call.path === "sorted") return listOf([], elementOf(first(call)));
  return listOf(items, more);
};

const reversed: Native = (call) => {
  const { items, more } = itemsOf(first(call));
  return listOf([...items].reverse(), more);
};

function zip(call: Call): Abstract {
  const lists = call.args.map(itemsOf);
  if (call.path === "enumerate") {
    const [only] = lists;
    return listOf(
      (only?.items ?? []).map((item, i) => listOf([number(i), item])),
      only?.more ? listOf([dataFrom([], "author"), only.more]) : undefined,
    );
  }
  const size = Math.min(...lists.map(({ items }) => items.length));
  if (lists.some(({ more }) => more) || !Number.isFinite(size)) return listOf([], listOf(call.args.map(elementOf)));
  return listOf(Array.from({ length: size }, (_, i) => listOf(lists.map(({ items }) => items[i] ?? NONE))));
}

function reduce(call: Call): Abstract {
  const [callback, data, start] = call.args;
  const { items, more } = itemsOf(data ?? NONE);
  let result = start ?? items[0] ?? NONE;
  for (const item of (start ? items : items.slice(1)).slice(0, 1024))
    result = apply(call.world, callback ?? NONE, [result, item]);
  return more ? madeOf([result, more]) : result;
}

function dict(call: Call): Abstract {
  const value = first(call);
  const fields = new Map(value.kind === "record" ? value.fields : []);
  for (const [name, held] of call.named) fields.set(name, held);
  return { kind: "record", fields, ...(value.kind === "record" || value === NONE ? {} : { more: madeOf([value]) }) };
}

/** `functools.partial(f, x)` is called with more, later. */
const partial: Native = (call) => {
  const [callback = NONE, ...given] = call.args;
  apply(call.world, callback, given, call.named);
  return NONE;
};

/** A thread's target, what is run at exit: called here and now. */
function startFunction(call: Call): Abstract {
  const target =
    call.named.get("target") ??
    call.args.find((arg) => arg.kind === "function" || arg.kind === "library" || arg.kind === "method");
  const rest = call.named.get("args") ?? call.args.find((arg) => arg.kind === "list") ?? listOf(call.args.slice(1));
  if (target) apply(call.world, target, itemsOf(rest).items);
  return NONE;
}

const PYTHON_NATIVES: readonly (readonly [string, Native])[] = [
  ["print", print],
  ["variable", (call) => eitherOf([variableOf(first(call)), ...(call.args[1] ? [call.args[1]] : [])])],
  [
    "set-variable",
    (call) => {
      const name = exactOf(first(call));
      if (name !== undefined && call.args[1]) call.world.environment.set(name, call.args[1]);
      return NONE;
    },
  ],
  ...["base64", "base32", "hex", "base85", "ascii85", "zlib", "gzip"].map((name) => [`decode-${name}`, decoding(name)] as const),
  ["decode-named", (call) => decodedText(plainName(call).replace("codec", ""), first(call))],
  [
    "encode-named",
    (call) => (plainName(call).startsWith("rot") ? decodedText("rot13", first(call)) : encoding(plainName(call))(call)),
  ],
  ["encode-base64", encoding("base64")],
  ["encode-base32", encoding("base32")],
  ["unpickle", unpickle],
  ["exec", exec],
  ["import", importNamed],
  ["import-file", importFile],
  ["getattr", getAttribute],
  ["attribute-later", attributeLater],
  ["setattr", setAttribute],
  ["names-around", namesAround],
  [
    "native-library",
    (call) => {
      const path = exactOf(first(call));
      call.world.results.opaque(`${path === undefined ? "a library" : path} is called outside the language`);
      return NONE;
    },
  ],
  ["fork", fork],
  ["chr", chr],
  ["ord", ord],
  ["text", text],
  ["int", toNumber],
  ["hex", (call) => (call.args[0]?.kind === "number" ? known(`0x${call.args[0].value.toString(16)}`) : madeOf(call.args))],
  ["list", list],
  ["reversed", reversed],
  ["range", range],
  ["map", (call) => mapped(call.world, call.args[1] ?? NONE, first(call))],
  [
    "filter",
    (call) => {
      mapped(call.world, call.args[1] ?? NONE, first(call));
      return listOf([], elementOf(call.args[1] ?? NONE));
    },
  ],
  ["zip", zip],
  ["reduce", reduce],
  ["partial", partial],
  ["dict", dict],
  ["element", (call) => (call.args.length === 1 ? elementOf(first(call)) : madeOf(call.args))],
  ["join", (call) => joinedList(first(call), exactOf(call.args[1]) ?? " ")],
  ["start-function", startFunction],
  ["=sys.stdin", () => handle("file", [{ at: { kind: "stdin" } }])],
  ["=sys.stdin.buffer", () => handle("file", [{ at: { kind: "stdin" } }])],
  ["=sys.stdout", () => handle("file", [{ at: { kind: "stdout" } }])],
  ["=sys.stderr", () => handle("file", [{ at: { kind: "caller" } }])],
  ["=sys.executable", () => known("python3")],
  ["=os.sep", () => known("/")],
  ["=os.linesep", () => known("\n")],
  ["=os.devnull", () => known("/dev/null")],
  ["=os.name", () => known("posix")],
  ["=__name__", () => known("__main__")],
  ["=string.ascii_lowercase", () => known("abcdefghijklmnopqrstuvwxyz")],
  ["=string.ascii_letters", () => known("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")],
  ["=string.digits", () => known("0123456789")],
  [
    "=sys.argv",
    ({ world }) => listOf([known("-c"), ...world.args.map((arg) => textOf(arg.value))], textOf(unknown("input", "argv"))),
  ],
  [
    "=*.__subclasses__",
    ({ world }) => {
      world.results.opaque("the language's own objects are searched for a way out");
      return NONE;
    },
  ],
];

export const NATIVES: ReadonlyMap<string, Native> = new Map([...PYTHON_NATIVES, ...FILE_NATIVES, ...PROGRAM_NATIVES]);
