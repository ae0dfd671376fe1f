import { LIMITS } from "../model/limits.ts";
import { type Edge, type Port, printPort, type Transform } from "../model/flow.ts";
import type { Span } from "../model/span.ts";
import type { NodeId } from "../model/value.ts";

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

  edge(from: NodeId, to: NodeId, span: Span, how: { step?: Transform; maybe?: boolean; program?: string } = {}): void {
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
    });
  }
}
