import { numberValue, type Token } from "./arithmetic-tokens.ts";
import type { Arithmetic, Word } from "./ast.ts";

/** What the grammar works on. `word` stands for source[from, to); its parts may be filled in later. */
interface Material {
  readonly tokens: readonly Token[];
  readonly word: (from: number, to: number) => Word;
  readonly span: (from: number, to: number) => Word["span"];
  readonly deepest: number;
}

/** An expression, how deep its tree is, and the source range it stands in. */
export interface Read {
  readonly tree: Arithmetic;
  readonly height: number;
  readonly pos: number;
  readonly end: number;
}

interface State extends Material {
  at: number;
  depth: number;
  tooDeep: boolean;
}

/** bash(1), ARITHMETIC EVALUATION, from loosest to tightest; assignment and `?:` are handled apart. */
const LEVELS: readonly (readonly string[])[] = [
  [","],
  [],
  [],
  ["||"],
  ["&&"],
  ["|"],
  ["^"],
  ["&"],
  ["==", "!="],
  ["<", ">", "<=", ">="],
  ["<<", ">>"],
  ["+", "-"],
  ["*", "/", "%"],
  ["**"],
];
const POWER: ReadonlyMap<string, number> = new Map(LEVELS.flatMap((all, power) => all.map((operator) => [operator, power])));
const COMMA = 0;
const ASSIGN = 1;
const TERNARY = 2;
const EXPONENT = 13;
const ASSIGNMENTS: ReadonlySet<string> = new Set(["=", "*=", "/=", "%=", "+=", "-=", "<<=", ">>=", "&=", "^=", "|="]);
const UNARY: ReadonlySet<string> = new Set(["+", "-", "!", "~"]);

/** The whole of the tokens as an expression; `syntax` if they are none, `deep` if its tree would be too deep. */
export function readExpression(material: Material): Read | "syntax" | "deep" {
  const state: State = { ...material, at: 0, depth: 0, tooDeep: false };
  const read = binary(state, COMMA);
  if (read !== undefined && state.at === state.tokens.length && read.height <= state.deepest) return read;
  return state.tooDeep || (read?.height ?? 0) > state.deepest ? "deep" : "syntax";
}

function operatorAt(state: State): string | undefined {
  const token = state.tokens[state.at];
  return token?.kind === "operator" ? token.text : undefined;
}

function binary(state: State, lowest: number): Read | undefined {
  state.depth += 1;
  if (state.depth > state.deepest) state.tooDeep = true;
  let left = state.tooDeep ? undefined : unary(state);
  while (left !== undefined) {
    const next = continued(state, left, lowest);
    if (next === left) break;
    left = next;
  }
  state.depth -= 1;
  return left;
}

/** `left` with the operator that follows it and its operand; `left` itself if none follows. */
function continued(state: State, left: Read, lowest: number): Read | undefined {
  const operator = operatorAt(state);
  if (operator === undefined) return left;
  if (operator === "?") return lowest <= TERNARY ? ternary(state, left) : left;
  if (ASSIGNMENTS.has(operator)) return lowest <= ASSIGN ? assignment(state, left, operator) : left;
  const power = POWER.get(operator);
  if (power === undefined || power < lowest) return left;
  state.at += 1;
  const right = binary(state, power === EXPONENT ? EXPONENT : power + 1);
  if (right === undefined) return undefined;
  const span = state.span(left.pos, right.end);
  return over(left, right, { kind: "binary", operator, left: left.tree, right: right.tree, span });
}

function over(left: Read, right: Read, tree: Arithmetic): Read {
  return { tree, height: Math.max(left.height, right.height) + 1, pos: left.pos, end: right.end };
}

function assignment(state: State, target: Read, operator: string): Read | undefined {
  state.at += 1;
  const value = binary(state, ASSIGN);
  if (value === undefined) return undefined;
  const span = state.span(target.pos, value.end);
  return over(target, value, { kind: "assign", operator, target: target.tree, value: value.tree, span });
}

function ternary(state: State, test: Read): Read | undefined {
  state.at += 1;
  const yes = binary(state, COMMA);
  if (yes === undefined || operatorAt(state) !== ":") return undefined;
  state.at += 1;
  const no = binary(state, ASSIGN);
  if (no === undefined) return undefined;
  const height = Math.max(test.height, yes.height, no.height) + 1;
  const span = state.span(test.pos, no.end);
  return { tree: { kind: "ternary", test: test.tree, yes: yes.tree, no: no.tree, span }, height, pos: test.pos, end: no.end };
}

function unary(state: State): Read | undefined {
  const token = state.tokens[state.at];
  if (token?.kind !== "operator") return postfix(state);
  const operator = token.text;
  if (operator === "(") return parenthesis(state, token.pos);
  const step = operator === "++" || operator === "--" ? operator : undefined;
  if (step === undefined && !UNARY.has(operator)) return undefined;
  state.at += 1;
  state.depth += 1;
  if (state.depth > state.deepest) state.tooDeep = true;
  const operand = state.tooDeep ? undefined : unary(state);
  state.depth -= 1;
  if (operand === undefined) return undefined;
  const span = state.span(token.pos, operand.end);
  const tree: Arithmetic = step
    ? { kind: "prefix", operator: step, operand: operand.tree, span }
    : { kind: "unary", operator, operand: operand.tree, span };
  return { tree, height: operand.height + 1, pos: token.pos, end: operand.end };
}

function parenthesis(state: State, pos: number): Read | undefined {
  state.at += 1;
  const inner = binary(state, COMMA);
  const close = state.tokens[state.at];
  if (inner === undefined || operatorAt(state) !== ")" || close === undefined) return undefined;
  state.at += 1;
  return { ...inner, pos, end: close.end };
}

function postfix(state: State): Read | undefined {
  const operand = primary(state);
  const token = state.tokens[state.at];
  if (operand === undefined || token === undefined || (token.text !== "++" && token.text !== "--")) return operand;
  state.at += 1;
  const span = state.span(operand.pos, token.end);
  const tree: Arithmetic = { kind: "postfix", operator: token.text, operand: operand.tree, span };
  return { tree, height: operand.height + 1, pos: operand.pos, end: token.end };
}

/** A number, a variable with or without subscript, or a word: pieces that touch, as `16#$x` or `a$i`. */
function primary(state: State): Read | undefined {
  const first = state.tokens[state.at];
  if (first === undefined || first.kind === "operator") return undefined;
  let last = first;
  let composed = first.kind === "part";
  state.at += 1;
  for (let next = state.tokens[state.at]; next !== undefined && next.kind !== "operator" && next.pos === last.end; ) {
    composed = true;
    last = next;
    state.at += 1;
    next = state.tokens[state.at];
  }
  const close = operatorAt(state) === "[" ? closingBracket(state) : undefined;
  if (operatorAt(state) === "[" && close === undefined) return undefined;
  const end = close?.end ?? last.end;
  const tree = composed ? undefined : simple(state, first, close);
  if (close !== undefined) state.at = state.tokens.indexOf(close, state.at) + 1;
  const { pos } = first;
  return { tree: tree ?? { kind: "word", word: state.word(pos, end), span: state.span(pos, end) }, height: 1, pos, end };
}

function simple(state: State, token: Token, close: Token | undefined): Arithmetic | undefined {
  const span = state.span(token.pos, close?.end ?? token.end);
  if (token.kind === "number") {
    const value = close === undefined ? numberValue(token.text) : undefined;
    if (value === undefined) return undefined;
    return isOctal(token.text) ? { kind: "number", value, octal: true, span } : { kind: "number", value, span };
  }
  const { text: name } = token;
  if (close === undefined) return { kind: "variable", name, span };
  const open = state.tokens[state.at];
  return { kind: "variable", name, index: state.word(open?.end ?? token.end, close.pos), span };
}

const isOctal = (text: string): boolean => text.length > 1 && text.startsWith("0") && text[1] !== "x" && text[1] !== "X";

function closingBracket(state: State): Token | undefined {
  let depth = 0;
  for (let i = state.at; i < state.tokens.length; i += 1) {
    const token = state.tokens[i];
    if (token?.kind !== "operator") continue;
    if (token.text === "[") depth += 1;
    if (token.text === "]") depth -= 1;
    if (depth === 0) return token;
  }
  return undefined;
}
