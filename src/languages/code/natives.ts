import { exact } from "../../model/value.ts";
import { type Abstract, exactOf, handle, itemsOf, listOf, madeOf, NONE, sourcesOf, textOf } from "./abstract.ts";
import { callBack } from "./calls.ts";
import { decoded, encoded } from "./decode.ts";
import { allSources, endOf, resourcesIn } from "./ends.ts";
import { DECODED } from "./texts.ts";
import type { Call, Native } from "./world.ts";

/** Decodes what is known; what is not is still data that was decoded. */
export function decodedText(encoding: string, data: Abstract): Abstract {
  const text = exactOf(data);
  const result = text === undefined ? undefined : decoded(encoding, text);
  if (result !== undefined) return textOf(exact(result), [...sourcesOf(data), DECODED]);
  return madeOf([data], ["zlib", "gzip", "raw"].includes(encoding) ? "decompress" : "decode");
}

export const decoding =
  (encoding: string): Native =>
  (call) =>
    decodedText(encoding, call.args[0] ?? NONE);

export function encodedText(encoding: string, data: Abstract): Abstract {
  const text = exactOf(data);
  const result = text === undefined ? undefined : encoded(encoding, text);
  return result === undefined ? madeOf([data], "encode") : textOf(exact(result), sourcesOf(data));
}

export const encoding =
  (name: string): Native =>
  (call) =>
    encodedText(name, call.args[0] ?? NONE);

export const partOf =
  (pick: (text: string) => string): Native =>
  (call) => {
    const [value = NONE] = call.args;
    const text = exactOf(value);
    return text === undefined ? madeOf([value]) : textOf(exact(pick(text)), sourcesOf(value));
  };

export const list: Native = (call) => {
  const { items, more } = itemsOf(call.args[0] ?? NONE);
  return listOf(items, more);
};

/** All that is given goes to the URL, and what comes back is the host's. */
export function exchange(call: Call, url: Abstract, how?: string): Abstract {
  const { results } = call.world;
  const resources = resourcesIn(url, "url");
  for (const on of resources) {
    results.effect(on.kind === "path" ? "read" : "connect", on, how === undefined ? {} : { how: exact(how) });
    results.flow(allSources([...call.args, ...call.named.values()]), endOf(on, call));
  }
  const ends = resources.map((on) => ({ at: endOf(on, call) }));
  const made = handle("response", ends.length > 0 ? ends : sourcesOf(url));
  call.world.handles.push(made);
  return callBack(call.world, [...call.args, ...call.named.values()], made);
}
