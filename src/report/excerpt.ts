import type { Span } from "../model/span.ts";
import type { Input } from "../model/subject.ts";
import { clean, columns } from "./clean.ts";
import { Lines } from "./lines.ts";

/** A line of the input and the line of carets below it. */
export interface Excerpt {
  readonly label: string;
  readonly text: string;
  readonly carets: string;
}

/** Lines shown for one list of spans; a span over many lines shows where it begins. */
const MOST_LINES = 6;
const GAP = "…";

/** The lines of the input that hold the spans, with carets under them, cut to about `width` columns. */
export function excerpts(input: Input, spans: readonly Span[], width: number): readonly Excerpt[] {
  const shown: Excerpt[] = [];
  if ("command" in input) shown.push(...ofText(input.command, spans, "", width));
  else
    for (const index of [...new Set(spans.map((span) => span.argument ?? 0))].sort((a, b) => a - b)) {
      const own = spans.filter((span) => (span.argument ?? 0) === index);
      shown.push(...ofText(input.argv[index] ?? "", own, `argument ${index}`, width));
    }
  return shown.slice(0, MOST_LINES);
}

function ofText(text: string, spans: readonly Span[], name: string, width: number): readonly Excerpt[] {
  const lines = new Lines(text);
  const byLine = new Map<number, Span[]>();
  for (const span of spans) {
    const { line } = lines.position(span.start);
    byLine.set(line, [...(byLine.get(line) ?? []), span]);
  }
  return [...byLine]
    .sort(([a], [b]) => a - b)
    .map(([line, own]) => {
      const range = lines.range(line);
      const label = [name, lines.count > 1 ? `line ${line}` : ""].filter((part) => part !== "").join(", ");
      return {
        label: label && `${label}: `,
        ...mark(text.slice(range.start, range.end), own.map(relativeTo(range)), width - label.length),
      };
    });
}

const relativeTo =
  (line: Span) =>
  (span: Span): Span => {
    const start = Math.max(0, Math.min(span.start, line.end) - line.start);
    return { start, end: Math.max(start + 1, Math.min(span.end, line.end) - line.start) };
  };

/** Cuts what is far from every span, and draws the carets column by column. */
function mark(line: string, spans: readonly Span[], width: number): { text: string; carets: string } {
  let text = "";
  let carets = "";
  let at = 0;
  for (const window of windows(line, spans, width)) {
    if (window.start > at) {
      text += GAP;
      carets += " ";
    }
    for (at = window.start; at < window.end; ) {
      const char = String.fromCodePoint(line.codePointAt(at) ?? 0);
      const shown = clean(char);
      text += shown;
      carets += (isInside(at, spans) ? "^" : " ").repeat(columns(shown));
      at += char.length;
    }
  }
  return { text: at < line.length ? text + GAP : text, carets: carets.trimEnd() };
}

const isInside = (at: number, spans: readonly Span[]): boolean => spans.some((span) => span.start <= at && at < span.end);

/** The parts of a line that are shown, in order and apart from one another. */
function windows(line: string, spans: readonly Span[], width: number): readonly Span[] {
  if (line.length <= width) return [{ start: 0, end: line.length }];
  const ends = spans.flatMap((span) => cutMiddle(span, width >> 1));
  const length = ends.reduce((sum, end) => sum + end.end - end.start, 0);
  const around = Math.max(8, (width - length) / (2 * ends.length)) | 0;
  const merged: { start: number; end: number }[] = [];
  for (const { start, end } of ends.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    const wide = {
      start: start <= around + GAP.length ? 0 : start - around,
      end: Math.min(end + around, line.length),
    };
    if (last && wide.start <= last.end + GAP.length) last.end = Math.max(last.end, wide.end);
    else merged.push(wide);
  }
  return merged.map(({ start, end }) => ({ start: wholeCharacter(line, start), end: wholeCharacter(line, end) }));
}

/** A long span is shown by its beginning and its end. */
function cutMiddle(span: Span, width: number): readonly Span[] {
  if (span.end - span.start <= width) return [span];
  const half = width >> 1;
  return [
    { start: span.start, end: span.start + half },
    { start: span.end - half, end: span.end },
  ];
}

/** Not between the two halves of a surrogate pair. */
const wholeCharacter = (line: string, at: number): number => ((line.codePointAt(at - 1) ?? 0) > 0xffff ? at - 1 : at);
