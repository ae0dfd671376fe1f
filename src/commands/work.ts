import type { Statement } from "../knowledge/command.ts";
import type { BoundEdge, BoundEffect, End, Run } from "../model/binding.ts";
import type { Content } from "../model/content.ts";
import type { Doubt } from "../model/doubt.ts";
import { LIMITS } from "../model/limits.ts";
import { Repeats } from "../model/repeats.ts";
import { printResource, type Resource } from "../model/resource.ts";
import type { Span } from "../model/span.ts";
import { spelledOut, type Value } from "../model/value.ts";
import type { Call, Given } from "./call.ts";
import type { Facts } from "./conditions.ts";
import { type Grammar, shapeOf } from "./grammar.ts";
import type { Meant } from "./meant.ts";
import { mentions } from "./mentions.ts";
import { narrows } from "./narrowing.ts";
import type { Parsed } from "./parsed.ts";

const NONE: readonly Given[] = [];

export type Role = Doubt["role"];

/** What a statement did with a word. */
export interface Use {
  role: Role;
  readonly beside: Resource[];
}

function printBound({ kind, on, at, attributes }: BoundEffect): string {
  return `${kind} ${printResource(on)} ${at ? at.kind : ""} ${Object.keys(attributes).join()}`;
}

/** Gathers what the statements of one call say. */
export class Work {
  readonly parsed: Parsed;
  readonly call: Call;
  readonly effects: BoundEffect[] = [];
  readonly edges: BoundEdge[] = [];
  readonly runs: Run[] = [];
  readonly doubts: Doubt[] = [];
  readonly fired: Statement[] = [];
  readonly uses = new Map<Given, Use>();
  /** What it prints, piece by piece; none: not known. */
  readonly printed: Content[] = [];
  /** What words mean by their own shapes. */
  readonly meanings = new Map<Given, readonly Meant[]>();
  /** Account that later runs are under. */
  becomes: Value | undefined;
  /** The grammar whose statements are being read: the chosen subcommand's, or one it inherits from. */
  grammar: Grammar;
  /** Arguments that exist for one statement only: `VALUE` of a variable. */
  readonly extra = new Map<string, readonly Given[]>();
  private readonly defaults = new Map<string, readonly Given[]>();
  private limited = false;
  /** What conditions are judged by when nothing is looked at. */
  private plain: Facts | undefined;
  private narrowed: boolean | undefined;
  private mentioned: readonly Resource[] | undefined;
  private readonly repeats = new Repeats<BoundEffect>(printBound);

  constructor(parsed: Parsed, call: Call) {
    this.parsed = parsed;
    this.call = call;
    this.grammar = parsed.grammar;
  }

  /** The arguments of this name, or what stands for them. */
  values(name: string): readonly Given[] {
    const given = this.extra.get(name) ?? this.parsed.given.get(name);
    if (given) return given;
    const known = this.defaults.get(name);
    if (known) return known;
    const text = this.parsed.grammar.defaults.get(name);
    if (text === undefined) return NONE;
    const made: readonly Given[] = [
      { value: spelledOut(text), count: "one", span: this.call.span, group: 0, byDefault: true, settled: true },
    ];
    this.defaults.set(name, made);
    return made;
  }

  /** Whether names asked for hold for all that is found; see narrows. */
  narrowing(): boolean {
    this.narrowed ??= this.parsed.grammar.spec.mode !== "expression" || narrows(this.parsed.args);
    return this.narrowed;
  }

  /** All that the words look like, up to a limit. */
  mentions(): readonly Resource[] {
    this.mentioned ??= this.parsed.args.flatMap(mentions).slice(0, LIMITS.alternatives);
    return this.mentioned;
  }

  /** The last one: what counts where a program takes one. */
  last(name: string): Given | undefined {
    return this.values(name).at(-1);
  }

  shape(name: string) {
    return shapeOf(this.parsed.grammar, name);
  }

  /** Whether there is an argument of this name, or what stands for it. */
  has(name: string): boolean {
    return this.parsed.given.has(name) || this.parsed.grammar.defaults.has(name) || this.extra.has(name);
  }

  hasAll(names: readonly string[]): boolean {
    for (const name of names) if (!this.has(name)) return false;
    return true;
  }

  /** What conditions are judged by while a statement looks at these words. */
  facts(name?: string, given?: Given, other?: string, beside?: Given): Facts {
    const { options } = this.parsed;
    if (!given && !beside && this.extra.size === 0) {
      if (this.plain?.grammar !== this.grammar) this.plain = { options, given: this.parsed.given, grammar: this.grammar };
      return this.plain;
    }
    const all = this.extra.size > 0 ? new Map([...this.parsed.given, ...this.extra]) : this.parsed.given;
    if (!given && !beside) return { options, given: all, grammar: this.grammar };
    const bound: { readonly name: string; readonly given: Given }[] = [];
    if (name !== undefined && given) bound.push({ name, given });
    if (other !== undefined && beside) bound.push({ name: other, given: beside });
    return { options, given: all, grammar: this.grammar, bound };
  }

  use(given: Given | undefined, role: Role, beside?: Resource): void {
    if (!given) return;
    const use = this.uses.get(given);
    if (!use) this.uses.set(given, { role, beside: beside ? [beside] : [] });
    else {
      if (use.role === "argument") use.role = role;
      if (beside) use.beside.push(beside);
    }
  }

  effect(effect: BoundEffect): void {
    if (!this.repeats.isNew(effect)) return;
    if (this.effects.length < LIMITS.effects) this.effects.push(effect);
    else this.limit("effects");
  }

  edge(from: End, to: End, span: Span, step?: BoundEdge["step"], maybe = false): void {
    if (this.edges.length >= LIMITS.edges) {
      this.limit("flows");
      return;
    }
    const edge: { -readonly [key in keyof BoundEdge]: BoundEdge[key] } = { from, to, span };
    if (step !== undefined) edge.step = step;
    if (maybe) edge.maybe = true;
    this.edges.push(edge);
  }

  limit(what: string): void {
    if (this.limited) return;
    this.limited = true;
    this.doubts.push({
      kind: "limit",
      text: `too many ${what} of ${this.parsed.program}`,
      span: this.call.span,
      role: "argument",
      about: [],
    });
  }
}
