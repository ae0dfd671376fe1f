import { type Binding, type BoundEdge, type BoundEffect, EMPTY_BINDING, type End, type Run } from "../model/binding.ts";
import type { Doubt } from "../model/doubt.ts";
import type { Attributes, EffectKind } from "../model/effect.ts";
import type { Span } from "../model/span.ts";
import type { Argument, Value } from "../model/value.ts";

/** Collects what code does while its reader goes over it. */
export class Draft {
  readonly effects: BoundEffect[] = [];
  readonly edges: BoundEdge[] = [];
  readonly runs: Run[] = [];
  readonly doubts: Doubt[] = [];
  /** Where all of it stands: code inside an argument is shown as that argument. */
  readonly span: Span;

  constructor(code: Argument) {
    this.span = code.span;
  }

  path(kind: EffectKind, value: Value, attributes: Attributes = {}): void {
    this.effects.push({ kind, on: { kind: "path", value }, attributes, span: this.span });
  }

  edge(from: End, to: End): void {
    this.edges.push({ from, to, span: this.span });
  }

  reads(value: Value, to: End = { kind: "stdout" }): void {
    this.path("read", value);
    this.edge(this.file(value), to);
  }

  writes(value: Value, from: End = { kind: "process" }, append = false): void {
    this.path(append ? "append" : "write", value, append ? {} : { truncates: true });
    this.edge(from, this.file(value));
  }

  file(value: Value): End {
    return { kind: "resource", on: { kind: "path", value }, span: this.span };
  }

  /** Text that a shell runs. */
  shell(value: Value, more: { readonly stdinFrom?: End; readonly stdout?: End } = {}): void {
    this.runs.push({
      as: "shell",
      shell: "sh",
      code: { value, count: "one", span: this.span },
      args: [],
      span: this.span,
      ...more,
    });
  }

  opaque(text: string, source: "inline" | "project" = "inline"): void {
    this.doubts.push({ kind: "opaque-code", text, span: this.span, role: "code", source, about: [] });
  }

  binding(): Binding {
    return { ...EMPTY_BINDING, effects: this.effects, edges: this.edges, runs: this.runs, doubts: this.doubts };
  }
}
