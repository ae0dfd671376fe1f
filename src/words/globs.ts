import { concat, type Hole, oneOf, type Piece, pattern, piecesOf, textsOf, type Value } from "../model/value.ts";
import { type Fragment, joined } from "./fragments.ts";
import { type Bracket, compile, type Glob, type Token, type Unit } from "./tokens.ts";
import { spend, type Work } from "./work.ts";

const ACTIVE = /[*?[]/;

/** Can a file name be chosen by this fragment? */
export function isGlob(f: Fragment): boolean {
  if (f.mode === "extglob") return true;
  if (f.mode !== "literal" && f.mode !== "split") return false;
  return f.value.kind === "unknown" ? false : piecesOf(f.value).some((p) => typeof p === "string" && ACTIVE.test(p));
}

/** The units of fragments as pattern text; alternatives blur to a hole. */
export function unitsOf(fragments: readonly Fragment[], separator: string): readonly Unit[] {
  return fragments.flatMap((f): readonly Unit[] => {
    if (f.mode === "break") return [{ char: f.star ? separator : " ", active: false }];
    if (f.mode === "extglob")
      return [
        { group: { kind: "group", operator: f.part.operator, alternatives: f.alternatives.map((a) => globOf(a, separator)) } },
      ];
    const active = f.mode === "literal" || f.mode === "split";
    return piecesOf(f.value).flatMap((p): readonly Unit[] =>
      typeof p === "string"
        ? Array.from(p, (char) => ({ char, active: active && (f.mode === "split" || char !== "\\") }))
        : [{ hole: p.origin }],
    );
  });
}

const globOf = (fragments: readonly Fragment[], separator: string): Glob => compile(unitsOf(fragments, separator), false, true);

/** The file names an argument may become, as a value; the text itself if it has no active character. */
export function fileNames(fragments: readonly Fragment[], work: Work): Value {
  const from = fragments.flatMap((f) => ("value" in f ? (f.value.from ?? []) : []));
  const enumerated = enumerate(fragments);
  if (enumerated) return enumerated;
  spend(work, 1);
  const units = unitsOf(fragments, " ");
  const tokens = compile(units, true, false);
  const single = onlyOneName(tokens);
  if (single !== undefined) return oneOf([single, joinedText(units)], from);
  return pattern(holes(tokens, false), from);
}

/** `/usr/bin/@(id|env)`: all names it can match are written down. */
function enumerate(fragments: readonly Fragment[]): Value | undefined {
  if (!fragments.some((f) => f.mode === "extglob")) return undefined;
  const values: Value[] = [];
  for (const f of fragments) {
    if (f.mode === "break") return undefined;
    if (f.mode !== "extglob") {
      if (isGlob(f)) return undefined;
      values.push(f.value);
      continue;
    }
    if ((f.part.operator !== "@" && f.part.operator !== "?") || f.alternatives.some((a) => a.some(isGlob))) return undefined;
    const texts = f.alternatives.map((a) => textsOf(joined(a, " ")));
    if (texts.some((t) => t === undefined)) return undefined;
    values.push(oneOf([...texts.flatMap((t) => t ?? []), ...(f.part.operator === "?" ? [""] : [])]));
  }
  return concat(values);
}

const joinedText = (units: readonly Unit[]): string => units.map((u) => ("char" in u ? u.char : "")).join("");

/** `/usr/bin/[i]d` names one file. */
function onlyOneName(tokens: Glob): string | undefined {
  let name = "";
  for (const token of tokens) {
    if (token.kind === "text") name += token.text;
    else {
      const char = token.kind === "set" ? onlyChar(token.set) : undefined;
      if (char === undefined) return undefined;
      name += char;
    }
  }
  return name;
}

function onlyChar(set: Bracket): string | undefined {
  const [range] = set.ranges;
  return !set.negated && set.classes.length === 0 && set.ranges.length === 1 && range && range[0] === range[1]
    ? range[0]
    : undefined;
}

/** The pieces of a pattern; in a path a star stops at a slash, elsewhere it does not. */
export const holes = (tokens: Glob, anywhere: boolean): readonly Piece[] => tokens.map((token) => pieceOf(token, anywhere));

function pieceOf(token: Token, anywhere: boolean): Piece {
  const origin: Hole["origin"] = { by: "glob" };
  switch (token.kind) {
    case "text":
      return token.text;
    case "any":
      return { origin, glob: "char" };
    case "star":
      return { origin, glob: anywhere || token.double ? "globstar" : "star" };
    case "set": {
      const only = onlyChar(token.set);
      return only ?? { origin, glob: "char", set: token.set.source };
    }
    case "group":
      return { origin, glob: anywhere ? "globstar" : "star" };
    case "hole":
      return { origin: token.origin };
  }
}
