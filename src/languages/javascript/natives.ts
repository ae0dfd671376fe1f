import { exact, exactText, unknown } from "../../model/value.ts";
import {
  type Abstract,
  dataFrom,
  eitherOf,
  exactOf,
  type Fields,
  handle,
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
import { indexOf, variableOf } from "../code/evaluate.ts";
import { decodedText, decoding, encodedText, list } from "../code/natives.ts";
import { startFile } from "../code/programs.ts";
import { functionFrom, runText } from "../code/read.ts";
import { moduleOf } from "../code/statements.ts";
import type { Call, Native } from "../code/world.ts";
import { FILE_NATIVES } from "./files.ts";
import { NETWORK_NATIVES } from "./network.ts";
import { PROGRAM_NATIVES } from "./programs.ts";

const first = (call: Call): Abstract => call.args[0] ?? NONE;

function print(call: Call): Abstract {
  const { results } = call.world;
  const text = joined([...call.args.flatMap((arg, i) => (i === 0 ? [arg] : [known(" "), arg])), known("\n")]);
  const sources = call.args.flatMap((arg) => sourcesOf(arg));
  results.flow(sources, { kind: "stdout" });
  // How objects and numbers with formats are printed is not worked out.
  const plain = call.args.every((arg) => arg.kind === "text" || arg.kind === "number") && !exactOf(first(call))?.includes("%");
  if (plain) results.print(text.value);
  else results.unknownOutput();
  if (exactText(text.value) === undefined && sources.length === 0) results.edge({ kind: "process" }, { kind: "stdout" });
  return NONE;
}

/** `require("./x")` is a file of the project; its name is what Node looks for. */
function required(call: Call): Abstract {
  const name = exactOf(first(call));
  if (name === undefined) {
    call.world.results.opaque("the name of a required module is computed");
    return dataFrom([], "unsupported");
  }
  if (name.startsWith("http:") || name.startsWith("https:")) {
    const url = first(call);
    call.world.results.effect("connect", {
      kind: "host",
      value: exact(name.split("/")[2] ?? ""),
      scheme: name.split(":")[0] ?? "",
    });
    call.world.results.opaque(`code is fetched from ${name}`, "network");
    return madeOf([url]);
  }
  if (!name.startsWith(".") && !name.startsWith("/") && !name.startsWith("~"))
    return moduleOf(call.world, name.startsWith("npm:") ? name.slice(4) : name);
  // Data, not code: `require("./package.json").version`.
  if (name.endsWith(".json")) {
    call.world.results.effect("read", { kind: "path", value: valueIn(first(call)) });
    return textOf(unknown("file", name), [
      { at: { kind: "resource", on: { kind: "path", value: valueIn(first(call)) }, span: call.world.results.span } },
    ]);
  }
  startFile(call.world, "javascript", first(call), []);
  return { kind: "foreign", name, sources: [] };
}

/** The last argument is the body. */
function makeFunction(call: Call): Abstract {
  const body = call.args.at(-1);
  return body
    ? functionFrom(
        call.world,
        body,
        call.args.slice(0, -1).map((arg) => exactOf(arg) ?? ""),
      )
    : NONE;
}

function timer(call: Call): Abstract {
  const [callback = NONE, , ...args] = call.args;
  if (callback.kind === "text") return runText(call.world, call.scope ?? call.world.top, callback);
  return apply(call.world, callback, args);
}

function buffer(call: Call): Abstract {
  const [data = NONE, encoding] = call.args;
  const name = exactOf(encoding)?.toLowerCase();
  if (data.kind === "list") return textOf(valueIn(data), sourcesOf(data));
  if (name === "base64" || name === "base64url" || name === "hex") return decodedText(name, data);
  return data.kind === "text" ? data : data.kind === "number" ? known("") : madeOf([data]);
}

function fromCharCode(call: Call): Abstract {
  const codes = call.args.map((arg) => (arg.kind === "number" ? arg.value : Number.NaN));
  return codes.some(Number.isNaN)
    ? madeOf(call.args)
    : known(codes.map((code) => String.fromCodePoint(Math.max(0, Math.min(0x10ffff, Math.trunc(code))))).join(""));
}

const fieldsOf = (value: Abstract): Fields | undefined => (value.kind === "record" ? value : undefined);

function entries(call: Call): Abstract {
  const fields = fieldsOf(first(call));
  if (!fields) return listOf([], listOf([dataFrom([], "author"), madeOf([first(call)])]));
  return listOf(
    [...fields.fields].map(([name, value]) => listOf([known(name), value])),
    fields.more,
  );
}

function assignFields(call: Call): Abstract {
  const [target = NONE, ...others] = call.args;
  if (target.kind === "record")
    for (const other of others)
      if (other.kind === "record") for (const [name, value] of other.fields) target.fields.set(name, value);
  return target;
}

function toNumber(call: Call): Abstract {
  const text = exactOf(first(call));
  const radix = call.args[1]?.kind === "number" ? call.args[1].value : 10;
  const value =
    text === undefined
      ? Number.NaN
      : call.path === "parseInt"
        ? Number.parseInt(text, radix >= 2 && radix <= 36 ? radix : 10)
        : Number(text);
  return Number.isNaN(value) ? dataFrom(sourcesOf(first(call)), "author") : number(value);
}

function decodeUri(call: Call): Abstract {
  const text = exactOf(first(call));
  if (text === undefined) return madeOf([first(call)]);
  try {
    return textOf(exact(decodeURIComponent(text)), sourcesOf(first(call)));
  } catch {
    return madeOf([first(call)]);
  }
}

/** `new Promise((resolve, reject) => …)`: what it is resolved with is its value. */
function promise(call: Call): Abstract {
  const kept: Abstract[] = [];
  const [callback = NONE] = call.args;
  const resolve: Abstract = { kind: "method", of: { kind: "list", items: kept }, name: "push" };
  apply(call.world, callback, [resolve, resolve]);
  return eitherOf(kept);
}

function url(call: Call): Abstract {
  const [address = NONE, base] = call.args;
  return base && exactOf(address)?.includes("://") !== true ? joined([base, address]) : address;
}

/** An argument list of the script: `node -e CODE a b`. */
const argv: Native = ({ world }) =>
  listOf([known("node"), ...world.args.map((arg) => textOf(arg.value))], textOf(unknown("input", "argv")));

const CORE: readonly (readonly [string, Native])[] = [
  ["print", print],
  ["require", required],
  ["create-require", () => library("require")],
  ["eval", (call) => runText(call.world, call.scope ?? call.world.top, first(call))],
  ["function", makeFunction],
  ["timer", timer],
  ["variable", (call) => variableOf(first(call))],
  ["buffer", buffer],
  [
    "buffer-concat",
    (call) =>
      first(call).kind === "list" ? joined((first(call) as Extract<Abstract, { kind: "list" }>).items) : madeOf(call.args),
  ],
  ...["base64", "zlib", "gzip", "raw"].map((name) => [`decode-${name}`, decoding(name)] as const),
  ["encode-base64", (call) => encodedText("base64", first(call))],
  ["string", (call) => (first(call).kind === "text" ? first(call) : textOf(valueIn(first(call)), sourcesOf(first(call))))],
  ["from-char-code", fromCharCode],
  ["array-of", (call) => listOf(call.args)],
  [
    "list",
    (call) => {
      const made = list(call);
      const [, each] = call.args;
      return each ? apply(call.world, { kind: "method", of: made, name: "map" }, [each]) : made;
    },
  ],
  [
    "keys",
    (call) =>
      listOf(
        [...(fieldsOf(first(call))?.fields.keys() ?? [])].map(known),
        fieldsOf(first(call)) ? undefined : madeOf([first(call)]),
      ),
  ],
  [
    "values",
    (call) =>
      listOf([...(fieldsOf(first(call))?.fields.values() ?? [])], fieldsOf(first(call)) ? undefined : madeOf([first(call)])),
  ],
  ["entries", entries],
  ["assign", assignFields],
  ["number", toNumber],
  ["decode-uri", decodeUri],
  [
    "json",
    (call) =>
      call.path.endsWith("stringify") && first(call).kind !== "text"
        ? dataFrom(sourcesOf(first(call)))
        : first(call).kind === "text"
          ? madeOf([first(call)])
          : first(call),
  ],
  ["url", url],
  ["promise", promise],
  ["reflect-apply", (call) => apply(call.world, first(call), call.args[2]?.kind === "list" ? call.args[2].items : [])],
  ["reflect-get", (call) => indexOf(call.world, first(call), call.args[1] ?? NONE)],
  ["=process.stdin", () => handle("file", [{ at: { kind: "stdin" } }])],
  ["=process.stdout", () => handle("file", [{ at: { kind: "stdout" } }])],
  ["=process.stderr", () => handle("file", [{ at: { kind: "caller" } }])],
  ["=Deno.stdin", () => handle("file", [{ at: { kind: "stdin" } }])],
  ["=process.argv", argv],
  ["=Deno.args", ({ world }) => listOf(world.args.map((arg) => textOf(arg.value)))],
  ["=process.execPath", () => known("node")],
  ["=process.platform", () => known("linux")],
  ["=__dirname", () => known(".")],
  ["=path.sep", () => known("/")],
  ["=os.EOL", () => known("\n")],
  ["=*.constructor", () => library("Function")],
  ["=*.length", ({ self }) => (self?.kind === "list" && !self.more ? number(self.items.length) : dataFrom([], "author"))],
];

export const NATIVES: ReadonlyMap<string, Native> = new Map([...CORE, ...FILE_NATIVES, ...PROGRAM_NATIVES, ...NETWORK_NATIVES]);
