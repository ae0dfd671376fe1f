import { isEvidence, meet } from "./glob.ts";
import { Draft } from "./hits.ts";
import { HiddenName } from "./names.ts";
import { isNamed, isSpecific, type Segment } from "./sets-folders.ts";
import { ALL, agreed, enteredFrom, SOME, type State, States, TOUCH, worse } from "./sets-states.ts";
import type { PathNode } from "./sets-trie.ts";

/** Nodes one path may visit. A path that takes more is no honest one, and may be any file. */
const FUEL = 30_000;

/** Follows a path with holes through all members at once, one name after the other. */
export class Walk {
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
    const sort = isSortOfFile(name);
    const take = (state: State, node: PathNode, agrees: boolean, touched: boolean, bare: boolean): void => {
      const from = enteredFrom(state);
      const evidence = agrees || from.evidence || (this.specific && !from.loose);
      next.add({ node, quality: worse(state, touched ? quality : SOME), evidence, loose: from.loose, bare, weak: state.weak });
    };
    for (const state of states) {
      if (state.node.anywhere) next.add(state);
      if (!this.spend(state.node.children?.size ?? 0)) break;
      for (const [key, child] of state.node.children ?? []) {
        if (hidden.mayBe(key))
          take(state, child, !sort && hidden.known > 0 && hidden.known * 2 >= key.length, true, bare || sort);
      }
      for (const { glob, node } of state.node.globs) {
        const { all, known } = meet(glob, name, dotted);
        if (all) next.add({ ...state, ...enteredFrom(state), node }, last && (state.quality === ALL || bare || glob.known > 0));
        // `*.log` touches x.log for sure, but a member `id_*` only if there is an id_x.log.
        else if (known >= 0) take(state, node, isEvidence(glob, known), isEvidence(glob, known) || bare, bare);
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

/** `*.conf` names a sort of files, and none of them: a member `admin.conf` is swept over, not meant. */
function isSortOfFile(name: Segment): boolean {
  const [first, last] = name;
  return name.length === 2 && typeof first === "object" && typeof last === "string" && last.startsWith(".");
}
