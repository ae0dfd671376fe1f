import { Graph } from "../flow/graph.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import type { Content } from "../model/content.ts";
import type { Doubt } from "../model/doubt.ts";
import { type Effect, printEffect } from "../model/effect.ts";
import type { Invocation } from "../model/invocation.ts";
import { LIMITS } from "../model/limits.ts";
import type { Place } from "../model/place.ts";
import type { Locate, Span } from "../model/span.ts";
import type { Context } from "../model/subject.ts";
import type { Argument, NodeId, Value } from "../model/value.ts";
import type { FunctionDefinition } from "../syntax/ast.ts";
import type { Variable } from "../words/scope.ts";

/** What the whole walk collects. One per analysis. */
export class Machine {
  readonly graph = new Graph();
  readonly effects: Effect[] = [];
  readonly invocations: Invocation[] = [];
  readonly doubts: Doubt[] = [];
  /** Content of files written or linked by this command, by place and canonical path. */
  readonly files = new Map<string, Content>();
  /** Symbolic links made by this command: canonical path → canonical target. */
  readonly links = new Map<string, Value>();
  readonly knowledge: Knowledge;
  readonly context: Context;
  steps = 0;
  exhausted = false;
  /** Numbers the paths of process substitutions. */
  descriptors = 0;
  private readonly seen = new Set<string>();

  constructor(knowledge: Knowledge, context: Context) {
    this.knowledge = knowledge;
    this.context = context;
  }

  /** Takes fuel; false when there is none left, which is said once. */
  spend(amount: number, span: Span): boolean {
    this.steps += amount;
    if (this.steps <= LIMITS.steps) return true;
    if (!this.exhausted) {
      this.exhausted = true;
      this.doubt({ kind: "limit", text: "too much to analyse", span, role: "code", about: [] });
    }
    return false;
  }

  effect(effect: Effect): void {
    const key = `${effect.span.argument ?? ""}:${effect.span.start} ${printEffect(effect)}`;
    if (this.seen.has(key)) return;
    this.seen.add(key);
    if (this.effects.length < LIMITS.effects) this.effects.push(effect);
    else this.spend(LIMITS.steps, effect.span);
  }

  doubt(doubt: Doubt): void {
    const key = `${doubt.span.argument ?? ""}:${doubt.span.start} ${doubt.kind} ${doubt.text}`;
    if (this.seen.has(key) || this.doubts.length >= 256) return;
    this.seen.add(key);
    this.doubts.push(doubt);
  }
}

/** Gathers what is written to a stream. */
export interface Collector {
  readonly contents: Content[];
}

export interface Source {
  readonly node: NodeId;
  /** Undefined: not known. */
  readonly content: Content | undefined;
  /** How many lines have been read; shared by all who hold the descriptor. */
  readonly at: { line: number };
}

export interface Sink {
  readonly node: NodeId;
  readonly collector?: Collector;
}

export interface Descriptor {
  readonly source?: Source;
  readonly sink?: Sink;
}

/** One shell process: a subshell, a pipeline's part and a wrapped program have their own. */
export interface Frame {
  variables: Map<string, Variable>;
  unset: Set<string>;
  functions: Map<string, FunctionDefinition>;
  aliases: Map<string, Value>;
  /** Canonical path; `.` is the unknown directory where the command was started. */
  cwd: Value;
  positionals: readonly Argument[];
  name: Value;
  descriptors: Map<number, Descriptor>;
  place: Place;
  user: Value | undefined;
  through: readonly string[];
  when: Effect["when"];
  shell: string;
  /** Placeholders for holes of the text that is being walked. */
  holes: ReadonlyMap<string, Value>;
  locate: Locate;
  depth: number;
  /** Functions being called, innermost last. */
  calls: readonly string[];
  /** Inside a pipeline or in the background: a call of itself from there multiplies. */
  concurrent: boolean;
  /** exit, return, exec: the rest of this branch does not run. */
  ended: boolean;
  /** Programs that trap or PROMPT_COMMAND has to run at the end. */
  atExit: readonly { readonly code: Argument }[];
}

/** A copy that changes on its own; descriptors, and how far they were read, stay shared. */
export function fork(machine: Machine, frame: Frame): Frame {
  machine.steps += 1 + ((frame.variables.size + frame.functions.size) >> 4);
  return {
    ...frame,
    variables: new Map(frame.variables),
    unset: new Set(frame.unset),
    functions: new Map(frame.functions),
    aliases: new Map(frame.aliases),
    descriptors: new Map(frame.descriptors),
    depth: frame.depth + 1,
    ended: false,
  };
}

export const stdin = (frame: Frame): Source | undefined => frame.descriptors.get(0)?.source;
export const stdout = (frame: Frame): Sink | undefined => frame.descriptors.get(1)?.sink;

/** Hands content to whoever listens on stdout. */
export function emit(frame: Frame, content: Content): void {
  stdout(frame)?.collector?.contents.push(content);
}
