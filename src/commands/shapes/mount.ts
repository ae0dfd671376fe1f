import type { PlaceChange } from "../../model/binding.ts";
import { exactText, type Piece, piecesOf, prefixOf, type Value } from "../../model/value.ts";
import { cutAll } from "../scan.ts";
import { pairsOf } from "./pairs.ts";
import { named, type Reading } from "./reading.ts";

export type Mounted = NonNullable<PlaceChange["mounts"]>[number];

/** `SOURCE:TARGET[:OPTIONS]`; a source without slash, dot or tilde is a named volume and no folder. */
export function volumeOf(value: Value): Mounted | undefined {
  const [source, target, options] = cutAll(value, ":");
  if (!source || !target || !mayBeFolder(source)) return undefined;
  const words = exactText(options)?.split(",") ?? [];
  return { source, target, writable: !words.includes("ro") && !words.includes("readonly") };
}

/** `type=bind,source=…,target=…,readonly`. */
export function mountOf(value: Value): Mounted | undefined {
  let source: Value | undefined;
  let target: Value | undefined;
  let writable = true;
  for (const { key, value: given } of pairsOf("key=value,...", value)) {
    const name = exactText(key)?.trim().toLowerCase();
    if (name === "source" || name === "src") source = given;
    else if (name === "target" || name === "dst" || name === "destination") target = given;
    else if (name === "readonly" || name === "ro") writable = exactText(given) === "false" || exactText(given) === "0";
  }
  return source && mayBeFolder(source) ? { source, target: target ?? source, writable } : undefined;
}

function mayBeFolder(value: Value): boolean {
  const prefix = prefixOf(value);
  const first: Piece | undefined = piecesOf(value)[0];
  return typeof first !== "string" || prefix.includes("/") || prefix.startsWith(".") || prefix.startsWith("~");
}

export function readMount(mounted: Mounted | undefined): readonly Reading[] {
  return mounted ? [named("path", mounted.source)] : [];
}
