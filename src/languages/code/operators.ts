import { LIMITS } from "../../model/limits.ts";
import { exact, exactText } from "../../model/value.ts";
import { type Abstract, dataFrom, joined, listOf, madeOf, number, optionsOf, textOf, valueIn } from "./abstract.ts";
import { percent } from "./format.ts";
import { joinPath } from "./programs.ts";

const COMPARE: ReadonlySet<string> = new Set([
  "==",
  "===",
  "!=",
  "!==",
  "<",
  ">",
  "<=",
  ">=",
  "in",
  "not",
  "is",
  "<>",
  "instanceof",
]);

export function operate(sign: string, left: Abstract, right: Abstract): Abstract {
  // Which of two things is greater tells next to nothing of either.
  if (COMPARE.has(sign)) return dataFrom([], "author");
  if (left.kind === "either" && optionsOf(left).length <= 4)
    return joinedOptions(left.options.map((option) => operate(sign, option, right)));
  if (left.kind === "number" && right.kind === "number") return arithmetic(sign, left.value, right.value);
  switch (sign) {
    case "+":
      return plus(left, right);
    case "%":
      return left.kind === "text" ? percent(left, right) : madeOf([left, right]);
    case "*":
      return times(left, right);
    case "/":
      if (left.kind === "handle" && left.type === "path")
        return { ...left, text: joinPath([valueIn(left), valueIn(right)]), fields: new Map() };
      return madeOf([left, right]);
    default:
      return madeOf([left, right]);
  }
}

const joinedOptions = (options: readonly Abstract[]): Abstract => ({ kind: "either", options });

function plus(left: Abstract, right: Abstract): Abstract {
  if (left.kind === "list" && right.kind === "list") {
    const more = left.more ?? right.more;
    return listOf(left.more ? left.items : [...left.items, ...right.items], more);
  }
  if (left.kind === "list" || right.kind === "list") return madeOf([left, right]);
  return joined([left, right]);
}

function times(left: Abstract, right: Abstract): Abstract {
  const count = left.kind === "number" ? left.value : right.kind === "number" ? right.value : Number.NaN;
  const what = left.kind === "number" ? right : left;
  const text = what.kind === "text" ? exactText(what.value) : undefined;
  if (text !== undefined && what.kind === "text" && count >= 0 && text.length * count <= LIMITS.textLength)
    return textOf(exact(text.repeat(count)), what.sources);
  if (what.kind === "list" && count >= 0 && count * what.items.length <= 4096)
    return listOf(Array.from({ length: Math.floor(count) }, () => what.items).flat(), what.more);
  return madeOf([left, right]);
}

function arithmetic(sign: string, a: number, b: number): Abstract {
  switch (sign) {
    case "+":
      return number(a + b);
    case "-":
      return number(a - b);
    case "*":
      return number(a * b);
    case "/":
      return number(a / b);
    case "//":
      return number(Math.floor(a / b));
    case "%":
      return number(b === 0 ? 0 : ((a % b) + b) % b);
    case "**":
      return number(a ** b);
    case "^":
      return number(a ^ b);
    case "&":
      return number(a & b);
    case "|":
      return number(a | b);
    case "<<":
      return number(a * 2 ** b);
    case ">>":
      return number(Math.floor(a / 2 ** b));
    default:
      return dataFrom([], "author");
  }
}
