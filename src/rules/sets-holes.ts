import type { Piece } from "../model/value.ts";
import type { Hits } from "./hits.ts";
import { reachOf, segmentsOf, spread, textOf } from "./sets-folders.ts";
import { ALL, SOME, type State, States } from "./sets-states.ts";
import type { PathTrie } from "./sets-trie.ts";
import { Walk } from "./sets-walk.ts";

/**
 * Which sets a path with holes lies in. Known text must speak for a member: its folder is one where members are (`~/.ssh/$f`), or names
 * behind the hole are its names (`$d/.ssh/id_rsa`), or half of a name is known. What a glob expands to is touched for sure.
 */
export function walkHoles(trie: PathTrie, pieces: readonly Piece[]): Hits {
  const segments = spread(segmentsOf(pieces));
  const walk = new Walk();
  const [first = []] = segments;
  const at: State = { node: trie.anywhere, quality: ALL, evidence: false, loose: true, bare: false, weak: false };
  const start = new States(walk, false);
  start.add(at);
  const root = textOf(first);
  const glob = first.some((piece) => typeof piece !== "string" && piece.glob !== undefined);
  let from = 1;
  if (root === undefined && !glob && typeof first[0] !== "string") {
    // An unset variable leaves the root, or what it hides is the home: `$d/etc/shadow`, `$d/.ssh`.
    start.list.push({ ...at, node: trie.absolute, quality: SOME, weak: true }, { ...at, node: trie.home, quality: SOME });
    from = reachOf(first) ? 1 : 0;
  } else if (root === "" || root?.startsWith("~") === true) {
    walk.root(root);
    start.add({ ...at, node: root === "" ? trie.absolute : trie.home, loose: false });
  } else {
    start.add({ ...at, node: trie.relative });
    from = root === "." ? 1 : 0;
  }
  let states: readonly State[] = start.list;
  let dotted = false;
  for (let i = from; i < segments.length && i < 2_048 && !walk.exhausted; i++) {
    const segment = segments[i] ?? [];
    const text = textOf(segment);
    const reach = reachOf(segment);
    const last = i === segments.length - 1;
    if (text !== undefined) states = walk.text(states, text, last);
    else if (reach) states = walk.skip(states, reach, last);
    else states = walk.pattern(states, segment, dotted, last);
    dotted ||= reach === "folders";
  }
  if (walk.exhausted)
    for (const node of [trie.absolute, trie.anywhere]) for (const set of node.below) walk.draft.inside(set, "maybe", undefined);
  return walk.draft.hits();
}
