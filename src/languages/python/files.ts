import type { End } from "../../model/binding.ts";
import { concat, exact, exactText, type Hole, type Piece, pattern, piecesOf, unknown, type Value } from "../../model/value.ts";
import {
  type Abstract,
  dataFrom,
  exactOf,
  type Handle,
  handle,
  known,
  listOf,
  madeOf,
  NONE,
  number,
  type Source,
  sourcesOf,
  textOf,
  valueIn,
} from "../code/abstract.ts";
import { allSources, endOf, resourcesIn } from "../code/ends.ts";
import { partOf } from "../code/natives.ts";
import { joinPath } from "../code/programs.ts";
import type { Call, Native } from "../code/world.ts";

const fileEnd = (call: Call, path: Value): End => endOf({ kind: "path", value: path }, call);

/** `open(path, mode)`: r reads, w empties, a adds, x makes; + does both. */
export function openPath(call: Call, path: Value, mode: string | undefined): Handle {
  const { results } = call.world;
  const on = { kind: "path" as const, value: path };
  const writes = mode === undefined || "wax+".split("").some((letter) => mode.includes(letter));
  if (mode === undefined || !"wax".split("").some((letter) => mode.includes(letter))) results.effect("read", on);
  if (writes && mode?.includes("a")) results.effect("append", on);
  else if (writes) results.effect("write", on, mode?.includes("w") ? { truncates: true } : {});
  const made = handle("file", [{ at: fileEnd(call, path) }]);
  call.world.handles.push(made);
  return made;
}

function open(call: Call): Abstract {
  const path = call.args[0] ?? call.named.get("file") ?? NONE;
  const mode = exactOf(call.args[1] ?? call.named.get("mode") ?? known("r"));
  if (path.kind === "number" || (path.kind === "handle" && path.text === undefined))
    return path.kind === "handle" ? path : standard(path.value);
  if (exactOf(path) === "-" || path.kind === "nothing") return standard(0);
  return openPath(call, valueIn(path), mode);
}

const standard = (descriptor: number): Handle =>
  handle("file", [{ at: { kind: descriptor === 0 ? "stdin" : descriptor === 1 ? "stdout" : "caller" } }]);

/** os.open: flags say whether it is written; they are names, so any that is not O_RDONLY may be. */
function osOpen(call: Call): Abstract {
  const [path = NONE, flags] = call.args;
  const reads = flags?.kind === "library" && flags.path.endsWith("O_RDONLY");
  return openPath(call, valueIn(path), reads || flags?.kind === "number" ? "r" : "r+");
}

function descriptor(call: Call): Handle {
  const [value = NONE] = call.args;
  return value.kind === "handle" ? value : standard(value.kind === "number" ? value.value : 2);
}

function descriptorWrite(call: Call): Abstract {
  const data = call.args[1] ?? NONE;
  for (const { at } of descriptor(call).at) {
    call.world.results.flow(sourcesOf(data), at);
    if (at.kind === "resource" && at.on.kind === "path") call.world.results.keep(at.on.value, valueIn(data));
    if (at.kind === "stdout") call.world.results.print(valueIn(data));
  }
  return NONE;
}

const STAR: Hole = { origin: { by: "glob" }, glob: "star" };
const ANYWHERE: Hole = { origin: { by: "glob" }, glob: "globstar" };

const names: Native = () => listOf([], textOf(pattern([STAR, ""])));

/** Folder, folders in it, files in it. */
function walk(call: Call): Abstract {
  const top = valueIn(call.args[0] ?? call.named.get("top") ?? known("."));
  const inside = concat([top, pattern(["/", ANYWHERE])]);
  const any = listOf([], textOf(pattern([STAR])));
  return listOf([], listOf([textOf(inside), any, any]));
}

/** A glob of text is one of ours. */
export function globOf(value: Value): Value {
  const text = exactText(value);
  if (text === undefined) return value;
  const pieces: Piece[] = [];
  for (let at = 0; at < text.length; at++) {
    if (text.startsWith("**", at)) {
      pieces.push(ANYWHERE);
      at++;
    } else if (text[at] === "*") pieces.push(STAR);
    else if (text[at] === "?") pieces.push({ origin: { by: "glob" }, glob: "char" });
    else pieces.push(text[at] ?? "");
  }
  return pattern(pieces);
}

const glob: Native = (call) => listOf([], textOf(globOf(valueIn(call.args[0] ?? NONE))));

function path(call: Call): Abstract {
  const [first = NONE] = call.args;
  const text = call.path.endsWith(".join") ? joinPath(call.args.map(valueIn)) : valueIn(first);
  return textOf(expands(call.path) ? home(text) : text, allSources(call.args));
}

const expands = (name: string): boolean => name.endsWith("expanduser") || name.endsWith("expandvars");

/** `~` and `$HOME` at the front are the caller's home; `~bob` is Bob's. */
function home(value: Value): Value {
  const pieces = piecesOf(value);
  const [first, ...rest] = pieces;
  if (typeof first !== "string") return value;
  const start = first.startsWith("$HOME") ? first.slice(5) : first === "~" || first.startsWith("~/") ? first.slice(1) : undefined;
  return start === undefined ? value : pattern([{ origin: { by: "operator", name: "HOME" } }, start, ...rest], value.from);
}

const pathHandle = (text: Value, sources: readonly Source[] = []): Handle => handle("path", sources, text);

function pathOf(call: Call): Value {
  return call.self ? valueIn(call.self) : exact(".");
}

function pathGlob(call: Call): Abstract {
  const name = globOf(valueIn(call.args[0] ?? NONE));
  const middle = call.path.endsWith("rglob") ? pattern(["/", ANYWHERE, "/"]) : exact("/");
  return listOf([], pathHandle(concat([pathOf(call), middle, name])));
}

function pathJoin(call: Call): Abstract {
  const name = call.path.slice(call.path.lastIndexOf(".") + 1);
  if (name === "joinpath") return pathHandle(joinPath([pathOf(call), ...call.args.map(valueIn)]));
  return pathHandle(name === "with_suffix" || name === "with_name" ? madeOf([call.self ?? NONE]).value : home(pathOf(call)));
}

function archive(call: Call): Abstract {
  const [target = NONE] = call.args;
  const mode = exactOf(call.args[1] ?? call.named.get("mode") ?? known("r"));
  const file = call.named.get("fileobj") ?? target;
  if (file.kind === "handle" && file.text === undefined) return { ...handle("archive", file.at), fields: new Map() };
  return { ...openPath(call, valueIn(target), mode?.startsWith("r") ? "r" : mode), type: "archive" };
}

function archiveAdd(call: Call): Abstract {
  const [what = NONE, data] = call.args;
  const { results } = call.world;
  const isText = call.path.endsWith("writestr");
  const sources = isText ? sourcesOf(data ?? NONE) : resourcesIn(what, "path").map((on) => ({ at: endOf(on, call) }));
  if (!isText) for (const on of resourcesIn(what, "path")) results.effect("read", on);
  for (const { at } of call.self ? sourcesOf(call.self) : [])
    results.flow(
      sources.map((source) => ({ ...source, step: "archive" as const })),
      at,
    );
  return NONE;
}

const temporaryName = (): Value => exact("/tmp/tmpXXXXXXXX");

export const FILE_NATIVES: readonly (readonly [string, Native])[] = [
  ["open", open],
  ["os-open", osOpen],
  ["descriptor-read", (call) => dataFrom(descriptor(call).at)],
  ["descriptor-write", descriptorWrite],
  ["names", names],
  ["walk", walk],
  ["glob", glob],
  ["path", path],
  ["basename", partOf((text) => text.slice(text.lastIndexOf("/") + 1))],
  ["dirname", partOf((text) => text.slice(0, Math.max(0, text.lastIndexOf("/"))))],
  ["temporary-name", () => textOf(temporaryName())],
  [
    "temporary-pair",
    (call) => {
      const name = temporaryName();
      return listOf([openPath(call, name, "w"), textOf(name)]);
    },
  ],
  [
    "temporary-file",
    (call) => {
      const name = temporaryName();
      const made = openPath(call, name, "w");
      made.fields.set("name", textOf(name));
      return made;
    },
  ],
  [
    "make-path",
    (call) => pathHandle(joinPath(call.args.length > 0 ? call.args.map(valueIn) : [exact(".")]), allSources(call.args)),
  ],
  ["named-path", (call) => pathHandle(call.path.endsWith("home") ? unknown("operator", "HOME") : exact("."))],
  ["path-open", (call) => openPath(call, pathOf(call), exactOf(call.args[0] ?? known("r")))],
  ["path-children", (call) => listOf([], pathHandle(concat([pathOf(call), pattern(["/", STAR])])))],
  ["path-glob", pathGlob],
  ["path-join", pathJoin],
  ["archive", archive],
  ["archive-add", archiveAdd],
  [
    "query",
    (call) => (call.self?.kind === "handle" ? (call.path.endsWith("cursor") ? call.self : dataFrom(call.self.at)) : NONE),
  ],
  ["=os.O_RDONLY", () => number(0)],
  ["=os.curdir", () => textOf(exact("."))],
  ["=os.environb", () => ({ kind: "library", path: "os.environ" })],
];
