import type { Span } from "../model/span.ts";

/** argvet's own tree of shell text. Offsets are into the parsed text; `Locate` maps them to the input. */
export interface Script {
  readonly statements: readonly Statement[];
  readonly span: Span;
}

export interface Statement {
  readonly command: Command;
  readonly background: boolean;
  readonly span: Span;
}

interface Node {
  readonly span: Span;
}
interface Compound extends Node {
  readonly redirects: readonly Redirect[];
}

export type Command =
  | Simple
  | Pipeline
  | AndOr
  | Group
  | If
  | While
  | For
  | ArithmeticFor
  | Case
  | FunctionDefinition
  | TestCommand
  | ArithmeticCommand
  | Coproc;

/** `A=1 program arg >file`. Assignments alone have no words. */
export interface Simple extends Compound {
  readonly kind: "simple";
  readonly assignments: readonly Assignment[];
  readonly words: readonly Word[];
}

export interface Pipeline extends Node {
  readonly kind: "pipeline";
  /** At least one; `stderr[i]`: the pipe after command i is `|&`. */
  readonly commands: readonly Command[];
  readonly stderr: readonly boolean[];
  readonly negated: boolean;
}

export interface AndOr extends Node {
  readonly kind: "and-or";
  readonly commands: readonly Command[];
  /** One fewer than commands. */
  readonly operators: readonly ("&&" | "||")[];
}

export interface Group extends Compound {
  readonly kind: "group";
  readonly subshell: boolean;
  readonly body: Script;
}

export interface If extends Compound {
  readonly kind: "if";
  readonly clauses: readonly { readonly test: Script; readonly body: Script }[];
  readonly otherwise?: Script;
}

export interface While extends Compound {
  readonly kind: "while";
  readonly until: boolean;
  readonly test: Script;
  readonly body: Script;
}

export interface For extends Compound {
  readonly kind: "for";
  readonly select: boolean;
  readonly variable: string;
  /** Absent: the positional parameters. */
  readonly words?: readonly Word[];
  readonly body: Script;
}

export interface ArithmeticFor extends Compound {
  readonly kind: "arithmetic-for";
  readonly init?: Arithmetic;
  readonly test?: Arithmetic;
  readonly update?: Arithmetic;
  readonly body: Script;
}

export interface Case extends Compound {
  readonly kind: "case";
  readonly word: Word;
  readonly clauses: readonly {
    readonly patterns: readonly Word[];
    readonly body: Script;
    readonly then: "stop" | "fall" | "test";
  }[];
}

/** Redirects after the body belong to the body: they happen at each call. */
export interface FunctionDefinition extends Compound {
  readonly kind: "function";
  readonly name: string;
  readonly body: Command;
}

export interface TestCommand extends Compound {
  readonly kind: "test";
  readonly expression: Test;
}

export type Test =
  | { readonly kind: "unary"; readonly operator: string; readonly operand: Word; readonly span: Span }
  | { readonly kind: "binary"; readonly operator: string; readonly left: Word; readonly right: Word; readonly span: Span }
  | { readonly kind: "and" | "or"; readonly left: Test; readonly right: Test; readonly span: Span }
  | { readonly kind: "not"; readonly operand: Test; readonly span: Span }
  | { readonly kind: "word"; readonly word: Word; readonly span: Span };

export interface ArithmeticCommand extends Compound {
  readonly kind: "arithmetic";
  readonly expression?: Arithmetic;
}

export interface Coproc extends Compound {
  readonly kind: "coproc";
  readonly name?: string;
  readonly body: Command;
}

export interface Assignment extends Node {
  readonly name: string;
  readonly index?: Word;
  readonly append: boolean;
  /** Scalar value; an array has `elements` instead. */
  readonly value: Word;
  readonly elements?: readonly ArrayElement[];
}

export interface ArrayElement {
  readonly index?: Word;
  readonly append?: boolean;
  readonly value: Word;
}

export interface Redirect extends Node {
  /** File descriptor before the operator; `variable` for `{name}>`. */
  readonly fd?: number;
  readonly variable?: string;
  readonly operator: "<" | ">" | ">>" | ">|" | "<>" | "<&" | ">&" | "&>" | "&>>" | "<<" | "<<-" | "<<<";
  /** File name, descriptor or here-string; for here-documents the delimiter. */
  readonly target: Word;
  /** Here-document text, tabs already stripped for `<<-`: one quoted part after a quoted delimiter, else one `DoubleQuoted`. */
  readonly body?: Word;
}

/** `parts` in order, without gaps. An argument of declare, export, … that is an assignment has it as well. */
export interface Word extends Node {
  readonly parts: readonly Part[];
  readonly assignment?: Assignment;
}

export type Part =
  | Literal
  | Quoted
  | DoubleQuoted
  | Parameter
  | CommandSubstitution
  | ProcessSubstitution
  | ArithmeticExpansion
  | ExtendedGlob;

/** Unquoted characters, line continuations removed. Tilde, braces and glob characters in it are active. */
export interface Literal extends Node {
  readonly kind: "literal";
  readonly text: string;
}

/** Characters protected from expansion, already decoded. `span` covers quotes or backslash too. */
export interface Quoted extends Node {
  readonly kind: "quoted";
  readonly text: string;
  readonly how: "escape" | "single" | "ansi" | "double";
}

/** `"…"` and `$"…"`. */
export interface DoubleQuoted extends Node {
  readonly kind: "double";
  readonly parts: readonly Part[];
}

export interface Parameter extends Node {
  readonly kind: "parameter";
  /** `x`, `1`, `@`, `?`, … */
  readonly name: string;
  /** `${x[…]}`; `@` and `*` stand as literal words. */
  readonly index?: Word;
  /** `${!x}` */
  readonly indirect: boolean;
  /** `${#x}` */
  readonly length: boolean;
  readonly operation?: Operation;
}

export type Operation =
  | { readonly kind: "default" | "assign" | "error" | "alternate"; readonly colon: boolean; readonly word: Word }
  | { readonly kind: "remove"; readonly end: "prefix" | "suffix"; readonly longest: boolean; readonly pattern: Word }
  | {
      readonly kind: "replace";
      readonly where: "first" | "all" | "prefix" | "suffix";
      readonly pattern: Word;
      readonly replacement: Word;
    }
  | { readonly kind: "slice"; readonly offset: Arithmetic; readonly length?: Arithmetic }
  | { readonly kind: "case"; readonly to: "upper" | "lower" | "toggle"; readonly all: boolean; readonly pattern?: Word }
  /** `${x@Q}` */
  | { readonly kind: "transform"; readonly operator: string }
  /** `${!prefix*}` */
  | { readonly kind: "names" }
  /** `${!x[@]}` */
  | { readonly kind: "keys" }
  /** Something we do not model; expands to an unknown. */
  | { readonly kind: "unsupported"; readonly text: string };

export interface CommandSubstitution extends Node {
  readonly kind: "command";
  readonly script: Script;
  /** How it is written, if not `$(…)`; `nested` are back-ticks within back-ticks within back-ticks. */
  readonly form?: "back-ticks" | "nested" | "function";
}

export interface ProcessSubstitution extends Node {
  readonly kind: "process";
  /** `<(…)` is read from, `>(…)` written to. */
  readonly direction: "<" | ">";
  readonly script: Script;
}

export interface ArithmeticExpansion extends Node {
  readonly kind: "arithmetic";
  readonly expression: Arithmetic;
}

export interface ExtendedGlob extends Node {
  readonly kind: "extglob";
  readonly operator: "?" | "*" | "+" | "@" | "!";
  readonly alternatives: readonly Word[];
}

export type Arithmetic =
  | { readonly kind: "number"; readonly value: bigint /** `010` */; readonly octal?: true; readonly span: Span }
  | { readonly kind: "variable"; readonly name: string; readonly index?: Word; readonly span: Span }
  /** Text with expansions, evaluated as an expression once more: `$x`, `"$x"`, `$(…)`. */
  | { readonly kind: "word"; readonly word: Word; readonly span: Span }
  | { readonly kind: "unary"; readonly operator: string; readonly operand: Arithmetic; readonly span: Span }
  | { readonly kind: "postfix" | "prefix"; readonly operator: "++" | "--"; readonly operand: Arithmetic; readonly span: Span }
  | {
      readonly kind: "binary";
      readonly operator: string;
      readonly left: Arithmetic;
      readonly right: Arithmetic;
      readonly span: Span;
    }
  | {
      readonly kind: "assign";
      readonly operator: string;
      readonly target: Arithmetic;
      readonly value: Arithmetic;
      readonly span: Span;
    }
  | {
      readonly kind: "ternary";
      readonly test: Arithmetic;
      readonly yes: Arithmetic;
      readonly no: Arithmetic;
      readonly span: Span;
    };

/** Something about the text that could not be read reliably. */
export interface Problem {
  readonly kind: "syntax" | "limit";
  readonly text: string;
  readonly span: Span;
}

/** `script` holds what could be read, which is everything when there are no problems. */
export interface Parsed {
  readonly script: Script;
  readonly problems: readonly Problem[];
}
