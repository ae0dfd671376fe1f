import { concat, exact, exactText, type NodeId, unknown, type Value } from "./value.ts";

/** What a stream or a file holds, line by line, as far as is known. Lines are without their newline. */
export interface Content {
  readonly lines: readonly Value[];
  /** More lines may follow, each of the shape of one of `lines` (all unknown if `lines` is empty). */
  readonly more: boolean;
  /** The last line has no newline. */
  readonly open?: boolean;
  /** What it was before it was compiled: source text in this language. */
  readonly language?: string;
  /** Flow nodes whose data this is. */
  readonly from?: readonly NodeId[];
}

export const NOTHING: Content = { lines: [], more: false };

/** Content of known or unknown text; exact text is cut into lines. */
export function contentOf(value: Value): Content {
  const text = exactText(value);
  const from = value.from ? { from: value.from } : {};
  if (text === undefined) return { lines: [value], more: false, open: true, ...from };
  if (text === "") return { ...NOTHING, ...from };
  const lines = text.split("\n");
  const open = lines.at(-1) !== "";
  if (!open) lines.pop();
  return { lines: lines.map((line) => exact(line, value.from)), more: false, open, ...from };
}

/** The whole as one text, newlines included. */
export function textOf(content: Content): Value {
  const pieces: Value[] = [];
  content.lines.forEach((line, i) => {
    pieces.push(line);
    if (i < content.lines.length - 1 || !content.open) pieces.push(exact("\n"));
  });
  if (content.more && !isSearched(content)) pieces.push(unknown("output"));
  const text = concat(pieces.length > 0 ? pieces : [exact("")]);
  return content.from ? { ...text, from: [...new Set([...(text.from ?? []), ...content.from])] } : text;
}

/** Lines of a search: each stands for any number of names like it, and there are no others. */
export const isSearched = ({ lines }: Content): boolean => lines.length > 0 && lines.every(isGlob);

const isGlob = (line: Value): boolean =>
  line.kind === "pattern" && line.pieces.some((piece) => typeof piece !== "string" && piece.glob !== undefined);
