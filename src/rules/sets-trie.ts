import { compileGlob, type Glob } from "./glob.ts";
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

/** One segment further down than its parent. */
export class PathNode {
  readonly children = new Map<string, PathNode>();
  readonly globs: { readonly glob: Glob; readonly node: PathNode }[] = [];
  /** Reached after any number of folders. */
  deep: PathNode | undefined;
  /** Another name for the same folder: `/root` is a home. */
  also: PathNode | undefined;
  readonly terminals: Terminal[] = [];
  /** Sets with members further down. */
  readonly below = new Set<SetId>();
  /** Reached over any number of folders, and may skip more. */
  readonly anywhere: boolean;

  constructor(anywhere = false) {
    this.anywhere = anywhere;
  }

  child(segment: string): PathNode {
    if (!segment.includes("*")) return grow(this.children, segment);
    const glob = compileGlob(segment);
    const known = this.globs.find((edge) => edge.glob.pattern === glob.pattern);
    if (known) return known.node;
    const node = new PathNode();
    this.globs.push({ glob, node });
    return node;
  }

  skip(): PathNode {
    this.deep ??= new PathNode(true);
    return this.deep;
  }
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
      if (segment === "**") node = i === segments.length - 1 ? node.child("*") : node.skip();
      else node = node.child(segment);
    });
    // What an unknown directory holds is not known.
    if (!terminal.except) for (const above of passed) if (above !== this.relative) above.below.add(terminal.set);
    node.terminals.push(terminal);
  }

  private startOf(pattern: string): { readonly node: PathNode; readonly segments: readonly string[] } {
    const [first = "", ...rest] = pattern.split("/").filter((segment, i) => segment !== "" || i === 0);
    if (first === "") return { node: this.absolute, segments: rest };
    if (first.startsWith("~")) return { node: this.home, segments: rest };
    if (first === "**" && rest.length > 0) return { node: this.anywhere, segments: rest };
    return { node: this.relative, segments: first === "." ? rest : [first, ...rest] };
  }
}
