import type { Value } from "../model/value.ts";
import { anyOf, Draft, HitCache, type Hits, NO_HITS, type SetId } from "./hits.ts";
import { walkHoles } from "./sets-holes.ts";
import { type PathNode, PathTrie } from "./sets-trie.ts";

/** path_resolution(7): the kernel refuses longer paths, so no file is beyond. */
export const PATH_MAX = 4_096;

/** Which path sets a canonical path lies in, for all sets at once. */
export class PathTable {
  private readonly trie = new PathTrie();
  private readonly cache = new HitCache();
  private readonly withHoles = new WeakMap<Value, Hits>();

  add(
    pattern: string,
    set: SetId,
    how: { readonly exact?: boolean; readonly except?: boolean; readonly audience?: SetId | undefined },
  ): void {
    this.trie.add(pattern, { set, exact: how.exact ?? false, except: how.except ?? false, audience: how.audience });
    this.cache.clear();
  }

  hits(value: Value): Hits {
    switch (value.kind) {
      case "exact":
        return this.ofText(value.text);
      case "oneOf":
        return anyOf(value.texts.map((text) => this.ofText(text)));
      case "unknown":
        return NO_HITS;
      case "pattern": {
        const known = this.withHoles.get(value);
        if (known) return known;
        const hits = walkHoles(this.trie, value.pieces);
        this.withHoles.set(value, hits);
        return hits;
      }
    }
  }

  private ofText(text: string): Hits {
    return this.cache.get(text, (path) => walkText(this.trie, path.slice(0, PATH_MAX)));
  }
}

function walkText(trie: PathTrie, path: string): Hits {
  const draft = new Draft();
  const segments = path.split("/");
  const first = segments[0] ?? "";
  const root = rootOf(trie, first);
  const last = segments.length - 1;
  let states: PathNode[] = [];
  // `/` alone is split into two empty segments.
  const done = path === "/" || segments.length === 1;
  const from = root === trie.relative && first !== "." ? 0 : 1;
  enter(states, trie.anywhere, draft, false);
  enter(states, root, draft, done && from === 1);
  if (path === "/") {
    for (const set of trie.anywhere.below) draft.sweeps(set, "yes");
    return draft.hits();
  }
  for (let i = from; i <= last; i++) states = step(states, segments[i] ?? "", draft, i === last);
  return draft.hits();
}

export function rootOf(trie: PathTrie, first: string): PathNode {
  return first === "" ? trie.absolute : first.startsWith("~") ? trie.home : trie.relative;
}

function step(states: readonly PathNode[], segment: string, draft: Draft, last: boolean): PathNode[] {
  const next: PathNode[] = [];
  for (const state of states) {
    if (state.anywhere) next.push(state);
    const child = state.children?.get(segment);
    if (child) enter(next, child, draft, last);
    state.matching(segment, (edge) => enter(next, edge.node, draft, last));
  }
  return next;
}

function enter(states: PathNode[], node: PathNode, draft: Draft, last: boolean): void {
  if (states.includes(node)) return;
  states.push(node);
  for (const { set, exact, except, audience } of node.terminals) {
    if (exact && !last) continue;
    if (except) draft.except(set);
    else draft.inside(set, "yes", audience);
  }
  if (last && !node.anywhere) for (const set of node.below) draft.sweeps(set, "yes");
  if (node.deep && !states.includes(node.deep)) states.push(node.deep);
  if (node.also) enter(states, node.also, draft, last);
}
