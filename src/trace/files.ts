import type { Content } from "../model/content.ts";
import type { Span } from "../model/span.ts";
import { unknown } from "../model/value.ts";
import { runLater } from "./deferred.ts";
import { fileKey, type Machine } from "./machine.ts";
import { nameOf } from "./made-names.ts";
import type { Located } from "./place.ts";
import type { Frame } from "./state.ts";
import { gather } from "./streams.ts";

/** What a file held before this command added to it: its owner put it there. */
const OLD_LINES = unknown("operator");

/** Remembers what a file holds after this command wrote it, and reads it as code where something will run it. */
export function keepContent(
  machine: Machine,
  frame: Frame,
  located: Located,
  content: Content,
  append: boolean,
  span: Span,
): void {
  const text = nameOf(located.path);
  if (text !== undefined) {
    const key = fileKey(located.place, text);
    const before = append ? machine.files.get(key) : undefined;
    machine.files.set(
      key,
      before ? gather([before, content]) : append ? { ...content, lines: [OLD_LINES, ...content.lines] } : content,
    );
  }
  runLater(machine, frame, located, content, span);
}
