import { printPlace } from "./effect.ts";
import type { Place } from "./place.ts";
import { printResource, type Resource } from "./resource.ts";
import type { Span } from "./span.ts";
import type { NodeId } from "./value.ts";

/** Where data can be. Streams join programs; a flow starts and ends at the other ports. */
export type Port =
  | { readonly kind: "file" | "network"; readonly on: Resource; readonly place: Place }
  /** cloud and cluster objects, databases, clipboard, package registries, repositories, … */
  | { readonly kind: "store"; readonly on: Resource; readonly place: Place }
  | { readonly kind: "variable"; readonly name: string }
  /** code that will run: shell, python, … */
  | { readonly kind: "code"; readonly language: string }
  /** all of a process's environment */
  | { readonly kind: "environment" }
  /** what a program produced itself: `hostname`, `ps` */
  | { readonly kind: "process"; readonly program: string }
  /** text of the command itself */
  | { readonly kind: "data" }
  /** the caller's stdin */
  | { readonly kind: "input" }
  /** the tool's result, which reaches the model */
  | { readonly kind: "caller" }
  | { readonly kind: "stream" };

export const TRANSFORMS = [
  "encode",
  "decode",
  "compress",
  "decompress",
  "archive",
  "extract",
  "encrypt",
  "decrypt",
  "hash",
  "filter",
  "compile",
] as const;
export type Transform = (typeof TRANSFORMS)[number];

export interface Edge {
  readonly from: NodeId;
  readonly to: NodeId;
  readonly step?: Transform;
  /** Only known to be possible. */
  readonly maybe?: true;
  /** Which program moves the data. */
  readonly program?: string;
  readonly span: Span;
  /** Where the ends are named, if that is told apart. */
  readonly source?: Span;
  readonly sink?: Span;
}

export interface Flow {
  readonly from: Port;
  readonly to: Port;
  readonly steps: readonly Transform[];
  readonly maybe: boolean;
  /** Where the source is named, and where the sink is. */
  readonly source: Span;
  readonly sink: Span;
  readonly programs: readonly string[];
}

/** The notation of examples: `~/.ssh -> h.test`, `h.test -> code shell`. */
export function printFlow(flow: Flow): string {
  const steps = flow.steps.length > 0 ? ` (${flow.steps.join(", ")})` : "";
  return `${printPort(flow.from)} -> ${printPort(flow.to)}${steps}`;
}

export function printPort(port: Port): string {
  switch (port.kind) {
    case "file":
    case "network":
    case "store":
      return printResource(port.on) + printPlace(port.place);
    case "variable":
      return `$${port.name}`;
    case "code":
      return `code ${port.language}`;
    case "process":
      return `output of ${port.program}`;
    case "environment":
    case "data":
    case "input":
    case "caller":
    case "stream":
      return port.kind;
  }
}
