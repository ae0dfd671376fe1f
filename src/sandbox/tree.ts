import { lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";

/** Path → what is there: kind, mode and content of everything under a folder. */
export type Tree = ReadonlyMap<string, string>;

/** Folders of the sandbox that are not the machine's own. */
const OUTSIDE: ReadonlySet<string> = new Set(["/usr", "/proc", "/dev", "/.v"]);
/** A file made larger than this has changed, whatever it holds. */
const READ_AT_MOST = 1 << 20;

export function readTree(root: string): Tree {
  const tree = new Map<string, string>();
  const walk = (path: string): void => {
    for (const entry of readdirSync(join(root, path), { withFileTypes: true })) {
      const inner = `${path}/${entry.name}`;
      if (OUTSIDE.has(inner)) continue;
      const whole = join(root, inner);
      const { mode, size } = lstatSync(whole);
      const content = entry.isSymbolicLink() ? readlinkSync(whole) : entry.isFile() ? contentOf(whole, size) : "";
      tree.set(inner, `${mode.toString(8)} ${content}`);
      if (entry.isDirectory()) walk(inner);
    }
  };
  walk("");
  return tree;
}

const contentOf = (path: string, size: number): string => (size > READ_AT_MOST ? `${size} bytes` : readFileSync(path, "latin1"));

/** Paths that are new, gone or different, the outermost of a new or a gone folder. */
export function changed(before: Tree, after: Tree): readonly string[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].filter((path) => before.get(path) !== after.get(path)).sort();
  const whole = (path: string): boolean => before.has(path) !== after.has(path);
  return paths.filter((path) => {
    const above = path.slice(0, path.lastIndexOf("/"));
    return !(whole(path) && above !== "" && whole(above) && before.has(above) === before.has(path));
  });
}
