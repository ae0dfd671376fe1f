import { type Piece, pattern, type Value } from "../model/value.ts";

const ENDING = /X{3,64}/;
const IN_FOLDER = /^(-p|-[dqu]+p)$/;

/** The name mktemp prints: a template whose X's are filled in, in /tmp unless it says where. GNU mktemp 9.1 --help. */
export function mktemp(args: readonly string[]): Value | undefined {
  const { folder, template, suffix } = wordsOf(args);
  const made = template ?? "tmp.XXXXXXXXXX";
  const at = made.search(ENDING);
  if (at < 0) return undefined;
  const end = at + (ENDING.exec(made)?.[0].length ?? 0);
  const filled: Piece = { origin: { by: "author", name: "mktemp" }, glob: "star" };
  return pattern([folder === undefined ? "" : `${folder}/`, made.slice(0, at), filled, made.slice(end), suffix, "\n"]);
}

interface Words {
  /** Undefined: the template is a path of its own. */
  readonly folder: string | undefined;
  readonly template: string | undefined;
  readonly suffix: string;
}

function wordsOf(args: readonly string[]): Words {
  let folder: string | undefined;
  let template: string | undefined;
  let suffix = "";
  for (let i = 0; i < args.length; i++) {
    const word = args[i] ?? "";
    const [name = "", glued] = word.startsWith("--") ? word.split("=", 2) : [word];
    const value = (): string => glued ?? args[++i] ?? "";
    if (name === "--suffix") suffix = value();
    else if (name === "--tmpdir") folder = glued ?? "/tmp";
    else if (IN_FOLDER.test(name)) folder = value();
    else if (/^-[dqu]*t$/.test(name)) folder ??= "/tmp";
    else if (!word.startsWith("-")) template = word;
  }
  return { folder: folder ?? (template === undefined ? "/tmp" : undefined), template, suffix };
}
