import type { Evidence } from "../model/finding.ts";
import type { Span } from "../model/span.ts";
import type { Fact } from "./message.ts";

/** Evidences one finding shows. */
export const SHOWN = 6;

export function evidenceOf(
  first: Fact,
  facts: readonly Fact[],
  textAt: (span: Span) => string,
): readonly [Evidence, ...Evidence[]] {
  const [start] = spansOf(first);
  const spans: [Span, ...Span[]] = [start];
  for (const fact of facts) {
    for (const span of spansOf(fact))
      if (spans.length < SHOWN && !spans.some((known) => inOrder(known, span) === 0)) spans.push(span);
  }
  const [head, ...tail] = (spans.length > 1 ? spans.sort(inOrder) : spans) as [Span, ...Span[]];
  const show = (span: Span): Evidence => {
    const { start, end, argument } = span;
    const text = textAt(span);
    return argument === undefined ? { start, end, text } : { start, end, argument, text };
  };
  return [show(head), ...tail.map(show)];
}

export function spansOf(fact: Fact): readonly [Span, ...Span[]] {
  switch (fact.of) {
    case "effect":
      return [fact.effect.span];
    case "flow":
      return [fact.flow.source, fact.flow.sink];
    case "invocation":
      return [fact.invocation.span];
    case "doubt":
      return [fact.doubt.span];
  }
}

export const inOrder = (a: Span, b: Span): number =>
  (a.argument ?? -1) - (b.argument ?? -1) || a.start - b.start || a.end - b.end;
