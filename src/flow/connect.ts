import type { Edge, Flow, Port, Transform } from "../model/flow.ts";
import { LIMITS } from "../model/limits.ts";
import type { NodeId } from "../model/value.ts";
import type { Graph } from "./graph.ts";
import { linkTrees } from "./trees.ts";

/** Work one analysis may spend on reachability, in edges visited. */
const FUEL = 200_000;

/**
 * Every pair of ports between which data moves, with the transforms on the shortest way. The order in which commands run is not
 * looked at: a file that is read before it is written counts as written.
 */
export function connect(graph: Graph): { readonly flows: readonly Flow[]; readonly complete: boolean } {
  linkTrees(graph);
  const outgoing: Edge[][] = [];
  const starts: NodeId[] = [];
  for (const edge of graph.edges) {
    const list = outgoing[edge.from];
    if (list) list.push(edge);
    else {
      outgoing[edge.from] = [edge];
      starts.push(edge.from);
    }
  }
  const flows: Flow[] = [];
  const budget = { left: FUEL };
  for (const start of starts) {
    const port = graph.ports[start];
    if (port === undefined || port.kind === "stream" || port.kind === "code" || port.kind === "caller") continue;
    walk(graph, outgoing, start, port, flows, budget);
    if (budget.left <= 0 || flows.length >= LIMITS.flows) return { flows, complete: false };
  }
  return { flows, complete: !graph.full };
}

const NO_EDGES: readonly Edge[] = [];
const NO_STEPS: readonly Transform[] = [];
const NO_PROGRAMS: readonly string[] = [];

interface Reached {
  readonly node: NodeId;
  readonly steps: readonly Transform[];
  readonly maybe: boolean;
  readonly programs: readonly string[];
  readonly first: Edge;
  readonly last: Edge;
}

function walk(
  graph: Graph,
  outgoing: readonly (readonly Edge[] | undefined)[],
  start: NodeId,
  source: Port,
  flows: Flow[],
  budget: { left: number },
): void {
  // A way with decode steps and one without are different facts: visit a node once for each.
  const seen = new Set<NodeId | string>();
  const queue: Reached[] = [];
  for (const edge of outgoing[start] ?? NO_EDGES) queue.push(extend(undefined, edge));
  for (let i = 0; i < queue.length && budget.left > 0 && flows.length < LIMITS.flows; i++) {
    const at = queue[i];
    if (!at) continue;
    const key = at.steps.length === 0 ? at.node : `${at.node} ${at.steps.join()}`;
    if (at.node === start || seen.has(key)) continue;
    seen.add(key);
    const port = graph.ports[at.node];
    if (!port) continue;
    budget.left--;
    const last = outgoing[at.node] ?? NO_EDGES;
    if (isSink(port) && isFlow(source, port)) flows.push(flowOf(source, port, at));
    if (port.kind === "network" || port.kind === "code" || port.kind === "caller") continue;
    for (const edge of last) queue.push(extend(at, edge));
    budget.left -= last.length;
  }
}

function extend(at: Reached | undefined, edge: Edge): Reached {
  const steps = at?.steps ?? NO_STEPS;
  const programs = at?.programs ?? NO_PROGRAMS;
  return {
    node: edge.to,
    steps: edge.step && steps.length < 8 ? [...steps, edge.step] : steps,
    maybe: (at?.maybe ?? false) || edge.maybe === true,
    programs:
      edge.program !== undefined && programs.length < 16 && programs.at(-1) !== edge.program
        ? [...programs, edge.program]
        : programs,
    first: at?.first ?? edge,
    last: edge,
  };
}

function flowOf(from: Port, to: Port, at: Reached): Flow {
  return {
    from,
    to,
    steps: at.steps,
    maybe: at.maybe,
    source: at.first.source ?? at.first.span,
    sink: at.last.sink ?? at.last.span,
    programs: at.programs,
  };
}

function isSink(port: Port): boolean {
  return (
    port.kind === "file" || port.kind === "network" || port.kind === "store" || port.kind === "code" || port.kind === "caller"
  );
}

/** What merely echoes the command's own text or a program's messages is no flow, unless it becomes code. */
function isFlow(from: Port, to: Port): boolean {
  if (from.kind === "data") return to.kind === "code";
  if (from.kind === "process" || from.kind === "input") return to.kind !== "caller" && to.kind !== "file";
  return true;
}
