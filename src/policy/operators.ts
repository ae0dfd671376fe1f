export const OPS = ["eq", "neq", "in", "not_in", "lt", "lte", "gt", "gte", "regex", "contains", "exists"] as const;
export type Op = (typeof OPS)[number];

export interface Expression {
  test(text: string): boolean;
}

/** Intercept's operators, with its coercions. `exists` is about the path and decided before. */
export function compare(op: Op, actual: unknown, expected: unknown, expression: Expression | undefined): boolean {
  switch (op) {
    case "eq":
      return equal(actual, expected);
    case "neq":
      return !equal(actual, expected);
    case "in":
      return isIn(actual, expected);
    case "not_in":
      return !isIn(actual, expected);
    case "lt":
      return numbers(actual, expected, (a, b) => a < b);
    case "lte":
      return numbers(actual, expected, (a, b) => a <= b);
    case "gt":
      return numbers(actual, expected, (a, b) => a > b);
    case "gte":
      return numbers(actual, expected, (a, b) => a >= b);
    case "regex":
      return typeof actual === "string" && expression?.test(actual) === true;
    case "contains":
      return contains(actual, expected);
    case "exists":
      return false;
  }
}

/** Numbers by value, lists and tables part by part, anything else by how it is written: 5 is "5", true is "true". */
function equal(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => equal(item, b[i]));
  if (isTable(a) && isTable(b)) {
    const keys = Object.keys(a);
    return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && equal(a[key], b[key]));
  }
  const [left, right] = [written(a), written(b)];
  return left !== undefined && left === right;
}

const isTable = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function written(value: unknown): string | undefined {
  if (value === null || value === undefined) return "<nil>";
  if (typeof value === "number") return writtenNumber(value);
  return typeof value === "string" || typeof value === "boolean" ? String(value) : undefined;
}

/** As Go's %v has it: 1e+21 and 1e-05 where JavaScript agrees only on the first. */
function writtenNumber(value: number): string {
  const size = Math.abs(value);
  if (size === 0) return "0";
  if (size >= 1e-4 && size < 1e21) return String(value);
  const [digits = "", exponent = ""] = value.toExponential().split("e");
  const power = exponent.slice(1);
  return `${digits}e${exponent.charAt(0)}${power.length < 2 ? `0${power}` : power}`;
}

const isIn = (actual: unknown, list: unknown): boolean => Array.isArray(list) && list.some((item) => equal(actual, item));

function numbers(a: unknown, b: unknown, test: (a: number, b: number) => boolean): boolean {
  return typeof a === "number" && typeof b === "number" && test(a, b);
}

function contains(actual: unknown, expected: unknown): boolean {
  if (typeof actual === "string") return typeof expected === "string" && actual.includes(expected);
  return Array.isArray(actual) && actual.some((item) => equal(item, expected));
}
