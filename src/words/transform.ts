import { concat, exact, exactText, mapTexts, unknown, type Value } from "../model/value.ts";
import { decodeAnsiC } from "../syntax/ansi-c.ts";
import { capitalized, lowered, raised } from "./casing.ts";
import { type Found, isAssociative, valueIn } from "./lookup.ts";
import { quote, quoteDouble } from "./quote.ts";
import type { Variable } from "./scope.ts";
import { unsupported, type Work } from "./work.ts";

/** `${x@Q}` and its kin, bash manual 3.5.3. */
export function transformed(found: Found, operator: string, variable: Variable | undefined, work: Work): Found {
  switch (operator) {
    case "Q":
      return found.set === "no" ? found : each(found, (value) => mapTexts(value, quote));
    case "U":
      return each(found, (value) => mapTexts(value, raised));
    case "u":
      return each(found, (value) => mapTexts(value, capitalized));
    case "L":
      return each(found, (value) => mapTexts(value, lowered));
    case "E":
      return each(found, (value) => mapTexts(value, decodeAnsiC));
    case "a":
      return found.set === "no" ? found : one(found, exact(attributes(variable)));
    case "A":
      return found.list === "no" ? declaration(found, variable) : one(found, unknown("author"));
    case "K":
    case "k":
      return pairs(found, operator === "k");
    default:
      unsupported(work, `\${${found.name}@${operator}}`, valueIn(found));
      return one(found, unknown("unsupported", `\${${found.name}@${operator}}`, valueIn(found).from));
  }
}

const each = (found: Found, f: (value: Value) => Value): Found => ({
  ...found,
  items: found.items.map((item) => ({ ...item, value: f(item.value) })),
});
const one = (found: Found, value: Value): Found => ({ ...found, list: "no", items: [{ value, many: false }] });

function attributes(variable: Variable | undefined): string {
  if (!variable) return "";
  const array = variable.elements ? (isAssociative(variable) ? "A" : "a") : "";
  const casing = variable.casing === "lower" ? "l" : variable.casing === "upper" ? "u" : "";
  return array + (variable.integer ? "i" : "") + casing + (variable.exported ? "x" : "");
}

/** `x='id'`, or `declare -x x='id'` where it has attributes. */
function declaration(found: Found, variable: Variable | undefined): Found {
  if (found.set === "no") return found;
  const flags = attributes(variable);
  const start = flags === "" ? "" : `declare -${flags} `;
  return each(found, (value) => concat([exact(`${start}${found.name}=`), mapTexts(value, quote)]));
}

/** `@k` gives keys and values as words, `@K` the same as one text. */
function pairs(found: Found, words: boolean): Found {
  if (found.list === "no") return each(found, (value) => mapTexts(value, quote));
  const items = found.items.flatMap((item) => [
    { value: exact(item.key ?? ""), many: item.many },
    { value: item.value, many: item.many },
  ]);
  if (words) return { ...found, items };
  const texts = found.items.map((item) =>
    exactText(item.value) === undefined || item.many ? undefined : `${item.key} ${quoteDouble(exactText(item.value) ?? "")}`,
  );
  return one(found, texts.every((text) => text !== undefined) ? exact(texts.join(" ")) : unknown("author"));
}
