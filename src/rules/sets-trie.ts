import { compileGlob, type Glob, matches } from "./glob.ts";
import type { SetId } from "./hits.ts";

/** A set has a member that ends at this node. */
export interface Terminal {
  readonly set: SetId;
  /** The node itself, not what is below it. */
  readonly exact: boolean;
  /** The tree is taken out of the set. */
  readonly except: boolean;
  readonly audience: SetId | undefined;
}

const NOTHING: readonly never[] = [];

/** A name with stars, and where it leads. */
export interface GlobEdge {
  readonly glob: Glob;
  readonly node: PathNode;
}

/** One segment further down than its parent. Most nodes have few of these fields, so they are made when needed. */
export class PathNode {
  children: Map<string, PathNode> | undefined;
  globs: readonly GlobEdge[] = NOTHING;
  /** Reached after any number of folders. */
  deep: PathNode | undefined;
  /** Another name for the same folder: `/root` is a home. */
  also: PathNode | undefined;
  terminals: readonly Terminal[] = NOTHING;
  /** Sets with members further down. */
  below: readonly SetId[] = NOTHING;
  /** Reached over any number of folders, and may skip more. */
  readonly anywhere: boolean;
  /** Globs by the character they begin with, or end with; the rest is under the empty text. */
  private begins: Map<number, GlobEdge[]> | undefined;

  constructor(anywhere = false) {
    this.anywhere = anywhere;
  }

  child(segment: string): PathNode {
    if (!segment.includes("*")) {
      this.children ??= new Map();
      return grow(this.children, segment);
    }
    const glob = compileGlob(segment);
    const known = this.globs.find((edge) => edge.glob.pattern === glob.pattern);
    if (known) return known.node;
    const edge = { glob, node: new PathNode() };
    this.globs = [...this.globs, edge];
    this.begins ??= new Map();
    const list = this.begins.get(keyOf(glob.pattern));
    if (list) list.push(edge);
    else this.begins.set(keyOf(glob.pattern), [edge]);
    return edge.node;
  }

  /** Calls with every edge whose glob matches the name. */
  matching(name: string, use: (edge: GlobEdge) => void): void {
    if (!this.begins) return;
    for (const key of [name.charCodeAt(0), -name.charCodeAt(name.length - 1), 0]) {
      for (const edge of this.begins.get(key) ?? NOTHING) if (matches(edge.glob, name)) use(edge);
    }
  }

  skip(): PathNode {
    this.deep ??= new PathNode(true);
    return this.deep;
  }

  end(terminal: Terminal): void {
    this.terminals = [...this.terminals, terminal];
  }

  /** Sets are added one after the other. */
  holds(set: SetId): void {
    if (this.below === NOTHING) this.below = [set];
    else if (this.below.at(-1) !== set) (this.below as SetId[]).push(set);
  }
}

/** First character, or last as a negative number, or 0 for `*` at both ends. */
function keyOf(pattern: string): number {
  if (!pattern.startsWith("*")) return pattern.charCodeAt(0);
  return pattern.endsWith("*") ? 0 : -pattern.charCodeAt(pattern.length - 1);
}

function grow(children: Map<string, PathNode>, segment: string): PathNode {
  const known = children.get(segment);
  if (known) return known;
  const node = new PathNode();
  children.set(segment, node);
  return node;
}

/** All path members of all sets, by segment. */
export class PathTrie {
  readonly absolute = new PathNode();
  readonly home = new PathNode();
  readonly relative = new PathNode();
  readonly anywhere = new PathNode(true);
  private readonly aboveHomes: readonly PathNode[];

  constructor() {
    const root = this.absolute;
    for (const home of [
      root.child("root"),
      root.child("home").child("*"),
      root.child("Users").child("*"),
      root.child("var").child("root"),
    ]) {
      home.also = this.home;
    }
    this.aboveHomes = [root, root.child("home"), root.child("Users"), root.child("var")];
    // proc(5): /proc/PID/root is the process's root folder; process 1's is the machine's.
    root.child("proc").child("*").child("root").also = root;
  }

  add(pattern: string, terminal: Terminal): void {
    const { node: start, segments } = this.startOf(pattern);
    let node = start;
    const passed = start === this.home ? [...this.aboveHomes] : [];
    segments.forEach((segment, i) => {
      passed.push(node);
      // Everything below a folder: any of its entries, with its tree.
      if (segment === "**") node = i === segments.length - 1 ? node.child("*") : node.anywhere ? node : node.skip();
      else node = node.child(segment);
    });
    // What an unknown directory holds is not known.
    if (!terminal.except) for (const above of passed) if (above !== this.relative) above.holds(terminal.set);
    node.end(terminal);
  }

  private startOf(pattern: string): { readonly node: PathNode; readonly segments: readonly string[] } {
    const [first = "", ...rest] = pattern.split("/").filter((segment, i) => segment !== "" || i === 0);
    if (first === "") return { node: this.absolute, segments: rest };
    if (first.startsWith("~")) return { node: this.home, segments: rest };
    if (first === "**" && rest.length > 0) return { node: this.anywhere, segments: rest };
    return { node: this.relative, segments: first === "." ? rest : [first, ...rest] };
  }
}
