import type { Content } from "../model/content.ts";
import type { Span } from "../model/span.ts";
import { exactText } from "../model/value.ts";
import { runLater } from "./deferred.ts";
import { fileKey, type Machine } from "./machine.ts";
import type { Located } from "./place.ts";
import type { Frame } from "./state.ts";
import { gather } from "./streams.ts";

/** Remembers what a file holds after this command wrote it, and reads it as code where something will run it. */
export function keepContent(
  machine: Machine,
  frame: Frame,
  located: Located,
  content: Content,
  append: boolean,
  span: Span,
): void {
  const text = exactText(located.path);
  if (text !== undefined) {
    const key = fileKey(located.place, text);
    const before = append ? machine.files.get(key) : undefined;
    machine.files.set(
      key,
      before ? gather([before, content]) : append ? { ...content, more: true, lines: content.lines } : content,
    );
  }
  runLater(machine, frame, located, content, span);
}
