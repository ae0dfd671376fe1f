import { exact, exactText } from "../../model/value.ts";
import { type Abstract, exactOf, joined, known, madeOf, type Text } from "./abstract.ts";

/** `"%s %d" % (a, b)`, `"%(name)s" % record`. */
export function percent(format: Text, values: Abstract): Abstract {
  const text = exactText(format.value);
  if (text === undefined) return madeOf([format, values]);
  const items = values.kind === "list" ? values.items : [values];
  const parts: Abstract[] = [];
  let next = 0;
  let start = 0;
  for (let at = text.indexOf("%"); at >= 0; at = text.indexOf("%", at)) {
    parts.push(known(text.slice(start, at)));
    at++;
    let name: string | undefined;
    if (text[at] === "(") {
      const close = text.indexOf(")", at);
      if (close < 0) return madeOf([format, values]);
      name = text.slice(at + 1, close);
      at = close + 1;
    }
    const flags = at;
    while (at < text.length && "#0- +.123456789".includes(text[at] ?? "")) at++;
    const conversion = text[at] ?? "";
    if (conversion === "%") parts.push(known("%"));
    else {
      const value =
        name === undefined ? items[next++] : values.kind === "record" ? (values.fields.get(name) ?? values.more) : undefined;
      parts.push(converted(value, conversion, at > flags));
    }
    at++;
    start = at;
  }
  return joined([...parts, known(text.slice(start)), { kind: "text", value: exact(""), sources: format.sources }]);
}

function converted(value: Abstract | undefined, conversion: string, padded: boolean): Abstract {
  if (!value) return madeOf([]);
  if (conversion === "c" && value.kind === "number") return known(String.fromCharCode(value.value & 0xffff));
  if ((conversion === "x" || conversion === "X" || conversion === "o") && value.kind === "number" && !padded)
    return known(value.value.toString(conversion === "o" ? 8 : 16));
  return padded && exactOf(value) === undefined ? madeOf([value]) : value;
}

/** `"{} {0} {name!r:>4}".format(…)`. */
export function braces(format: Text, args: readonly Abstract[], named: ReadonlyMap<string, Abstract>): Abstract {
  const text = exactText(format.value);
  if (text === undefined) return madeOf([format, ...args, ...named.values()]);
  const parts: Abstract[] = [];
  let next = 0;
  let literal = "";
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? "";
    if ((char === "{" || char === "}") && text[at + 1] === char) {
      literal += char;
      at++;
    } else if (char === "{") {
      const close = text.indexOf("}", at);
      if (close < 0) return madeOf([format, ...args]);
      parts.push(known(literal));
      literal = "";
      const field = wordBefore(text.slice(at + 1, close), "!:.[");
      parts.push(
        (field === "" ? args[next++] : (named.get(field) ?? args[Number(field)])) ?? madeOf([...args, ...named.values()]),
      );
      at = close;
    } else literal += char;
  }
  return joined([...parts, known(literal), { kind: "text", value: exact(""), sources: format.sources }]);
}

function wordBefore(text: string, ends: string): string {
  let at = 0;
  while (at < text.length && !ends.includes(text[at] ?? "")) at++;
  return text.slice(0, at);
}
