import { type Content, contentOf, NOTHING } from "../model/content.ts";
import type { Span } from "../model/span.ts";
import { concat, type NodeId, unknown, type Value } from "../model/value.ts";
import type { Machine } from "./machine.ts";
import type { Collector, Sink, Source } from "./state.ts";

/** Everything that was written to one stream, in order; what is not known stays more. */
export function gather(contents: readonly Content[]): Content {
  const [first] = contents;
  if (first === undefined) return NOTHING;
  if (contents.length === 1) return first;
  const lines: Value[] = [];
  const from = new Set<NodeId>();
  let open = false;
  let more = false;
  for (const content of contents) {
    for (const node of content.from ?? []) from.add(node);
    content.lines.forEach((line, i) => {
      if (i === 0 && open) lines.push(...glue(lines.pop(), line));
      else lines.push(line);
    });
    if (content.lines.length > 0) open = content.open ?? false;
    if (content.more) {
      more = true;
      lines.push(unknown("output"));
      // Programs end their output with a newline: what follows in `(crontab -l; echo …)` begins a line.
      open = content !== contents.at(-1) ? false : open;
    }
  }
  return { lines, more, open, ...(from.size > 0 ? { from: [...from] } : {}) };
}

function glue(last: Value | undefined, next: Value): Value[] {
  if (!last) return [next];
  const joined = concat([last, next]);
  return [joined];
}

/** A new pipe: what goes in one end comes out of the other. */
export function pipe(machine: Machine): { readonly sink: Sink; readonly node: NodeId; readonly collector: Collector } {
  const node = machine.graph.stream();
  const collector: Collector = { contents: [] };
  return { node, collector, sink: { node, collector } };
}

export function sourceOf(node: NodeId, content: Content | undefined): Source {
  return { node, content, at: { line: 0 } };
}

/** What is left to read, knowing how much was read already. */
export function rest(source: Source | undefined): Content | undefined {
  const content = source?.content;
  if (!content || !source || source.at.line === 0) return content;
  return { ...content, lines: content.lines.slice(source.at.line) };
}

/** A source that holds the text of the command itself, and whatever that text carries. */
export function textSource(machine: Machine, text: Value, span: Span): Source {
  const node = machine.graph.stream();
  feedText(machine, text, node, span);
  return sourceOf(node, contentOf(text));
}

/** Text of the command reaches a node: its own characters, the nodes it carries and the operator's variables in it. */
export function feedText(machine: Machine, text: Value, node: NodeId, span: Span, program?: string): void {
  for (const id of originsOf(machine, text)) machine.graph.edge(id, node, span, program === undefined ? {} : { program });
}

/** Nodes whose data a value holds. */
export function originsOf(machine: Machine, value: Value): readonly NodeId[] {
  const nodes: NodeId[] = [...(value.from ?? [])];
  if (value.kind === "unknown") variableNode(machine, value.origin, nodes);
  if (value.kind === "pattern")
    for (const piece of value.pieces) if (typeof piece !== "string") variableNode(machine, piece.origin, nodes);
  if (value.kind !== "unknown") nodes.push(machine.graph.node({ kind: "data" }));
  return nodes;
}

function variableNode(machine: Machine, origin: { readonly by: string; readonly name?: string }, nodes: NodeId[]): void {
  if (origin.by === "operator" && origin.name !== undefined)
    nodes.push(machine.graph.node({ kind: "variable", name: origin.name }));
}
