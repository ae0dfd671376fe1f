import { type Edge, type Port, printPort, TRANSFORMS } from "../model/flow.ts";
import { LIMITS } from "../model/limits.ts";
import type { Span } from "../model/span.ts";
import type { NodeId } from "../model/value.ts";

/** More nodes than one analysis makes, so that three numbers fit in one. */
const MOST_NODES = 2 ** 22;
const STEPS = TRANSFORMS.length + 1;

/** Details of an edge; `maybe` may be false. */
interface HowItMoves {
  readonly step?: Edge["step"] | undefined;
  readonly maybe?: boolean | undefined;
  readonly program?: string | undefined;
  readonly source?: Span | undefined;
  readonly sink?: Span | undefined;
}

/** Where data can be and how it moves. Ports with the same key are one node; streams are always new. */
export class Graph {
  readonly ports: Port[] = [];
  readonly edges: Edge[] = [];
  /** More edges were asked for than are kept. */
  full = false;
  /** Nodes by what their ports print, one table for each kind. */
  private readonly byKind = new Map<Port["kind"], Map<string, NodeId>>();
  /** Edges by their two nodes and their step, as one number. */
  private readonly seen = new Set<number>();
  private readonly incoming = new Map<NodeId, Edge[]>();
  /** How many edges are in `incoming`. */
  private indexed = 0;

  node(port: Port): NodeId {
    let nodes = this.byKind.get(port.kind);
    if (!nodes) {
      nodes = new Map();
      this.byKind.set(port.kind, nodes);
    }
    const key = printPort(port);
    const known = nodes.get(key);
    if (known !== undefined) return known;
    const id = this.ports.push(port) - 1;
    nodes.set(key, id);
    return id;
  }

  stream(): NodeId {
    return this.ports.push({ kind: "stream" }) - 1;
  }

  /** Kinds of ports whose data reaches these nodes, and `decode` if it was decoded on the way. */
  origins(nodes: readonly NodeId[]): ReadonlySet<Port["kind"] | "decode"> {
    const incoming = this.incomingEdges();
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

  /** Brought up to date when asked for. */
  private incomingEdges(): ReadonlyMap<NodeId, readonly Edge[]> {
    const { incoming, edges } = this;
    for (; this.indexed < edges.length; this.indexed++) {
      const edge = edges[this.indexed];
      if (!edge) continue;
      const list = incoming.get(edge.to);
      if (list) list.push(edge);
      else incoming.set(edge.to, [edge]);
    }
    return incoming;
  }

  edge(from: NodeId, to: NodeId, span: Span, how: HowItMoves = {}): void {
    if (from === to) return;
    const { step, program, source, sink } = how;
    const key = (from * MOST_NODES + to) * STEPS + (step === undefined ? 0 : TRANSFORMS.indexOf(step) + 1);
    if (this.seen.has(key)) return;
    if (this.edges.length >= LIMITS.edges) {
      this.full = true;
      return;
    }
    this.seen.add(key);
    const edge: { -readonly [key in keyof Edge]: Edge[key] } = { from, to, span };
    if (step) edge.step = step;
    if (how.maybe) edge.maybe = true;
    if (program !== undefined) edge.program = program;
    if (source) edge.source = source;
    if (sink) edge.sink = sink;
    this.edges.push(edge);
  }
}
