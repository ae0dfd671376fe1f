import type { Doubt } from "../model/doubt.ts";
import { type Effect, printPlace } from "../model/effect.ts";
import { type Flow, type Port, printPort } from "../model/flow.ts";
import type { Invocation } from "../model/invocation.ts";
import type { Place } from "../model/place.ts";
import { printResource } from "../model/resource.ts";
import { printValue, type Value } from "../model/value.ts";

/** What a leaf of a condition was true of. */
export type Fact =
  | { readonly of: "effect"; readonly effect: Effect }
  | { readonly of: "flow"; readonly flow: Flow }
  | { readonly of: "invocation"; readonly invocation: Invocation }
  | { readonly of: "doubt"; readonly doubt: Doubt };

const SLOTS = ["from", "to", "on", "program", "place", "user"] as const;
type Slot = (typeof SLOTS)[number];
type Filling = Partial<Record<Slot, string>>;

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
  const fillings = facts.map(fillingOf);
  return template
    .map((part) => {
      if (typeof part === "string") return part;
      const found = fillings.find((filling) => filling[part.slot] !== undefined);
      return clip(found?.[part.slot] ?? UNNAMED[part.slot]);
    })
    .join("");
}

function fillingOf(fact: Fact): Filling {
  switch (fact.of) {
    case "effect": {
      const { effect } = fact;
      const on = printResource(effect.on);
      return { ...about(effect.place, effect.user), on, ...named("program", effect.programs.at(-1)) };
    }
    case "flow": {
      const { flow } = fact;
      const place = placeOf(flow.from) ?? placeOf(flow.to);
      return {
        from: printPort(flow.from),
        to: printPort(flow.to),
        ...named("program", flow.programs.at(-1)),
        ...(place ? about(place, undefined) : {}),
      };
    }
    case "invocation": {
      const { invocation } = fact;
      return { ...about(invocation.place, invocation.user), program: programOf(invocation) };
    }
    case "doubt":
      return { on: fact.doubt.text };
  }
}

/** `git push`; the name of facts that are another program's too is nobody's business. */
function programOf({ known, program }: Invocation): string {
  const own = printValue(program);
  return known?.startsWith(`${own.slice(own.lastIndexOf("/") + 1)} `) ? known : own;
}

const placeOf = (port: Port): Place | undefined => ("place" in port ? port.place : undefined);

const named = (slot: Slot, text: string | undefined): Filling => (text === undefined ? {} : { [slot]: text });

function about(place: Place, user: Value | undefined): Filling {
  return { ...(place.kind === "here" ? {} : { place: printPlace(place).slice(2) }), ...(user ? { user: printValue(user) } : {}) };
}

const clip = (text: string): string => (text.length > 160 ? `${text.slice(0, 159)}…` : text);
