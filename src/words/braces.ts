import { LIMITS } from "../model/limits.ts";
import { NOWHERE } from "../model/span.ts";
import type { Part } from "../syntax/ast.ts";
import { sequence } from "./sequence.ts";
import { limit, spend, type Work } from "./work.ts";

/** A character of a literal, or a part that braces do not look into. */
type Token = string | Part;

class TooMany extends Error {}

/** The words that brace expansion makes of one, or undefined when there are too many. Follows bash's braces.c. */
export function expandBraces(parts: readonly Part[], work: Work): readonly (readonly Part[])[] | undefined {
  if (!parts.some((part) => part.kind === "literal" && part.text.includes("{"))) return [parts];
  try {
    return expandTokens(tokensOf(parts), work, 0).map((tokens) => partsOf(tokens, parts[0]));
  } catch (problem) {
    if (!(problem instanceof TooMany)) throw problem;
    limit(work, "braces expand to too many words");
    return undefined;
  }
}

const tokensOf = (parts: readonly Part[]): Token[] =>
  parts.flatMap((part): Token[] => (part.kind === "literal" ? [...part.text] : [part]));

function partsOf(tokens: readonly Token[], near: Part | undefined): readonly Part[] {
  const out: Part[] = [];
  let text = "";
  const flush = (): void => {
    const more = nameAfter(out.at(-1), text);
    const last = out.at(-1);
    if (more !== "" && last?.kind === "parameter") out[out.length - 1] = { ...last, name: last.name + more };
    if (text.length > more.length) out.push({ kind: "literal", text: text.slice(more.length), span: near?.span ?? NOWHERE });
    text = "";
  };
  for (const token of tokens) {
    if (typeof token === "string") text += token;
    else {
      flush();
      out.push(token);
    }
  }
  flush();
  return out;
}

/** Braces come first, and are text: `$x{1,2}` is `$x1 $x2`. */
function nameAfter(part: Part | undefined, text: string): string {
  if (part?.kind !== "parameter" || part.span.end - part.span.start !== part.name.length + 1) return "";
  return /^[A-Za-z_]/.test(part.name) ? (/^[A-Za-z0-9_]{0,200}/.exec(text.slice(0, 200))?.[0] ?? "") : "";
}

/** `before`: how many words what stands in front makes, so that too many are noticed before the rest is read. */
function expandTokens(tokens: readonly Token[], work: Work, depth: number, before = 1): readonly (readonly Token[])[] {
  if (depth > LIMITS.nesting) throw new TooMany();
  const whole = [tokens];
  let open = 0;
  let close = -1;
  for (;;) {
    open = find(tokens, open, "{", work);
    if (open < 0) return whole;
    close = find(tokens, open + 1, "}", work);
    if (close >= 0) break;
    open++;
  }
  const inside = tokens.slice(open + 1, close);
  const rest = tokens.slice(close + 1);
  const choices = choicesOf(inside, tokens.slice(open, close + 1), work, depth);
  const made = before * choices.length;
  if (made > LIMITS.words) throw new TooMany();
  const heads = choices.map((choice) => [...tokens.slice(0, open), ...choice]);
  return rest.length === 0 ? heads : product(heads, expandTokens(rest, work, depth + 1, made), work);
}

function choicesOf(inside: readonly Token[], whole: readonly Token[], work: Work, depth: number): readonly (readonly Token[])[] {
  if (inside.includes(",")) {
    const choices = separated(inside, work).flatMap((choice) => expandTokens(choice, work, depth + 1));
    if (choices.length > LIMITS.words) throw new TooMany();
    return choices;
  }
  const texts = inside.every((token) => typeof token === "string") ? sequence(inside.join(""), LIMITS.words) : undefined;
  if (texts === "too many") throw new TooMany();
  return texts?.map((text) => [...text]) ?? [whole];
}

function separated(inside: readonly Token[], work: Work): readonly (readonly Token[])[] {
  const out: (readonly Token[])[] = [];
  for (let start = 0; ; ) {
    const comma = find(inside, start, ",", work);
    out.push(inside.slice(start, comma < 0 ? undefined : comma));
    if (comma < 0) return out;
    start = comma + 1;
  }
}

function product(
  heads: readonly (readonly Token[])[],
  tails: readonly (readonly Token[])[],
  work: Work,
): readonly (readonly Token[])[] {
  const size = heads.length * tails.length;
  const length = Math.max(...heads.map((h) => h.length), 0) + Math.max(...tails.map((t) => t.length), 0);
  if (size > LIMITS.words || !spend(work, size * length)) throw new TooMany();
  return heads.flatMap((head) => tails.map((tail) => [...head, ...tail]));
}

/** brace_gobbler: the next `wanted` outside inner braces; a `}` counts only after a `,` or `..` of its own. */
function find(tokens: readonly Token[], start: number, wanted: "{" | "}" | ",", work: Work): number {
  let level = 0;
  let separators = wanted === "}" ? 0 : 1;
  for (let i = start; i < tokens.length; i++) {
    if (!spend(work, 1)) throw new TooMany();
    const token = tokens[i];
    if (token === wanted && level === 0 && separators > 0) {
      // `{}` by itself is a word: find -exec cmd {} \;
      if (token !== "{" || i > 0 || (tokens[1] !== undefined && tokens[1] !== "}")) return i;
      continue;
    }
    if (token === "{") level++;
    else if (token === "}" && level > 0) level--;
    else if (
      wanted === "}" &&
      level === 0 &&
      (token === "," || (token === "." && tokens[i + 1] === "." && tokens[i + 2] !== "}"))
    )
      separators++;
  }
  return -1;
}
