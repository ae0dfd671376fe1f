import { Graph } from "../flow/graph.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import type { Content } from "../model/content.ts";
import type { Doubt } from "../model/doubt.ts";
import { type Effect, printEffect } from "../model/effect.ts";
import type { Invocation } from "../model/invocation.ts";
import { LIMITS } from "../model/limits.ts";
import type { Place } from "../model/place.ts";
import { Repeats } from "../model/repeats.ts";
import type { Span } from "../model/span.ts";
import type { Context } from "../model/subject.ts";
import { exactText, type NodeId, type Value } from "../model/value.ts";
import { nameOf } from "./made-names.ts";

/** A pipe that has a path: `<(…)`, `>(…)`. */
export interface Pipe {
  readonly node: NodeId;
  readonly content: Content | undefined;
}

interface Memo {
  cwd: Value | undefined;
  place: Place | undefined;
  readonly paths: Map<Value, { readonly path: Value; readonly place: Place }>;
}

/** Key of a file of this place in `files` and `links`. */
export function fileKey(place: Place, path: string): string {
  return place.kind === "here" ? path : `${place.kind} ${exactText(place.name) ?? "?"} ${path}`;
}

/** What the whole walk collects. One per analysis. */
export class Machine {
  readonly graph = new Graph();
  readonly effects: Effect[] = [];
  readonly invocations: Invocation[] = [];
  readonly doubts: Doubt[] = [];
  /** Content of files written by this command, by place and canonical path. */
  readonly files = new Map<string, Content>();
  /** Links made by this command: canonical path → canonical target. */
  readonly links = new Map<string, Value>();
  /** Copies of programs made by this command: canonical path → the program. */
  readonly copies = new Map<string, string>();
  /** Files whose names look like options: a glob hands them to programs as such. */
  readonly dashed: string[] = [];
  /** Settings that this command changed. */
  readonly settings: Effect[] = [];
  readonly pipes = new Map<string, Pipe>();
  /** Files being read as what a program runs: their own lines may start that program again. */
  readonly reading = new Set<string>();
  /** Paths that were located from one directory, as long as no link was made. */
  readonly located: Memo = { cwd: undefined, place: undefined, paths: new Map() };
  readonly knowledge: Knowledge;
  readonly context: Context;
  steps = 0;
  /** Elementary steps that word expansion may still take. */
  readonly words = { left: LIMITS.expansion };
  exhausted = false;
  /** Runs of mktemp so far. */
  made = 0;
  private readonly repeats = new Repeats<Effect>(printEffect);
  private readonly said = new Map<string, number>();
  private placeholder = 0xe000;

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
      this.doubts.push({ kind: "limit", text: "too much to analyse", span, role: "code", about: [] });
    }
    return false;
  }

  /** The same effect at the same place is kept once; says where it is kept. */
  effect(effect: Effect): number | undefined {
    if (!this.repeats.isNew(effect)) return undefined;
    // Rules look for text with holes in all of their sets.
    if (effect.on.value.kind === "pattern" && !this.spend(8, effect.span)) return undefined;
    this.noteDashed(effect);
    if (effect.kind === "configure" && effect.on.kind === "setting") this.settings.push(effect);
    if (this.effects.length < LIMITS.effects) return this.effects.push(effect) - 1;
    this.spend(LIMITS.steps, effect.span);
    return undefined;
  }

  /** What was written became known after the effect was said. */
  wrote(at: number, known: Pick<Effect["attributes"], "content" | "how">): void {
    const effect = this.effects[at];
    if (effect) this.effects[at] = { ...effect, attributes: { ...effect.attributes, ...known } };
  }

  private noteDashed({ kind, on }: Effect): void {
    if (on.kind !== "path" || (kind !== "create" && kind !== "write" && kind !== "append")) return;
    const text = exactText(on.value);
    if (text?.includes("/-") && !text.includes("/", text.lastIndexOf("/-") + 1)) this.dashed.push(text);
  }

  /** The same doubt at the same place is said once; of two, the one that touches more is kept. */
  doubt(doubt: Doubt): void {
    const key = `${doubt.span.argument ?? ""}:${doubt.span.start} ${doubt.kind} ${doubt.role} ${doubt.text}`;
    const known = this.said.get(key);
    if (known !== undefined) {
      if ((this.doubts[known]?.about.length ?? 0) < doubt.about.length) this.doubts[known] = doubt;
      return;
    }
    if (this.doubts.length < LIMITS.doubts) this.said.set(key, this.doubts.push(doubt) - 1);
    else this.spend(LIMITS.steps, doubt.span);
  }

  /** What a file of this place is known to hold. */
  contentOf(place: Place, path: Value): Content | undefined {
    const text = nameOf(path);
    return text === undefined ? undefined : this.files.get(fileKey(place, text));
  }

  /** A character that stands for a hole in text which is read again; undefined when they are used up. */
  nextPlaceholder(text: string): string | undefined {
    while (this.placeholder < 0xf8ff) {
      const char = String.fromCharCode(this.placeholder++);
      if (!text.includes(char)) return char;
    }
    return undefined;
  }
}
