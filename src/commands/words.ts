import { cover } from "../model/span.ts";
import { type Argument, concat, exact, exactText, oneOf, prefixOf, type Value } from "../model/value.ts";
import { alternatives, dropPrefix } from "./scan.ts";

/** A word made of several, as a program joins them before it reads them. */
export function joinWords(words: readonly Argument[], separator: string): Argument | undefined {
  const [first] = words;
  if (!first || words.length === 1) return first;
  const value = concat(words.flatMap((word, i) => (i > 0 ? [exact(separator), word.value] : [word.value])));
  const span = words.reduce((all, word) => cover(all, word.span), first.span);
  return { value, count: "one", span };
}

/** The same place in the input, another text. */
export function withValue(word: Argument, value: Value): Argument {
  if (value === word.value) return word;
  return { value, count: word.count, span: word.span };
}

/** `python -m` before `http.server`; `git ` before an alias; ` "$@"` after what further words follow. */
export function framed(word: Argument, before: string, after: string): Argument {
  return withValue(word, concat([exact(before), word.value, exact(after)]));
}

/** Without the text it must begin with; undefined if it does not, as far as is known. */
export function stripped(word: Argument, text: string): Argument | undefined {
  const fitting = alternatives(word.value).filter((value) => prefixOf(value).startsWith(text));
  const [first] = fitting;
  if (!first) return undefined;
  const value =
    fitting.length > 1
      ? oneOf(
          fitting.flatMap((one) => exactText(dropPrefix(one, text.length)) ?? []),
          word.value.from,
        )
      : dropPrefix(first, text.length);
  return word.verbatim === undefined ? withValue(word, value) : { ...word, value, verbatim: word.verbatim + text.length };
}
