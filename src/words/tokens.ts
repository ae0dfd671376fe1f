import type { Origin } from "../model/value.ts";

/** A compiled shell pattern. */
export type Token =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "any" }
  /** `double`: `**`, which may cross slashes. */
  | { readonly kind: "star"; readonly double: boolean }
  | { readonly kind: "set"; readonly set: Bracket }
  | { readonly kind: "group"; readonly operator: "?" | "*" | "+" | "@" | "!"; readonly alternatives: readonly Glob[] }
  | { readonly kind: "hole"; readonly origin: Origin };

export type Glob = readonly Token[];

export interface Bracket {
  readonly source: string;
  readonly negated: boolean;
  readonly ranges: readonly (readonly [from: string, to: string])[];
  readonly classes: readonly string[];
}

/** A character of pattern text; quoted ones stand for themselves. */
export type Unit =
  | { readonly char: string; readonly active: boolean }
  | { readonly group: Extract<Token, { kind: "group" }> }
  | { readonly hole: Origin };

/** Reads units as a pattern. `path`: a bracket expression holds no slash. Groups written as text are read if `groups`. */
export function compile(units: readonly Unit[], path: boolean, groups: boolean): Glob {
  return new Compiler(units, path, groups).sequence(false);
}

const MOST_GROUPS = 50;

class Compiler {
  private at = 0;
  private depth = 0;
  /** No bracket that opens before this closes; keeps `[[[[[…` linear. */
  private unclosed = 0;
  private readonly units: readonly Unit[];
  private readonly path: boolean;
  private groups: boolean;

  constructor(units: readonly Unit[], path: boolean, groups: boolean) {
    this.units = units;
    this.path = path;
    this.groups = groups;
  }

  sequence(inGroup: boolean): Glob {
    const out: Token[] = [];
    for (let unit = this.units[this.at]; unit; unit = this.units[this.at]) {
      if (inGroup && (this.activeAt(this.at) === "|" || this.activeAt(this.at) === ")")) break;
      this.at++;
      if ("group" in unit) out.push(unit.group);
      else if ("hole" in unit) out.push({ kind: "hole", origin: unit.hole });
      else this.character(unit.char, unit.active, out);
    }
    return out;
  }

  private activeAt(i: number): string | undefined {
    const unit = this.units[i];
    return unit && "char" in unit && unit.active ? unit.char : undefined;
  }

  private character(char: string, active: boolean, out: Token[]): void {
    const group = active && this.groups && this.activeAt(this.at) === "(" ? this.group(char) : undefined;
    if (group) out.push(group);
    else if (active && char === "*") {
      const double = out.at(-1)?.kind === "star";
      if (double) out.pop();
      out.push({ kind: "star", double });
    } else if (active && char === "?") out.push({ kind: "any" });
    else if (active && char === "[") this.bracket(out);
    else if (active && char === "\\") this.escaped(out);
    else text(char, out);
  }

  /** A backslash that came out of a variable. */
  private escaped(out: Token[]): void {
    const next = this.units[this.at];
    const escapes = next !== undefined && "char" in next;
    if (escapes) this.at++;
    text(escapes ? next.char : "\\", out);
  }

  private group(operator: string): Token | undefined {
    if (operator !== "?" && operator !== "*" && operator !== "+" && operator !== "@" && operator !== "!") return undefined;
    if (this.depth >= MOST_GROUPS) return undefined;
    const start = this.at;
    this.depth++;
    const alternatives: Glob[] = [];
    do {
      this.at++;
      alternatives.push(this.sequence(true));
    } while (this.activeAt(this.at) === "|");
    this.depth--;
    if (this.activeAt(this.at) === ")") {
      this.at++;
      return { kind: "group", operator, alternatives };
    }
    // Runs to the end: so would every group before it.
    this.groups = false;
    this.at = start;
    return undefined;
  }

  private bracket(out: Token[]): void {
    const end = this.bracketEnd();
    if (end === undefined) {
      text("[", out);
      return;
    }
    const inside = this.units.slice(this.at, end);
    this.at = end + 1;
    const hole = inside.find((unit) => "hole" in unit);
    if (hole && "hole" in hole) out.push({ kind: "any" });
    else out.push({ kind: "set", set: bracketOf(inside.flatMap((unit) => ("char" in unit ? [unit] : []))) });
  }

  private bracketEnd(): number | undefined {
    if (this.at < this.unclosed) return undefined;
    let i = this.at;
    if (this.activeAt(i) === "!" || this.activeAt(i) === "^") i++;
    for (const first = i; i < this.units.length; i++) {
      const unit = this.units[i];
      if (unit && "char" in unit && unit.char === "/" && this.path) break;
      if (this.activeAt(i) === "\\") i++;
      else if (this.activeAt(i) === "[" && /^[:.=]$/.test(this.activeAt(i + 1) ?? "")) i = this.classEnd(i) ?? i;
      else if (this.activeAt(i) === "]" && i > first) return i;
      this.unclosed = i;
    }
    return undefined;
  }

  private classEnd(open: number): number | undefined {
    const mark = this.activeAt(open + 1);
    for (let i = open + 2; i < Math.min(this.units.length, open + 20); i++) {
      if (this.activeAt(i) === mark && this.activeAt(i + 1) === "]") return i + 1;
    }
    return undefined;
  }
}

function text(char: string, out: Token[]): void {
  const last = out.at(-1);
  if (last?.kind === "text") out[out.length - 1] = { kind: "text", text: last.text + char };
  else out.push({ kind: "text", text: char });
}

function bracketOf(units: readonly { char: string; active: boolean }[]): Bracket {
  const source = units.map((u) => u.char).join("");
  const [first] = units;
  const negated = first?.active === true && (first.char === "!" || first.char === "^");
  const ranges: [string, string][] = [];
  const classes: string[] = [];
  for (let i = negated ? 1 : 0; i < units.length; i++) {
    let unit = units[i];
    if (unit?.active && unit.char === "\\" && i + 1 < units.length) unit = units[++i];
    if (!unit) break;
    const named = unit.active && unit.char === "[" ? /^\[([:.=])([^\]]{1,10})\1\]/.exec(source.slice(i, i + 16)) : null;
    if (named) {
      if (named[1] === ":") classes.push(named[2] ?? "");
      else ranges.push([named[2] ?? "", named[2] ?? ""]);
      i += named[0].length - 1;
      continue;
    }
    const to = units[i + 2];
    if (units[i + 1]?.char === "-" && units[i + 1]?.active && to) {
      ranges.push([unit.char, to.char]);
      i += 2;
    } else ranges.push([unit.char, unit.char]);
  }
  return { source, negated, ranges, classes };
}
