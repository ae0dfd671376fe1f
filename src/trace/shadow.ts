import type { Span } from "../model/span.ts";
import { exact, type Value } from "../model/value.ts";
import { DECLARES } from "./builtins/declare.ts";
import { BUILTINS } from "./builtins/table.ts";
import type { Machine } from "./machine.ts";
import { effectIn } from "./redirect.ts";
import type { Frame } from "./state.ts";

/** A name means something else from now on: a function, an alias or another file. A function named like no program is nobody's business. */
export function shadow(
  machine: Machine,
  frame: Frame,
  name: string,
  how: "function" | "alias" | "file",
  span: Span,
  to?: Value,
): void {
  if (
    how === "function" &&
    !BUILTINS.has(name) &&
    !DECLARES.has(name) &&
    machine.knowledge.command(name.slice(name.lastIndexOf("/") + 1)) === undefined
  )
    return;
  machine.effect({
    ...effectIn(frame, frame.place),
    kind: "create",
    on: { kind: "function", value: exact(name) },
    attributes: { how: exact(how), ...(to === undefined ? {} : { content: to }) },
    programs: [...frame.through, "shell"],
    span,
  });
}
