import type * as tree from "../tree.ts";

/** A range of source that a word, redirect or test stands for. `glues`: it may touch the word before it. */
interface Leaf {
  readonly pos: number;
  readonly end: number;
  readonly glues: boolean;
}

/** The leaves of a script in source order; those inside a word are not among them. */
export function leavesOf(source: string, script: tree.Script): readonly Leaf[] {
  const collected: Collected = { source, leaves: [], documents: false };
  for (const statement of script.commands) addCommand(collected, statement.command);
  if (collected.documents) collected.leaves.sort((a, b) => a.pos - b.pos);
  return collected.leaves;
}

interface Collected {
  readonly source: string;
  readonly leaves: Leaf[];
  /** Bodies of here-documents stand after what follows them in the tree. */
  documents: boolean;
}

function addList(into: Collected, list: tree.CompoundList): void {
  for (const statement of list.commands) addCommand(into, statement.command);
}

function addCommand(into: Collected, node: tree.PipelineNode | tree.AndOr | tree.CompoundList): void {
  switch (node.type) {
    case "Command":
      addSimple(into, node);
      return;
    case "AndOr":
      for (const command of node.commands) addCommand(into, command);
      return;
    case "Pipeline":
      for (const prefix of node.prefixes) if (prefix.type === "Time") addTime(into, prefix);
      for (const command of node.commands) addCommand(into, command);
      return;
    case "CompoundList":
      addList(into, node);
      return;
    case "Redirected":
      addCommand(into, node.command);
      for (const redirect of node.redirects) addRedirect(into, redirect);
      return;
    case "Function":
    case "Coproc":
      if (node.name) addWord(into, node.name);
      addCommand(into, node.body);
      return;
    default:
      addCompound(into, node);
      return;
  }
}

function addCompound(into: Collected, node: tree.CompoundCommand): void {
  switch (node.type) {
    case "Subshell":
    case "BraceGroup":
      addList(into, node.body);
      return;
    case "If":
      for (const clause of [node, ...node.elif]) {
        addList(into, clause.clause);
        addList(into, clause.then);
      }
      if (node.else) addList(into, node.else);
      return;
    case "While":
      addList(into, node.clause);
      addList(into, node.body);
      return;
    case "For":
    case "Select":
      addWord(into, node.name);
      for (const word of node.wordlist ?? []) addWord(into, word);
      addList(into, node.body);
      return;
    case "ArithmeticFor":
      addHeader(into, node);
      addList(into, node.body);
      return;
    case "Case":
      addWord(into, node.word);
      for (const item of node.items) {
        for (const pattern of item.pattern) addWord(into, pattern);
        addList(into, item.body);
      }
      return;
    case "TestCommand":
      addTest(into, node.expression);
      return;
    case "ArithmeticCommand":
      into.leaves.push({ pos: node.pos, end: node.end, glues: true });
  }
}

function addWord(into: Collected, word: tree.Word): void {
  if (word.end > word.pos) into.leaves.push({ pos: word.pos, end: word.end, glues: false });
}

/** The adapter joins words that touch, so here they are one leaf. */
function addSimple(into: Collected, node: tree.Command): void {
  for (const item of node.prefix) addItem(into, item, -1);
  let wordEnd = -1;
  if (node.name) {
    addWord(into, node.name);
    wordEnd = node.name.end;
  }
  for (const item of node.suffix) {
    addItem(into, item, wordEnd);
    wordEnd = item.type === "Word" ? item.end : -1;
  }
}

function addItem(into: Collected, item: tree.CommandArgument | tree.Redirection, wordEnd: number): void {
  switch (item.type) {
    case "Word":
    case "Assignment":
      into.leaves.push({ pos: item.pos, end: item.end, glues: item.pos === wordEnd });
      return;
    default:
      addRedirect(into, item);
  }
}

/** `>` may touch the word before it, `2>` would be part of that word. */
function addRedirect(into: Collected, node: tree.Redirection): void {
  into.leaves.push({ pos: node.pos, end: node.end, glues: node.descriptor === undefined });
  if (node.type !== "HereDoc") return;
  const end = node.closing?.end ?? node.body.end;
  if (end <= node.body.pos) return;
  into.documents = true;
  into.leaves.push({ pos: node.body.pos, end, glues: true });
}

function addTime(into: Collected, node: tree.Time): void {
  into.leaves.push({ pos: node.pos, end: node.end, glues: false });
}

/** `((…))` of a loop has no node; it is a leaf if the expressions in it leave out nothing but `;`, blanks and parentheses. */
function addHeader(into: Collected, node: tree.ArithmeticFor): void {
  const { source } = into;
  const open = source.indexOf("((", node.pos);
  if (open === -1) return;
  let at = open + 2;
  for (const expression of [node.initialize, node.test, node.update]) {
    if (expression === undefined) continue;
    if (!onlyPunctuation(source, at, expression.pos)) return;
    at = expression.end;
  }
  const close = source.indexOf("))", at);
  if (close !== -1 && onlyPunctuation(source, at, close)) into.leaves.push({ pos: open, end: close + 2, glues: true });
}

function onlyPunctuation(source: string, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) {
    if (!" \t\n;()".includes(source.charAt(at))) return false;
  }
  return true;
}

function addTest(into: Collected, node: tree.TestExpression): void {
  switch (node.type) {
    case "TestUnary":
    case "TestBinary":
      into.leaves.push({ pos: node.pos, end: node.end, glues: false });
      return;
    case "TestLogical":
      for (const operand of node.operands) addTest(into, operand);
      return;
    case "TestNot":
      addTest(into, node.operand);
      return;
    case "TestGroup":
      addTest(into, node.expression);
  }
}
