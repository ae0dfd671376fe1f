import type { Doubt } from "../model/doubt.ts";
import { type Effect, printPlace } from "../model/effect.ts";
import { type Flow, type Port, printPort } from "../model/flow.ts";
import type { Invocation } from "../model/invocation.ts";
import type { Place } from "../model/place.ts";
import { printResource } from "../model/resource.ts";
import { exactText, printValue, type Value } from "../model/value.ts";

/** What a leaf of a condition was true of. */
export type Fact =
  | { readonly of: "effect"; readonly effect: Effect }
  | { readonly of: "flow"; readonly flow: Flow }
  | { readonly of: "invocation"; readonly invocation: Invocation }
  | { readonly of: "doubt"; readonly doubt: Doubt };

const SLOTS = ["from", "to", "on", "program", "place", "user"] as const;
type Slot = (typeof SLOTS)[number];

export type Template = readonly (string | { readonly slot: Slot })[];

/** Cuts a message at its slots; other braces stay as they are. */
export function compileMessage(message: string): Template {
  const parts: (string | { readonly slot: Slot })[] = [];
  let rest = message;
  for (;;) {
    const found = SLOTS.map((slot) => ({ slot, at: rest.indexOf(`{${slot}}`) })).filter(({ at }) => at >= 0);
    const [next] = found.sort((a, b) => a.at - b.at);
    if (!next) break;
    parts.push(rest.slice(0, next.at), { slot: next.slot });
    rest = rest.slice(next.at + next.slot.length + 2);
  }
  return [...parts, rest].filter((part) => part !== "");
}

/** Said when nothing that matched has the thing. */
const UNNAMED: Readonly<Record<Slot, string>> = {
  from: "data",
  to: "somewhere else",
  on: "something",
  program: "a program",
  place: "this machine",
  user: "the caller",
};

/** Each slot is filled from the first fact that has it. */
export function fill(template: Template, facts: readonly Fact[]): string {
  let text = "";
  for (const part of template) text += typeof part === "string" ? part : clip(filling(part.slot, facts) ?? UNNAMED[part.slot]);
  return text;
}

function filling(slot: Slot, facts: readonly Fact[]): string | undefined {
  for (const fact of facts) {
    const text = textOf(slot, fact);
    if (text !== undefined) return text;
  }
  return undefined;
}

function textOf(slot: Slot, fact: Fact): string | undefined {
  switch (fact.of) {
    case "effect": {
      const { on, programs, place, user } = fact.effect;
      if (slot === "on") return printResource(on);
      return slot === "program" ? programs.at(-1) : about(slot, place, user);
    }
    case "flow": {
      const { from, to, programs } = fact.flow;
      if (slot === "from") return printPort(from);
      if (slot === "to") return printPort(to);
      return slot === "program" ? programs.at(-1) : about(slot, placeOf(from) ?? placeOf(to), undefined);
    }
    case "invocation": {
      const { known, program, place, user } = fact.invocation;
      return slot === "program" ? typedName(program, known) : about(slot, place, user);
    }
    case "doubt":
      return slot === "on" ? fact.doubt.text : undefined;
  }
}

/** Programs that share a file of facts are known by its first name; people know what they typed. */
function typedName(program: Value, known: string | undefined): string {
  const typed = exactText(program);
  const name = typed?.slice(typed.lastIndexOf("/") + 1);
  if (known === undefined) return printValue(program);
  return name ? [name, ...known.split(" ").slice(1)].join(" ") : known;
}

const placeOf = (port: Port): Place | undefined => ("place" in port ? port.place : undefined);

function about(slot: Slot, place: Place | undefined, user: Value | undefined): string | undefined {
  if (slot === "place") return place && place.kind !== "here" ? printPlace(place).slice(2) : undefined;
  return slot === "user" && user ? printValue(user) : undefined;
}

const clip = (text: string): string => (text.length > 160 ? `${text.slice(0, 159)}…` : text);
