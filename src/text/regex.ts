/** Regular expressions without groups and alternatives: enough for `s/x/y/` and `grep word`, and never more than text × pattern steps. */
export interface Regex {
  readonly atoms: readonly Atom[];
  readonly start: boolean;
  readonly end: boolean;
  /** Steps that may still be taken; below zero, what was found (or not) means nothing. */
  readonly fuel: { left: number };
}

const FUEL = 1_000_000;

interface Atom {
  readonly matches: (char: string) => boolean;
  readonly least: 0 | 1;
  readonly many: boolean;
}

export interface Syntax {
  readonly extended: boolean;
  readonly ignoreCase: boolean;
}

/** Undefined: something we do not read (groups, bounds, back references, `\w`). */
export function parseRegex(source: string, { extended, ignoreCase }: Syntax): Regex | undefined {
  const atoms: Atom[] = [];
  let start = false;
  let end = false;
  for (let i = 0; i < source.length; ) {
    const char = source[i] ?? "";
    if (char === "^" && i === 0) start = true;
    else if (char === "$" && i === source.length - 1) end = true;
    else {
      const atom = atomAt(source, i, extended, ignoreCase);
      if (!atom) return undefined;
      const quantifier = quantifierAt(source, atom.next, extended);
      atoms.push({
        matches: atom.matches,
        least: quantifier === "*" || quantifier === "?" ? 0 : 1,
        many: quantifier === "*" || quantifier === "+",
      });
      i = atom.next + (quantifier === "" ? 0 : !extended && quantifier !== "*" ? 2 : 1);
      if (quantifierAt(source, i, extended) !== "") return undefined;
      continue;
    }
    i++;
  }
  return { atoms, start, end, fuel: { left: FUEL } };
}

interface Read {
  readonly matches: (char: string) => boolean;
  readonly next: number;
}

function atomAt(source: string, at: number, extended: boolean, ignoreCase: boolean): Read | undefined {
  const char = source[at] ?? "";
  if (char === ".") return { matches: (c) => c !== "\n", next: at + 1 };
  if (char === "[") return bracketAt(source, at, ignoreCase);
  if (char === "\\") {
    const next = source[at + 1];
    if (next === undefined || /[A-Za-z0-9<>`'(){}|+?]/.test(next)) {
      const control =
        next === "n" ? "\n" : next === "t" ? "\t" : extended && next !== undefined && /[(){}|+?]/.test(next) ? next : undefined;
      return control === undefined ? undefined : { matches: (c) => c === control, next: at + 2 };
    }
    return { matches: (c) => c === next, next: at + 2 };
  }
  if (extended ? /[(){}|*+?^$]/.test(char) : char === "*" && at > 0) return undefined;
  return { matches: ignoreCase ? (c) => c.toLowerCase() === char.toLowerCase() : (c) => c === char, next: at + 1 };
}

function quantifierAt(source: string, at: number, extended: boolean): "" | "*" | "+" | "?" {
  const char = source[at];
  if (char === "*") return "*";
  const other = extended ? char : char === "\\" ? source[at + 1] : undefined;
  return other === "+" || other === "?" ? other : "";
}

function bracketAt(source: string, at: number, ignoreCase: boolean): Read | undefined {
  const negated = source[at + 1] === "^";
  const first = at + (negated ? 2 : 1);
  const close = source.indexOf("]", first + 1);
  const inside = source.slice(first, close);
  if (close < 0 || inside.includes("[:") || inside.includes("[.") || inside.includes("[=")) return undefined;
  const ranges: (readonly [string, string])[] = [];
  for (let i = 0; i < inside.length; i++) {
    const from = inside[i] ?? "";
    if (inside[i + 1] === "-" && i + 2 < inside.length) {
      ranges.push([from, inside[i + 2] ?? ""]);
      i += 2;
    } else ranges.push([from, from]);
  }
  const within = (c: string): boolean => ranges.some(([from, to]) => c >= from && c <= to);
  return {
    matches: (c) => (within(c) || (ignoreCase && (within(c.toLowerCase()) || within(c.toUpperCase())))) !== negated,
    next: close + 1,
  };
}

/** The end of the longest match that begins at `at`. */
export function matchAt(regex: Regex, text: string, at: number): number | undefined {
  if (regex.start && at !== 0) return undefined;
  let positions: readonly number[] = [at];
  for (const atom of regex.atoms) {
    const next = new Set<number>();
    regex.fuel.left -= positions.length;
    if (regex.fuel.left < 0) return undefined;
    for (const position of positions) {
      if (atom.least === 0) next.add(position);
      for (let p = position; p < text.length && atom.matches(text[p] ?? ""); ) {
        p++;
        if (next.has(p)) break;
        next.add(p);
        regex.fuel.left--;
        if (!atom.many) break;
      }
    }
    if (next.size === 0) return undefined;
    positions = [...next].sort((a, b) => a - b);
  }
  return regex.end ? positions.find((p) => p === text.length) : positions.at(-1);
}

/** The leftmost match. */
export function find(regex: Regex, text: string, from = 0): readonly [start: number, end: number] | undefined {
  for (let at = from; at <= text.length && regex.fuel.left >= 0; at++) {
    regex.fuel.left--;
    const end = matchAt(regex, text, at);
    if (end !== undefined) return [at, end];
    if (regex.start) return undefined;
  }
  return undefined;
}
