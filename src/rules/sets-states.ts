import type { PathNode } from "./sets-trie.ts";

/** How far a node is reached: by every filling; by one of the names a glob expands to; by some filling. */
export const ALL = 0;
export const TOUCH = 1;
export const SOME = 2;

/** One way to read the path so far. */
export interface State {
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

/** Who is told of states. */
interface Walker {
  spend(amount: number): boolean;
  reach(state: State, last: boolean): void;
}

/** States without doubles, each noted once. */
export class States {
  readonly list: State[] = [];
  private readonly seen = new Map<PathNode, number[]>();
  private readonly walk: Walker;
  private readonly last: boolean;

  constructor(walk: Walker, last: boolean) {
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
export const enteredFrom = (state: State): { readonly loose: boolean; readonly evidence: boolean } =>
  state.node.anywhere ? { loose: true, evidence: false } : { loose: state.loose, evidence: state.evidence };

/** A name of the path is a name of the member. */
export function agreed(state: State, node: PathNode, hidden: boolean): State {
  const from = enteredFrom(state);
  if (state.weak) return { ...state, ...from, node, weak: false, bare: false };
  return { ...state, node, loose: from.loose, evidence: from.evidence || from.loose || hidden, bare: false };
}

export const worse = (state: State, quality: State["quality"]): State["quality"] =>
  state.quality > quality ? state.quality : quality;
