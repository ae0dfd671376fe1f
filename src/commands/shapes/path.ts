import type { Value } from "../../model/value.ts";
import { DASH, named, type Reading } from "./reading.ts";

/** A file or folder. `http://…` is one too: that is how `cat http://x` would read it. */
export function readPath(value: Value): Reading {
  return value.kind === "exact" && value.text === "-" ? DASH : named("path", value);
}
