/** A piece of a line: a word that means itself, a word that the shell expands, or an operator. */
export type Piece =
  | { readonly kind: "literal"; readonly value: string }
  | { readonly kind: "expanded"; readonly text: string }
  | { readonly kind: "operator"; readonly text: string };

const PIECE = /[ \t]+|(&&|\|\||[;|&]|>>|>|<)(?=[ \t]|$)|'([^'\n]*)'(?=[ \t]|$)|([^\s;&|<>()'"`\\#]+)(?=[ \t]|$)/y;
const EXPANDS = /[$~*?[\]{}!=^]/;
const KEYWORDS = new Set(
  "if then elif else fi for in do done while until case esac function select time coproc { } ! [[ ]]".split(" "),
);

/** The pieces of one line of words and operators; undefined for anything that takes a shell's grammar to read. */
export function piecesOf(line: string): readonly Piece[] | undefined {
  const pieces: Piece[] = [];
  PIECE.lastIndex = 0;
  while (PIECE.lastIndex < line.length) {
    const match = PIECE.exec(line);
    if (!match) return undefined;
    const [, operator, quoted, bare] = match;
    if (operator !== undefined) pieces.push({ kind: "operator", text: operator });
    else if (quoted !== undefined) pieces.push({ kind: "literal", value: quoted });
    else if (bare !== undefined) {
      if (KEYWORDS.has(bare)) return undefined;
      pieces.push(EXPANDS.test(bare) ? { kind: "expanded", text: bare } : { kind: "literal", value: bare });
    }
  }
  return pieces;
}

/** The words of one simple command whose words all mean themselves. */
export function wordsOf(line: string): readonly string[] | undefined {
  const pieces = piecesOf(line);
  if (!pieces || pieces.length === 0) return undefined;
  const words = pieces.flatMap((piece) => (piece.kind === "literal" ? [piece.value] : []));
  return words.length === pieces.length ? words : undefined;
}

/** A word as a shell reads it back; plain where it may be. */
export function quoted(word: string): string {
  return isPlain(word) && !KEYWORDS.has(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

export const isPlain = (word: string): boolean => /^[A-Za-z0-9_@%+:,./-]+$/.test(word);
