import { z } from "zod";
import { suggest } from "./nearest.ts";

/** Building blocks of the schemas. Scalars arrive as texts. */

export const text = z.string("expected text (quote it if it has braces or brackets)").min(1, "is empty");
export const texts = z.array(text, "expected a list");
/** One text, or a list of which any. */
export const oneOrMore = z.union(
  [text.transform((one) => [one]), texts.min(1, "is an empty list")],
  "expected text or a list of texts",
);
export const yes = z.literal("true").transform(() => true as const);
export const anything = z.unknown();

/** One word of a vocabulary, or a list of which any. */
export function someOf<Word extends string>(words: readonly Word[]) {
  return z
    .union([text, texts.min(1, "is an empty list")], "expected a word or a list of words")
    .superRefine((raw, context) => {
      for (const [i, word] of [raw].flat().entries()) {
        if (words.some((known) => known === word)) continue;
        const path = typeof raw === "string" ? [] : [i];
        context.addIssue({ code: "custom", path, message: `"${word}" is not known here${suggest(word, words)}` });
      }
    })
    .transform((raw) => [raw].flat() as Word[]);
}

/** A mapping with these keys alone. Its error message carries its vocabulary, for whoever reports an unknown key. */
export function mapping<Shape extends z.core.$ZodLooseShape>(shape: Shape): z.ZodObject<Shape, z.core.$strict> {
  return z.strictObject(shape, {
    error: (issue) => (issue.code === "unrecognized_keys" ? Object.keys(shape).join(" ") : "expected a mapping"),
  });
}

/** Any keys, each with a value of one kind. */
export const table = <Value extends z.core.SomeType>(value: Value): z.ZodRecord<z.ZodString, Value> =>
  z.record(z.string(), value, "expected a mapping");
