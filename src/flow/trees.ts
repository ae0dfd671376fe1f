import { printPlace } from "../model/effect.ts";
import type { Span } from "../model/span.ts";
import { exactText, type NodeId } from "../model/value.ts";
import type { Graph } from "./graph.ts";

/**
 * A folder holds its files: what is written into `d/x` is read with `d`, what is written into `d` is read from `d/x`.
 * Links only nodes that occur.
 */
export function linkTrees(graph: Graph): void {
  const byPath = new Map<string, NodeId>();
  for (const [id, port] of graph.ports.entries()) {
    if (port.kind !== "file" || port.on.kind !== "path") continue;
    const path = exactText(port.on.value);
    if (path !== undefined) byPath.set(port.place.kind === "here" ? path : printPlace(port.place) + path, id);
  }
  if (byPath.size < 2) return;
  const read = new Map<NodeId, Span>();
  const written = new Set<NodeId>();
  for (const { from, to, span } of graph.edges) {
    read.set(from, span);
    written.add(to);
  }
  for (const [path, file] of byPath) {
    for (let cut = path.lastIndexOf("/"), up = 0; cut > 0 && up < 32; cut = path.lastIndexOf("/", cut - 1), up++) {
      const folder = byPath.get(path.slice(0, cut));
      if (folder === undefined) continue;
      const readsFolder = read.get(folder);
      const readsFile = read.get(file);
      if (written.has(file) && readsFolder) graph.edge(file, folder, readsFolder);
      if (written.has(folder) && readsFile) graph.edge(folder, file, readsFile, { maybe: true });
    }
  }
}
