import type { Binding, BoundEdge, BoundEffect, End, Run } from "../../model/binding.ts";
import { contentOf, NOTHING } from "../../model/content.ts";
import type { Doubt } from "../../model/doubt.ts";
import type { Attributes, EffectKind } from "../../model/effect.ts";
import { LIMITS } from "../../model/limits.ts";
import { printResource, type Resource } from "../../model/resource.ts";
import type { Span } from "../../model/span.ts";
import { type Argument, concat, exact, exactText, originOf, printValue, type Value } from "../../model/value.ts";
import type { Source } from "./abstract.ts";

/** A program that is being started: where it reads and writes may be said later. */
export interface RunDraft {
  run: Run;
  /** Its output goes to the code that runs it. */
  captured: boolean;
  /** Where its output was seen to go from there. */
  readonly outputs: End[];
}

export type Sink = Source["at"];

/** Collects what a program does. */
export class Results {
  readonly effects = new Map<string, BoundEffect>();
  readonly edges = new Map<string, BoundEdge>();
  readonly runs: RunDraft[] = [];
  readonly doubts = new Map<string, Doubt>();
  /** Texts printed, in order; undefined once something is printed that is not known. */
  private printed: string[] | undefined = [];
  /** Text written to files, in order. */
  private readonly written = new Map<string, { readonly path: Value; readonly texts: Value[] }>();
  /** What follows is possible rather than certain: code that nobody was seen to call. */
  unsure = false;
  /** How many branches and loops stand around what is walked: it may happen, or not, or several times. */
  nested = 0;
  readonly span: Span;

  constructor(span: Span) {
    this.span = span;
  }

  argument(value: Value): Argument {
    return { value, count: "one", span: this.span };
  }

  effect(kind: EffectKind, on: Resource, attributes: Attributes = {}): void {
    if (isHidden(on.value) && (on.kind === "path" || on.kind === "host")) this.hidden(kind, on);
    const key = `${kind} ${printResource(on)} ${on.scheme ?? ""} ${JSON.stringify(attributes)}`;
    if (this.effects.size < LIMITS.effects) this.effects.set(key, { kind, on, attributes, span: this.span });
  }

  private hidden(kind: EffectKind, on: Resource): void {
    if (this.unsure || kind === "read" || kind === "list") return;
    const by = originOf(on.value)?.by;
    this.doubt({
      kind: "hidden-argument",
      text: `what is ${kind === "delete" ? "deleted" : kind === "connect" ? "connected to" : "changed"} is not known`,
      role: kind === "delete" && on.kind === "path" ? "destructive" : "argument",
      about: [],
      ...(by ? { by } : {}),
    });
  }

  edge(from: End, to: End, step?: BoundEdge["step"]): void {
    const key = `${endKey(from)} ${endKey(to)} ${step ?? ""}`;
    if (this.edges.size < LIMITS.edges) this.edges.set(key, { from, to, ...(step ? { step } : {}), span: this.span });
  }

  /** Data moves. */
  flow(sources: readonly Source[], to: Sink): void {
    for (const source of sources) {
      if (source.at.kind === "run") this.output(source.at.run, to);
      else if (to.kind === "run") this.input(to.run, source.at);
      else this.edge(located(source.at, this.span), to, source.step);
    }
  }

  private output(run: RunDraft, to: Sink): void {
    if (to.kind === "run") {
      run.outputs.push({ kind: "process" });
      this.input(to.run, { kind: "process" });
    } else if (run.outputs.length < 8 && !run.outputs.some((end) => endKey(end) === endKey(to))) run.outputs.push(to);
  }

  private input(run: RunDraft, from: End): void {
    if (run.run.stdinFrom === undefined) run.run = { ...run.run, stdinFrom: located(from, this.span) };
  }

  start(run: Run, captured: boolean): RunDraft {
    const draft: RunDraft = { run, captured, outputs: [] };
    if (this.runs.length < 1024) this.runs.push(draft);
    return draft;
  }

  print(text: Value): void {
    const known = exactText(text);
    if (known === undefined || this.nested > 0 || this.unsure) this.printed = undefined;
    else this.printed?.push(known);
  }

  unknownOutput(): void {
    this.printed = undefined;
  }

  /** What a file holds afterwards. */
  keep(path: Value, text: Value): void {
    const key = printValue(path);
    const file = this.written.get(key);
    if (file) file.texts.push(text);
    else this.written.set(key, { path, texts: [text] });
  }

  opaque(text: string, source: "inline" | "project" | "network" = "inline", about: readonly Resource[] = []): void {
    this.doubt({ kind: "opaque-code", text, role: "code", source, about });
  }

  doubt(doubt: Omit<Doubt, "span">): void {
    if (this.doubts.size < 64)
      this.doubts.set(`${doubt.kind} ${doubt.text} ${doubt.source ?? ""}`, { ...doubt, span: this.span });
  }

  binding(): Binding {
    for (const { path, texts } of this.written.values()) {
      const end: End = { kind: "resource", on: { kind: "path", value: path }, span: this.span };
      this.edge({ kind: "data", value: concat(texts.slice(0, 4096)), span: this.span }, end);
    }
    const output = this.printed?.join("");
    return {
      effects: [...this.effects.values()],
      edges: [...this.edges.values()],
      runs: this.runs.flatMap(finished),
      doubts: [...this.doubts.values()],
      ...(output === undefined ? {} : { output: output === "" ? NOTHING : contentOf(exact(output)) }),
    };
  }
}

/** One run for each place its output goes to. */
function finished({ run, captured, outputs }: RunDraft): readonly Run[] {
  if (outputs.length === 0) return [captured && run.stdout === undefined ? { ...run, stdout: { kind: "process" } } : run];
  return outputs.map((stdout) => (stdout.kind === "stdout" ? run : { ...run, stdout }));
}

function endKey(end: End): string {
  return end.kind === "resource" ? `${end.kind} ${printResource(end.on)} ${end.on.scheme ?? ""}` : JSON.stringify(end);
}

const located = (end: End, span: Span): End => ("span" in end ? { ...end, span } : end);

/** Nothing of it is known. A name that lists a folder is: it is one of those that are there. */
const isHidden = (value: Value): boolean => value.kind === "unknown" && value.origin.by !== "glob";
