import { LIMITS } from "../../model/limits.ts";
import { exactText, unknown } from "../../model/value.ts";
import type { Interpreter } from "./interpreter.ts";
import type { Node } from "./node.ts";
import { substitute } from "./substitute.ts";
import { blend, dataOf, either, glue, known, listOf, type Thing, text } from "./thing.ts";

const COMPARISONS: ReadonlySet<string> = new Set([
  "==",
  "!=",
  "~=",
  "===",
  "!==",
  "<=>",
  "<",
  ">",
  "<=",
  ">=",
  "eq",
  "ne",
  "cmp",
  "lt",
  "gt",
  "le",
  "ge",
  "instanceof",
  "in",
]);
const EITHER: ReadonlySet<string> = new Set(["||", "//", "??", "or", "and", "&&", "xor", "rescue"]);

export function operate(at: Interpreter, node: Extract<Node, { kind: "binary" }>): Thing {
  const { op } = node;
  const left = at.evaluate(at, node.left);
  if (op === "=~" || op === "!~") return matched(at, node, left);
  if (EITHER.has(op))
    return chosen(
      left,
      at.perhaps(() => at.evaluate(at, node.right)),
      op,
    );
  const right = at.evaluate(at, node.right);
  if (COMPARISONS.has(op)) return { value: unknown("author", "a comparison"), from: [] };
  if (op === at.dialect.concat && !(op === "+" && isNumber(left) && isNumber(right)))
    return left.items && right.items ? listOf([...left.items, ...right.items]) : glue([left, right]);
  if (op === "<<") return appended(at, node, left, right);
  if (op === "..") return range(left, right);
  if (op === "x" || (op === "*" && !isNumber(left))) return repeated(left, right);
  if (op === "%" && at.dialect.grammar.ends && !isNumber(left)) return glue([left, right]);
  const result = calculated(op, left, right);
  // Ruby divides whole numbers to whole numbers.
  return op === "/" && at.dialect.grammar.lexis.lines && isNumber(result)
    ? text(String(Math.floor(Number(known(result)))))
    : result;
}

/** `a || b`: what `a` is known to be, `b` where that is nothing. */
function chosen(left: Thing, right: Thing, op: string): Thing {
  if (op === "and" || op === "&&") return right;
  const both = either(left, right);
  const handle = left.handle ?? right.handle;
  return {
    ...left,
    from: both.from,
    ...(handle ? { handle } : {}),
    ...(left.value.kind === "unknown" && right.closure ? { closure: right.closure } : {}),
  };
}

function matched(at: Interpreter, node: Extract<Node, { kind: "binary" }>, left: Thing): Thing {
  const { right } = node;
  if (right.kind !== "regex") {
    at.evaluate(at, right);
    return { value: unknown("author", "a comparison"), from: [] };
  }
  const name =
    node.left.kind === "variable" || node.left.kind === "name"
      ? node.left.name
      : node.left.kind === "assign" && node.left.target.kind === "variable"
        ? node.left.target.name
        : undefined;
  return substitute(at, right, left, name);
}

/** Ruby's `<<` writes to what is open and appends to the rest. */
function appended(at: Interpreter, node: Extract<Node, { kind: "binary" }>, left: Thing, right: Thing): Thing {
  if (left.handle) {
    at.write(left.handle, right);
    return left;
  }
  const result = left.items
    ? listOf([...left.items, right])
    : isNumber(left) && isNumber(right)
      ? calculated("<<", left, right)
      : glue([left, right]);
  if (node.left.kind === "variable" || node.left.kind === "name") at.assign(node.left.name, result);
  return result;
}

const isNumber = (thing: Thing): boolean => {
  const value = known(thing);
  return value !== undefined && value.trim() !== "" && Number.isFinite(Number(value));
};

function range(left: Thing, right: Thing): Thing {
  const [from, to] = [Number(known(left)), Number(known(right))];
  if (!isNumber(left) || !isNumber(right) || to - from > 64 || to < from) return listOf([blend([left, right])]);
  return listOf(Array.from({ length: to - from + 1 }, (_, i) => text(String(from + i))));
}

function repeated(left: Thing, right: Thing): Thing {
  const value = exactText(left.value);
  const times = Number(known(right));
  if (value === undefined || !isNumber(right) || times < 0 || value.length * times > LIMITS.textLength)
    return blend([left, right]);
  return text(value.repeat(Math.floor(times)), left.from);
}

function calculated(op: string, left: Thing, right: Thing): Thing {
  const [a, b] = [known(left), known(right)];
  if (a === undefined || b === undefined) return blend([left, right]);
  if (!isNumber(left) || !isNumber(right))
    return op === "^" && a.length > 0 ? text(xor(a, b), dataOf([left, right])) : blend([left, right]);
  const result = arithmetic(op, Number(a), Number(b));
  return result === undefined || !Number.isFinite(result) ? blend([left, right]) : text(String(result));
}

function arithmetic(op: string, a: number, b: number): number | undefined {
  const operations: ReadonlyMap<string, number> = new Map([
    ["+", a + b],
    ["-", a - b],
    ["*", a * b],
    ["/", a / b],
    ["%", a % b],
    ["**", a ** b],
    ["^", a ^ b],
    ["|", a | b],
    ["&", a & b],
    ["<<", a << b],
    [">>", a >> b],
  ]);
  return operations.get(op);
}

/** Texts combined bit by bit, as PHP and Perl do. */
function xor(a: string, b: string): string {
  const length = Math.min(a.length, b.length);
  return Array.from({ length }, (_, i) => String.fromCharCode(a.charCodeAt(i) ^ b.charCodeAt(i))).join("");
}
