import type { Resource } from "../model/resource.ts";
import { type Argument, exact, exactText, type Piece, piecesOf, prefixOf, type Value } from "../model/value.ts";
import { alternatives, cutFirst, dropPrefix, isKnownFolder } from "./scan.ts";
import { canonicalHost } from "./shapes/address.ts";
import { hostOf } from "./shapes/host.ts";
import { placed } from "./shapes/placed.ts";
import { readUrl } from "./shapes/url.ts";

/** Paths, URLs and hosts that a word looks like; also those glued to an option or behind a `=`. */
export function mentions(argument: Argument): readonly Resource[] {
  return alternatives(argument.value).slice(0, 16).flatMap(inWord);
}

function inWord(value: Value): readonly Resource[] {
  const prefix = prefixOf(value);
  if (prefix.startsWith("-") && prefix.length > 1) {
    const sign = cutFirst(value, "=");
    if (sign) return inText(sign.after);
    const glued = prefix.startsWith("--") ? undefined : dropPrefix(value, 2);
    return glued && exactText(glued) !== "" ? inText(glued) : [];
  }
  const pair = cutFirst(value, "=/");
  if (pair?.char === "=" && exactText(pair.before) !== "") return inText(pair.after);
  return inText(prefix.startsWith("@") ? dropPrefix(value, 1) : value);
}

function inText(value: Value): readonly Resource[] {
  const text = prefixOf(value);
  if (knownText(value).includes("://")) {
    const reading = readUrl(value);
    return reading.kind === "resource" ? [reading.on] : [];
  }
  const place = text.includes(" ") ? undefined : placed(value);
  if (place) return remote(place.place, place.path);
  if (looksLikePath(value)) return [{ kind: "path", value }];
  const whole = exactText(value);
  return whole !== undefined && looksLikeHost(whole) ? [{ kind: "host", value: exact(canonicalHost(whole), value.from) }] : [];
}

/** `host:/path`, `web:/etc/x`: the host and the path there; `host:22` is a host. */
function remote(place: Value, path: Value): readonly Resource[] {
  const host: Resource = hostOf(place);
  const rest = exactText(path);
  if (rest !== undefined && isDigits(rest)) return [{ ...host, port: path }];
  return looksLikePath(path) ? [host, { kind: "path", value: path }] : [host];
}

const knownText = (value: Value): string =>
  piecesOf(value)
    .map((piece) => (typeof piece === "string" ? piece : ""))
    .join("\0");

/** It holds a slash, begins with `~` or a dot, or has a dot inside. */
function looksLikePath(value: Value): boolean {
  const first: Piece | undefined = piecesOf(value)[0];
  if (first === undefined) return false;
  if (value.kind === "unknown") return isKnownFolder({ origin: value.origin });
  if (typeof first !== "string" && isKnownFolder(first)) return true;
  const text = knownText(value);
  if (text.includes("/") || text.startsWith("~")) return !isProse(text);
  const dot = text.indexOf(".");
  return dot >= 0 && dot < text.length - 1 && !isProse(text) && !looksLikeHost(text) && !isNumber(text);
}

/** Several words are prose, not a file's name. */
const isProse = (text: string): boolean => text.includes(" ") || text.includes("\n");
const isDigits = (text: string): boolean => text !== "" && [...text].every((char) => char >= "0" && char <= "9");
const isNumber = (text: string): boolean => text.split(".").every(isDigits) && text.split(".").length < 4;

const ENDINGS: ReadonlySet<string> = new Set([
  "com",
  "net",
  "org",
  "io",
  "dev",
  "app",
  "test",
  "local",
  "internal",
  "example",
  "invalid",
  "onion",
]);

function looksLikeHost(text: string): boolean {
  if (text === "localhost") return true;
  const labels = text.split(".");
  if (labels.length === 4 && labels.every(isDigits)) return true;
  const last = labels.at(-1) ?? "";
  return labels.length > 1 && labels.every(isLabel) && (ENDINGS.has(last.toLowerCase()) || text.startsWith("::"));
}

function isLabel(label: string): boolean {
  if (label === "") return false;
  for (const char of label) {
    const ok =
      (char >= "a" && char <= "z") ||
      (char >= "A" && char <= "Z") ||
      (char >= "0" && char <= "9") ||
      char === "-" ||
      char === "_";
    if (!ok) return false;
  }
  return true;
}
