import type { Binding, End, Run } from "../../model/binding.ts";
import type { Content } from "../../model/content.ts";
import { contentOf } from "../../model/content.ts";
import type { Doubt } from "../../model/doubt.ts";
import { type Argument, concat, exact, originOf, printValue, unknown, type Value } from "../../model/value.ts";
import { Draft } from "../binding-parts.ts";
import type { Grammar } from "./grammar.ts";
import type { Block, Node } from "./node.ts";
import { parseScript } from "./parser.ts";
import { type Datum, dataOf, either, type Handle, known, NO_DATA, type Thing, UNKNOWN } from "./thing.ts";

/** A call of a function or method, its arguments evaluated. */
export interface Call {
  readonly name: string;
  readonly args: readonly Thing[];
  /** `key => value`, and the members of a table. */
  readonly named: ReadonlyMap<string, Thing>;
  readonly self: Thing | undefined;
  readonly nodes: readonly Node[];
  readonly indirect: Thing | undefined;
  /** Its block is run with these; returns what the block does. */
  block: ((args: readonly Thing[]) => Thing) | undefined;
  /** A block nobody asked for is run once, afterwards. */
  ran: boolean;
}

export type Act = (at: Interpreter, call: Call) => Thing;

/** What the names of one language do. */
export interface Dialect {
  readonly grammar: Grammar;
  /** Functions and methods of classes: `system`, `File.read`; of instances: `LWP::UserAgent#get`. */
  readonly calls: ReadonlyMap<string, Act>;
  /** Methods of anything. */
  readonly methods: ReadonlyMap<string, Act>;
  /** Functions that do nothing but make values. */
  readonly plain: ReadonlySet<string>;
  /** Classes and modules whose unknown members are harmless. */
  readonly harmless: ReadonlySet<string>;
  /** Modules that need no doubt when loaded. */
  readonly modules: ReadonlySet<string>;
  readonly concat: string;
  /** Names are the same in any case: PHP. */
  readonly caseless: boolean;
  /** A name without arguments is a call: Perl, Ruby. */
  readonly bareCalls: boolean;
  /** Prefixes that change nothing: `Kernel.`, `CORE::`. */
  readonly prefixes: readonly string[];
  readonly variable: (at: Interpreter, name: string) => Thing | undefined;
}

/** What an expression stands for, and does. */
export type Evaluate = (at: Interpreter, node: Node) => Thing;

const FUEL = 20_000;
const DEEPEST = 1_000;
const STDOUT: End = { kind: "stdout" };

export interface Script {
  readonly code: Argument;
  readonly args: readonly Argument[];
  /** Characters of the text that stand for values nobody knows. */
  readonly holes: ReadonlyMap<string, Value>;
  /** Runs for each line of its input, and may print it by itself. */
  readonly lines: boolean;
}

/** One script being gone through, in the order of its text: what its variables hold and what it has done. */
export class Interpreter {
  readonly dialect: Dialect;
  readonly evaluate: Evaluate;
  readonly draft: Draft;
  readonly args: readonly Argument[];
  readonly variables = new Map<string, Thing>();
  readonly functions = new Map<string, Block>();
  readonly called = new Set<string>();
  readonly handles: Handle[] = [];
  readonly environment = new Map<string, Value>();
  readonly holes: ReadonlyMap<string, Value>;
  /** Runs for each line of its input, and may print it by itself. */
  readonly lines: boolean;
  /** Inside loops, branches and functions what is assigned may not be. */
  uncertain = 0;
  level = 0;
  /** Expressions being evaluated, one inside the other. */
  nested = 0;
  stdin: End = { kind: "stdin" };
  stdout: End = STDOUT;
  private readonly entered: Block[] = [];
  private fuel = FUEL;
  private readonly printed: Value[] = [];
  private printsMore = false;
  private readonly told = new Set<string>();

  constructor(dialect: Dialect, evaluate: Evaluate, script: Script) {
    this.dialect = dialect;
    this.evaluate = evaluate;
    this.draft = new Draft(script.code);
    this.args = script.args;
    this.holes = script.holes;
    this.lines = script.lines;
  }

  get language(): string {
    return this.dialect.grammar.language;
  }

  binding(): Binding {
    for (const handle of this.handles) this.settle(handle);
    const output = this.output();
    return { ...this.draft.binding(), ...(output ? { output } : {}) };
  }

  /** False: enough has been done. */
  spend(): boolean {
    if (this.fuel > 0 && this.nested < DEEPEST) {
      this.fuel--;
      return true;
    }
    this.doubt({
      kind: "limit",
      text: `${this.language} code takes too long`,
      span: this.draft.span,
      role: "code",
      about: [],
    });
    return false;
  }

  /** Source that is part of this script: a string that is evaluated. */
  readSource(source: string): Thing {
    if (this.level >= 6) return this.opaque("code within code", []);
    const { body, broken } = parseScript(source, this.dialect.grammar);
    if (broken) return this.opaque(`${this.language} code that could not be read`, []);
    this.level++;
    const result = this.body(body);
    this.level--;
    return result;
  }

  body(nodes: readonly Node[]): Thing {
    let last: Thing = UNKNOWN;
    for (const node of nodes) if (node.kind === "function" && node.name !== undefined) this.functions.set(node.name, node.block);
    for (const node of nodes) last = this.evaluate(this, node);
    return last;
  }

  /** What may or may not happen. */
  perhaps<T>(run: () => T): T {
    this.uncertain++;
    const result = run();
    this.uncertain--;
    return result;
  }

  /** What cannot be decided and could matter. */
  opaque(what: string, from: readonly Datum[], origin?: Value): Thing {
    const network = from.some(({ end }) => end.kind === "resource" && end.on.kind === "host");
    const decoded = from.some(({ step }) => step === "decode" || step === "decrypt" || step === "decompress");
    const by = origin && originOf(origin)?.by;
    const filed = from.length > 0 && from.every(({ end }) => end.kind === "resource" && end.on.kind === "path");
    const source = network || by === "network" ? "network" : decoded ? "decoded" : filed ? "project" : "inline";
    this.doubt({
      kind: "opaque-code",
      text: what,
      span: this.draft.span,
      role: "code",
      source,
      about: [],
      ...(by ? { by } : {}),
    });
    for (const { end } of from) this.draft.edge(end, { kind: "code", language: this.language });
    return { ...UNKNOWN, from };
  }

  /** A name nothing here knows. */
  unfamiliar(what: string): void {
    this.doubt({
      kind: "opaque-code",
      text: `${this.language} ${what}`,
      span: this.draft.span,
      role: "code",
      source: "project",
      about: [],
    });
  }

  private doubt(doubt: Doubt): void {
    if (this.told.has(doubt.text)) return;
    this.told.add(doubt.text);
    this.draft.doubts.push(doubt);
  }

  opened(kind: Handle["kind"], end: End | undefined, more: Partial<Handle> = {}): Thing {
    const handle: Handle = { kind, end, number: this.handles.length + 3, ...more };
    this.handles.push(handle);
    return { value: unknown("author", kind), from: NO_DATA, handle };
  }

  /** Moves a thing's data somewhere; its own text too, if `own`. */
  send(thing: Thing, to: End, own = true): void {
    for (const { end, step } of thing.from)
      this.draft.edges.push({ from: end, to, span: this.draft.span, ...(step ? { step } : {}) });
    if (own && thing.from.length === 0) this.draft.edge({ kind: "data", value: thing.value, span: this.draft.span }, to);
  }

  /** Writes to a handle, or prints. */
  write(handle: Handle | undefined, thing: Thing): void {
    if (handle && handle.kind !== "standard") {
      if (handle.written && thing.from.length === 0) handle.written.push(thing.value);
      else {
        handle.mixed = true;
        if (handle.end) this.send(thing, handle.end, handle.kind === "socket");
      }
      return;
    }
    const to = handle?.end ?? this.stdout;
    if (to.kind !== "stdout") {
      this.send(thing, to);
      return;
    }
    for (const { end, step } of thing.from)
      this.draft.edges.push({ from: end, to, span: this.draft.span, ...(step ? { step } : {}) });
    this.printed.push(thing.from.length > 0 && thing.value.kind === "exact" ? unknown("output") : thing.value);
    if (this.uncertain > 0) this.printsMore = true;
  }

  /** The text a file was given, told once. */
  private settle(handle: Handle): void {
    if (!handle.written || !handle.end || handle.kind !== "file") return;
    if (handle.written.length === 0) return;
    const value = concat(handle.written);
    this.draft.edge({ kind: "data", value, span: this.draft.span }, handle.end);
  }

  private output(): Content | undefined {
    const ran = this.draft.runs.some((run) => !run.stdout);
    if (this.lines || ran || this.printed.length === 0) return undefined;
    const whole = contentOf(concat(this.printed.slice(0, 256)));
    return this.printsMore || this.printed.length > 256 ? { ...whole, more: true } : whole;
  }

  /** Text that a shell runs. Returns what it prints, if that is kept. */
  shell(command: Thing, keeps: boolean, more: { readonly stdinFrom?: End; readonly stdout?: End } = {}): Thing {
    const to: End = { kind: "code", language: "shell" };
    for (const { end, step } of command.from)
      this.draft.edges.push({ from: end, to, span: this.draft.span, ...(step ? { step } : {}) });
    const code: Argument = { value: command.value, count: "one", span: this.draft.span };
    return this.run({ as: "shell", shell: "sh", code, args: [], span: this.draft.span }, printValue(command.value), keeps, more);
  }

  /** A program with its arguments. */
  argv(words: readonly Thing[], keeps: boolean, more: { readonly stdinFrom?: End; readonly stdout?: End } = {}): Thing {
    const argv = words.map((word): Argument => ({ value: word.value, count: "one", span: this.draft.span }));
    const program = words[0];
    if (program) for (const { end } of program.from) this.draft.edge(end, { kind: "code", language: "program" });
    return this.run(
      { as: "argv", argv, span: this.draft.span },
      words.map((word) => printValue(word.value)).join(" "),
      keeps,
      more,
    );
  }

  private run(run: Run, name: string, keeps: boolean, more: { readonly stdinFrom?: End; readonly stdout?: End }): Thing {
    const kept: End = { kind: "variable", name: `\`${name}\`` };
    const stdout = more.stdout ?? (keeps ? kept : this.stdout);
    const stdin = more.stdinFrom ?? this.stdin;
    const env = [...this.environment].map(([variable, value]) => ({ name: variable, value }));
    const descriptors = this.handles.flatMap((handle) =>
      handle.kind === "socket" && handle.end ? [{ number: handle.number, end: handle.end }] : [],
    );
    this.draft.runs.push({
      ...run,
      ...(stdin.kind === "stdin" ? {} : { stdinFrom: stdin }),
      ...(stdout.kind === "stdout" ? {} : { stdout }),
      ...(env.length > 0 ? { env } : {}),
      ...(descriptors.length > 0 ? { descriptors } : {}),
    });
    return keeps ? { value: unknown("output", name), from: [{ end: kept }] } : UNKNOWN;
  }

  /** Code of this language in a string. */
  evaluateText(code: Thing): Thing {
    const source = known(code);
    if (source === undefined) return this.opaque(`${this.language} code that is made when it runs`, code.from, code.value);
    return this.readSource(source);
  }

  /** Runs a function's or block's body with these arguments. What calls itself again and again is blurred. */
  enter(block: Block, args: readonly Thing[]): Thing {
    const again = this.entered.filter((one) => one === block).length;
    if (this.level >= 12 || again >= 2) return { ...UNKNOWN, from: dataOf(args) };
    this.level++;
    this.entered.push(block);
    const before = new Map(block.params.map((name) => [name, this.variables.get(name)] as const));
    for (const [i, name] of block.params.entries()) this.variables.set(name, args[i] ?? UNKNOWN);
    const result = this.body(block.body);
    for (const [name, value] of before) {
      if (value) this.variables.set(name, value);
      else this.variables.delete(name);
    }
    this.entered.pop();
    this.level--;
    return result;
  }

  /** A name as a text, with the values of holes that stand in it. */
  spelled(source: string): Value {
    if (this.holes.size === 0) return exact(source);
    return concat([...source].map((char) => this.holes.get(char) ?? exact(char)));
  }

  assign(name: string, thing: Thing): void {
    const before = this.variables.get(name);
    this.variables.set(
      name,
      this.uncertain > 0 && before && before.value.kind !== "unknown" ? { ...thing, ...either(before, thing) } : thing,
    );
  }
}
