import { exact, exactText, join, originOf, textsOf, type Value } from "../model/value.ts";
import { numberValue } from "../syntax/arithmetic-tokens.ts";
import type { Arithmetic, Word } from "../syntax/ast.ts";
import { parseArithmetic } from "./arithmetic-text.ts";
import { joined } from "./fragments.ts";
import { isAssociative, lookup, valueIn } from "./lookup.ts";
import { binaryOf, combine, eitherNum, hidden, type Num, num, unaryOf, valueOfNum } from "./numbers.ts";
import { fragmentsOf } from "./parts.ts";
import type { Variable } from "./scope.ts";
import { assign, limit, spend, template, unsupported, variableOf, type Work } from "./work.ts";

const DEEPEST = 64;

/** `$((…))` */
export const arithmeticValue = (expression: Arithmetic, work: Work): Value => valueOfNum(evaluate(expression, true, work));

/** Text as an arithmetic expression: subscripts, operands of `-eq`, values of integer variables. */
export const evaluateText = (text: Value, work: Work): Value => valueOfNum(numberIn(text, work));

function numberIn(text: Value, work: Work): Num {
  const texts = textsOf(text);
  if (!texts) return hidden(originOf(text) ?? { by: "author" }, text.from);
  const from = text.from ?? [];
  const all = eitherNum(texts.map((t) => numberOfText(t, work)));
  return { ...all, from: [...new Set([...all.from, ...from])] };
}

function numberOfText(text: string, work: Work): Num {
  const trimmed = text.trim();
  const value = /^[0-9]/.test(trimmed) ? numberValue(trimmed) : undefined;
  if (value !== undefined) return num(value);
  // a[$(id)]: what the subscript of a value names is expanded once more
  if (text.includes("[") && (text.includes("$(") || text.includes("`") || text.includes("${"))) {
    unsupported(work, "arithmetic expands a value again, and runs code in it", exact(text));
    return hidden({ by: "unsupported", name: "arithmetic" });
  }
  if (work.depth > DEEPEST || !spend(work, 8 * text.length + 64)) {
    limit(work, "arithmetic is nested too deeply");
    return hidden({ by: "author" });
  }
  const expression = parseArithmetic(text);
  if (!expression || expression.kind === "word") return hidden({ by: "author" });
  work.depth++;
  const result = evaluate(expression, true, work);
  work.depth--;
  return result;
}

/** `top`: a value's text is all of the expression here, so that operators in it bind as they would alone. */
function evaluate(a: Arithmetic, top: boolean, work: Work): Num {
  if (!spend(work, 16)) return hidden({ by: "author" });
  switch (a.kind) {
    case "number":
      if (a.octal) template(work, "a number with a leading zero is octal");
      return num(a.value);
    case "variable":
      return numberIn(valueOfVariable(a.name, a.index, work), work);
    case "word":
      return wordNumber(a.word, top, work);
    case "unary": {
      const operand = evaluate(a.operand, false, work);
      return combine(operand, num(0n), (x) => unaryOf(a.operator, x));
    }
    case "prefix":
    case "postfix": {
      const before = evaluate(a.operand, false, work);
      const after = combine(before, num(a.operator === "++" ? 1n : -1n), (x, y) => x + y);
      store(a.operand, after, work);
      return a.kind === "prefix" ? after : before;
    }
    case "assign":
      return assigned(a, work);
    case "ternary": {
      const test = evaluate(a.test, false, work);
      const yes = decided(test);
      if (yes !== undefined) return evaluate(yes ? a.yes : a.no, false, work);
      return eitherNum([perhaps(() => evaluate(a.yes, false, work), work), perhaps(() => evaluate(a.no, false, work), work)]);
    }
    case "binary":
      return binary(a, work);
  }
}

function binary(a: Extract<Arithmetic, { kind: "binary" }>, work: Work): Num {
  const left = evaluate(a.left, a.operator === ",", work);
  const skip = a.operator === "&&" ? false : a.operator === "||" ? true : undefined;
  if (skip === undefined) {
    const right = evaluate(a.right, a.operator === ",", work);
    return a.operator === "," ? right : combine(left, right, (x, y) => binaryOf(a.operator, x, y));
  }
  const known = decided(left);
  if (known === skip) return num(skip ? 1n : 0n);
  const right = known === undefined ? perhaps(() => evaluate(a.right, false, work), work) : evaluate(a.right, false, work);
  return combine(left, right, (x, y) => binaryOf(a.operator, x, y));
}

function decided(n: Num): boolean | undefined {
  if (!n.values) return undefined;
  return n.values.every((v) => v !== 0n) ? true : n.values.every((v) => v === 0n) ? false : undefined;
}

/** Evaluates what may or may not be evaluated: its assignments may not have happened. */
function perhaps(f: () => Num, work: Work): Num {
  const mark = work.assigned.length;
  const before = new Map(work.local);
  const result = f();
  for (const { name, value } of work.assigned.splice(mark)) {
    const old = before.get(name)?.value ?? work.scope.variables.get(name)?.value;
    assign(work, name, old ? join(old, value) : value);
  }
  return result;
}

function wordNumber(word: Word, top: boolean, work: Work): Num {
  const text = joined(fragmentsOf(word.parts, true, "none", work), " ");
  // 2*$y with y=1+2 is 2*1+2: operators in the text would bind to what stands around it.
  if (!top && !(textsOf(text)?.every((t) => t.length < 200 && /^\s*[-+]?[A-Za-z0-9_#@]*\s*$/.test(t)) ?? true)) {
    const inner = numberIn(text, work);
    return hidden({ by: "author" }, inner.from);
  }
  return numberIn(text, work);
}

function valueOfVariable(name: string, index: Word | undefined, work: Work): Value {
  const found = lookup(name, index && key(name, index, work), work);
  const value = valueIn(found);
  return found.set === "no" || exactText(value) === "" ? exact("0") : value;
}

function key(name: string, index: Word, work: Work): Value {
  const text = joined(fragmentsOf(index.parts, false, "none", work), " ");
  return isAssociative(variableOf(work, name)) ? text : valueOfNum(numberIn(text, work));
}

function assigned(a: Extract<Arithmetic, { kind: "assign" }>, work: Work): Num {
  const value = evaluate(a.value, true, work);
  const operator = a.operator.slice(0, -1);
  const result = operator === "" ? value : combine(evaluate(a.target, false, work), value, (x, y) => binaryOf(operator, x, y));
  store(a.target, result, work);
  return result;
}

function store(target: Arithmetic, result: Num, work: Work): void {
  if (target.kind !== "variable") return;
  const value = valueOfNum(result);
  if (!target.index) {
    assign(work, target.name, value);
    return;
  }
  const subscript = exactText(key(target.name, target.index, work));
  const variable: Variable = variableOf(work, target.name) ?? { value: exact("") };
  if (subscript === undefined) return;
  const elements = new Map(variable.elements ?? [["0", variable.value]]);
  elements.set(subscript, value);
  work.local.set(target.name, { ...variable, elements, value: elements.get("0") ?? exact("") });
  work.assigned.push({ name: `${target.name}[${subscript}]`, value });
}
