import { type Edge, type Port, printPort } from "../model/flow.ts";
import { LIMITS } from "../model/limits.ts";
import type { Span } from "../model/span.ts";
import type { NodeId } from "../model/value.ts";

/** Details of an edge; `maybe` may be false. */
type HowItMoves = Pick<Edge, "step" | "program" | "source" | "sink"> & { readonly maybe?: boolean };

/** Where data can be and how it moves. Ports with the same key are one node; streams are always new. */
export class Graph {
  readonly ports: Port[] = [];
  readonly edges: Edge[] = [];
  /** More edges were asked for than are kept. */
  full = false;
  private readonly byKey = new Map<string, NodeId>();
  private readonly seen = new Set<string>();

  node(port: Port): NodeId {
    const key = `${port.kind} ${printPort(port)}`;
    const known = this.byKey.get(key);
    if (known !== undefined) return known;
    const id = this.ports.push(port) - 1;
    this.byKey.set(key, id);
    return id;
  }

  stream(): NodeId {
    return this.ports.push({ kind: "stream" }) - 1;
  }

  /** Kinds of ports whose data reaches these nodes, and `decode` if it was decoded on the way. */
  origins(nodes: readonly NodeId[]): ReadonlySet<Port["kind"] | "decode"> {
    const incoming = new Map<NodeId, Edge[]>();
    for (const edge of this.edges) {
      const list = incoming.get(edge.to);
      if (list) list.push(edge);
      else incoming.set(edge.to, [edge]);
    }
    const found = new Set<Port["kind"] | "decode">();
    const queue = [...nodes];
    const seen = new Set(queue);
    for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
      const port = this.ports[node];
      if (port) found.add(port.kind);
      for (const edge of incoming.get(node) ?? []) {
        if (edge.step === "decode" || edge.step === "decrypt") found.add("decode");
        if (!seen.has(edge.from)) queue.push(edge.from);
        seen.add(edge.from);
      }
    }
    return found;
  }

  edge(from: NodeId, to: NodeId, span: Span, how: HowItMoves = {}): void {
    const key = `${from} ${to} ${how.step ?? ""}`;
    if (from === to || this.seen.has(key)) return;
    if (this.edges.length >= LIMITS.edges) {
      this.full = true;
      return;
    }
    this.seen.add(key);
    this.edges.push({
      from,
      to,
      span,
      ...(how.step ? { step: how.step } : {}),
      ...(how.maybe ? { maybe: true } : {}),
      ...(how.program === undefined ? {} : { program: how.program }),
      ...(how.source ? { source: how.source } : {}),
      ...(how.sink ? { sink: how.sink } : {}),
    });
  }
}
