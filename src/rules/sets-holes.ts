import type { Piece } from "../model/value.ts";
import { isEvidence, meet } from "./glob.ts";
import { Draft, type Hits } from "./hits.ts";
import { HiddenName } from "./names.ts";
import { isNamed, isSpecific, reachOf, type Segment, segmentsOf, spread, textOf } from "./sets-folders.ts";
import type { PathNode, PathTrie } from "./sets-trie.ts";

/** How far a node is reached: by every filling; by one of the names a glob expands to; by some filling. */
const ALL = 0;
const TOUCH = 1;
const SOME = 2;

/** One way to read the path so far. */
interface State {
  readonly node: PathNode;
  readonly quality: typeof ALL | typeof TOUCH | typeof SOME;
  /** The known text speaks for the members below this node. */
  readonly evidence: boolean;
  /** Where the path starts is not known, or any folders were skipped: only names can be evidence. */
  readonly loose: boolean;
  /** The last name was a glob that says nothing: `*`, `???`, `.*`. */
  readonly bare: boolean;
  /** One more name has to agree before it is evidence. */
  readonly weak: boolean;
}

/** Nodes one path may visit. A path that takes more is no honest one, and may be any file. */
const FUEL = 30_000;

class Walk {
  readonly draft = new Draft();
  /** The known folders in front of the first hole. */
  private readonly folders: string[] = [];
  private hidden = false;
  private specific = false;
  private named = false;
  private passing = false;
  private left = FUEL;

  /** A known name. */
  text(states: readonly State[], name: string, last: boolean): State[] {
    if (!this.hidden) this.folders.push(name);
    const next = new States(this, last);
    for (const state of states) {
      if (state.node.anywhere) next.add(state);
      const child = state.node.children?.get(name);
      if (child) next.add(agreed(state, child, this.hidden));
      state.node.matching(name, ({ glob, node }) => {
        if (glob.known > 0) next.add(agreed(state, node, this.hidden));
        else next.add({ ...state, ...enteredFrom(state), node }, last && state.quality === ALL);
      });
    }
    return next.list;
  }

  /** A name with holes. */
  pattern(states: readonly State[], name: Segment, dotted: boolean, last: boolean): State[] {
    this.hide();
    const next = new States(this, last);
    const quality = name.every((piece) => typeof piece === "string" || piece.glob !== undefined) ? TOUCH : SOME;
    const bare = name.every((piece) => typeof piece !== "string" || piece === ".");
    const hidden = new HiddenName(name, dotted);
    const take = (state: State, node: PathNode, agrees: boolean, touched: boolean): void => {
      const from = { ...state, ...enteredFrom(state), node };
      const evidence = agrees || from.evidence || (this.specific && !from.loose);
      next.add({ ...from, quality: worse(state, touched ? quality : SOME), evidence, bare });
    };
    for (const state of states) {
      if (state.node.anywhere) next.add(state);
      if (!this.spend(state.node.children?.size ?? 0)) break;
      for (const [key, child] of state.node.children ?? []) {
        if (hidden.mayBe(key)) take(state, child, hidden.known > 0 && hidden.known * 2 >= key.length, true);
      }
      for (const { glob, node } of state.node.globs) {
        const { all, known } = meet(glob, name, dotted);
        if (all) next.add({ ...state, ...enteredFrom(state), node }, last && (state.quality === ALL || bare || glob.known > 0));
        // `*.log` touches x.log for sure, but a member `id_*` only if there is an id_x.log.
        else if (known >= 0) take(state, node, isEvidence(glob, known), isEvidence(glob, known) || bare);
      }
    }
    return next.list;
  }

  /** Any number of names, or none. */
  skip(states: readonly State[], by: "folders" | "anything", last: boolean): State[] {
    this.hide();
    this.passing = !last;
    const next = new States(this, last);
    const quality = by === "folders" ? TOUCH : SOME;
    for (const state of states) {
      if (state.node.anywhere) next.add(state);
      const skipped = {
        ...state,
        quality: worse(state, quality),
        evidence: state.evidence || (this.specific && !state.loose),
        bare: by === "folders",
      };
      if (!state.node.anywhere) next.add(skipped);
      // One name is what a `*` of the member stands for.
      for (const edge of state.node.globs)
        if (edge.glob.known === 0) next.add({ ...state, ...enteredFrom(state), node: edge.node });
    }
    for (let i = 0; i < next.list.length; i++) {
      const state = next.list[i];
      if (!state || state.node.anywhere || state.quality === ALL) continue;
      for (const child of state.node.children?.values() ?? []) next.add({ ...state, node: child });
      for (const edge of state.node.globs) next.add({ ...state, node: edge.node });
    }
    this.passing = false;
    return next.list;
  }

  /** Notes what ends here. */
  reach(state: State, last: boolean): void {
    const { node, quality, evidence, loose, bare } = state;
    for (const { set, exact, except, audience } of node.terminals) {
      // `find / -name x` passes through every tree, and finds x there or not.
      if ((exact && !last) || (quality === TOUCH && bare && this.passing)) continue;
      if (except) {
        if (quality === ALL) this.draft.except(set);
      } else if (quality === ALL) this.draft.inside(set, "yes", audience);
      else if (quality === TOUCH && bare && !loose && !evidence) this.draft.sweeps(set, "yes");
      else if (quality === TOUCH && !loose) this.draft.inside(set, bare ? "maybe" : "yes", audience);
      else if (evidence) this.draft.inside(set, "maybe", audience);
      else if (this.named && !loose && last) this.draft.near(set);
    }
    if (!last || node.anywhere) return;
    const sure = quality === ALL || (quality === TOUCH && !loose);
    if (sure || evidence) for (const set of node.below) this.draft.sweeps(set, sure ? "yes" : "maybe");
  }

  /** False when too much was asked. */
  spend(amount: number): boolean {
    this.left -= amount;
    return this.left > 0;
  }

  get exhausted(): boolean {
    return this.left <= 0;
  }

  root(name: string): void {
    this.folders.push(name);
  }

  private hide(): void {
    if (this.hidden) return;
    this.hidden = true;
    this.specific = isSpecific(this.folders);
    this.named = isNamed(this.folders);
  }
}

/** States without doubles, each noted once. */
class States {
  readonly list: State[] = [];
  private readonly seen = new Map<PathNode, number[]>();
  private readonly walk: Walk;
  private readonly last: boolean;

  constructor(walk: Walk, last: boolean) {
    this.walk = walk;
    this.last = last;
  }

  /** A file that a walk finds anywhere is no folder whose members count: `ends` is false for `/home/NAME`. */
  add(state: State, ends = this.last): boolean {
    const key =
      state.quality * 16 + (state.evidence ? 8 : 0) + (state.loose ? 4 : 0) + (state.bare ? 2 : 0) + (state.weak ? 1 : 0);
    const seen = this.seen.get(state.node);
    if (seen?.includes(key) || !this.walk.spend(1)) return false;
    if (seen) seen.push(key);
    else this.seen.set(state.node, [key]);
    this.list.push(state);
    this.walk.reach(state, ends);
    if (state.node.deep) this.add({ ...state, node: state.node.deep }, ends);
    if (state.node.also) this.add({ ...state, node: state.node.also }, ends);
    return true;
  }
}

/** After any folders, what was known before them is no evidence. */
const enteredFrom = (state: State): { readonly loose: boolean; readonly evidence: boolean } =>
  state.node.anywhere ? { loose: true, evidence: false } : { loose: state.loose, evidence: state.evidence };

/** A name of the path is a name of the member. */
function agreed(state: State, node: PathNode, hidden: boolean): State {
  const from = enteredFrom(state);
  if (state.weak) return { ...state, ...from, node, weak: false, bare: false };
  return { ...state, node, loose: from.loose, evidence: from.evidence || from.loose || hidden, bare: false };
}

const worse = (state: State, quality: State["quality"]): State["quality"] => (state.quality > quality ? state.quality : quality);

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
