/** Lines of a text, and whether the last has no newline. */
export interface Lines {
  readonly lines: readonly string[];
  readonly open: boolean;
}

export function linesOf(text: string): Lines {
  if (text === "") return { lines: [], open: false };
  const lines = text.split("\n");
  const open = lines.at(-1) !== "";
  return { lines: open ? lines : lines.slice(0, -1), open };
}

/** Most programs end the last line with a newline even if it had none. */
export const joinLines = (lines: readonly string[], open = false): string =>
  lines.length === 0 ? "" : lines.join("\n") + (open ? "" : "\n");
