/** A key of a table, the number of a list's item (from its end if negative), or every item. */
export type PathStep = { readonly key: string } | { readonly item: number } | { readonly every: true };

/** What a path leads to. */
export interface Found {
  readonly values: readonly unknown[];
  /** Nothing on the way was missing. */
  readonly complete: boolean;
}

/** Only what a table has itself is in it. */
export function follow(root: unknown, path: readonly PathStep[]): Found {
  let values: readonly unknown[] = [root];
  let complete = true;
  for (const step of path) {
    const next: unknown[] = [];
    for (const value of values) {
      const inner = take(value, step);
      if (inner === undefined) complete = false;
      else next.push(...inner);
    }
    values = next;
  }
  return { values, complete };
}

function take(value: unknown, step: PathStep): readonly unknown[] | undefined {
  if ("key" in step) {
    if (typeof value !== "object" || value === null || Array.isArray(value) || !Object.hasOwn(value, step.key)) return undefined;
    return [Reflect.get(value, step.key)];
  }
  if (!Array.isArray(value)) return undefined;
  if ("every" in step) return value;
  const item: unknown = value.at(step.item);
  return step.item < value.length && step.item >= -value.length ? [item] : undefined;
}

/** Where a path stops making sense, in words. */
export interface PathProblem {
  readonly problem: string;
}

/** Reads `args.command[0]`, `args.env[*]`, `args["odd key"].x`. */
export function parsePath(text: string): readonly PathStep[] | PathProblem {
  const steps: PathStep[] = [];
  let i = 0;
  while (i < text.length) {
    if (text.charAt(i) === "[") {
      const bracket = readBracket(text, i);
      if ("problem" in bracket) return bracket;
      steps.push(bracket.step);
      i = bracket.end;
      continue;
    }
    if (text.charAt(i) === ".") i++;
    else if (i > 0) return { problem: `"${text.slice(i)}" follows without a dot` };
    let end = i;
    while (end < text.length && text.charAt(end) !== "." && text.charAt(end) !== "[") end++;
    if (end === i) return { problem: "a name is missing" };
    steps.push({ key: text.slice(i, end) });
    i = end;
  }
  return steps.length === 0 ? { problem: "is empty" } : steps;
}

function readBracket(text: string, start: number): { readonly step: PathStep; readonly end: number } | PathProblem {
  const quote = text.charAt(start + 1);
  if (quote === '"' || quote === "'") {
    const close = text.indexOf(`${quote}]`, start + 2);
    return close < 0 ? { problem: "a bracket is not closed" } : { step: { key: text.slice(start + 2, close) }, end: close + 2 };
  }
  const close = text.indexOf("]", start);
  if (close < 0) return { problem: "a bracket is not closed" };
  const inside = text.slice(start + 1, close);
  if (inside === "*") return { step: { every: true }, end: close + 1 };
  if (!/^-?\d{1,6}$/.test(inside)) return { problem: `[${inside}] is neither a number, * nor a quoted key` };
  return { step: { item: Number(inside) }, end: close + 1 };
}
