import { LIMITS } from "../model/limits.ts";
import { carry, type NodeId, type Origin, oneOf, unknown, type Value } from "../model/value.ts";

/** One of several integers, or an unknown one. */
export interface Num {
  readonly values?: readonly bigint[];
  readonly origin?: Origin;
  readonly from: readonly NodeId[];
}

export const num = (value: bigint): Num => ({ values: [BigInt.asIntN(64, value)], from: [] });
export const hidden = (origin: Origin, from: readonly NodeId[] = []): Num => ({ origin, from });

export function valueOfNum(n: Num): Value {
  if (n.values) return carry(oneOf(n.values.map(String)), n.from);
  return unknown(n.origin?.by ?? "author", n.origin?.name, n.from);
}

/** Any of these. */
export function eitherNum(all: readonly Num[]): Num {
  const from = [...new Set(all.flatMap((n) => n.from))];
  const vague = all.find((n) => !n.values);
  if (vague) return { origin: vague.origin ?? { by: "author" }, from };
  const values = [...new Set(all.flatMap((n) => n.values ?? []))];
  return values.length > LIMITS.alternatives ? { origin: { by: "author" }, from } : { values, from };
}

/** Applies an operation to each pair; undefined is an error of the shell's (division by zero). */
export function combine(a: Num, b: Num, f: (a: bigint, b: bigint) => bigint | undefined): Num {
  const from = [...new Set([...a.from, ...b.from])];
  if (!a.values || !b.values) return { origin: a.origin ?? b.origin ?? { by: "author" }, from };
  const out = new Set<bigint>();
  for (const x of a.values) {
    for (const y of b.values) {
      const result = f(x, y);
      if (result === undefined || out.size >= LIMITS.alternatives) return { origin: { by: "author" }, from };
      out.add(BigInt.asIntN(64, result));
    }
  }
  return { values: [...out], from };
}

const bit = (condition: boolean): bigint => (condition ? 1n : 0n);

export function binaryOf(operator: string, a: bigint, b: bigint): bigint | undefined {
  switch (operator) {
    case ",":
      return b;
    case "||":
      return bit(a !== 0n || b !== 0n);
    case "&&":
      return bit(a !== 0n && b !== 0n);
    case "|":
      return a | b;
    case "^":
      return a ^ b;
    case "&":
      return a & b;
    case "==":
      return bit(a === b);
    case "!=":
      return bit(a !== b);
    case "<=":
      return bit(a <= b);
    case ">=":
      return bit(a >= b);
    case "<":
      return bit(a < b);
    case ">":
      return bit(a > b);
    case "<<":
      return a << (b & 63n);
    case ">>":
      return a >> (b & 63n);
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return b === 0n ? undefined : a / b;
    case "%":
      return b === 0n ? undefined : a % b;
    case "**":
      return b < 0n ? undefined : power(a, b);
    default:
      return undefined;
  }
}

/** Wrapped at every step, so that `2**999999999` costs thirty multiplications. */
function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = base;
  for (let e = exponent; e > 0n; e >>= 1n) {
    if (e & 1n) result = BigInt.asIntN(64, result * square);
    square = BigInt.asIntN(64, square * square);
  }
  return result;
}

export function unaryOf(operator: string, a: bigint): bigint | undefined {
  switch (operator) {
    case "-":
      return -a;
    case "+":
      return a;
    case "!":
      return bit(a === 0n);
    case "~":
      return ~a;
    default:
      return undefined;
  }
}
