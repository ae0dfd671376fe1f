import type { Place } from "./place.ts";
import { printResource, type Resource } from "./resource.ts";
import type { Span } from "./span.ts";
import { printValue, type Value } from "./value.ts";

export const EFFECT_KINDS = [
  "read",
  "write",
  "append",
  "list",
  "delete",
  "create",
  "connect",
  "listen",
  "execute",
  "elevate",
  "install",
  "configure",
  "enable",
  "disable",
  "signal",
  "mount",
  "load",
  "publish",
] as const;
export type EffectKind = (typeof EFFECT_KINDS)[number];

/** Typed details; a closed list. Absent means not so, or not known to matter. */
export interface Attributes {
  readonly recursive?: true;
  readonly force?: true;
  /** Walks over everything under the resource rather than aiming at it. */
  readonly sweep?: true;
  /** Written in place, or emptied: what was there is gone. */
  readonly truncates?: true;
  readonly mode?: Value;
  readonly owner?: Value;
  readonly method?: Value;
  readonly content?: Value;
  readonly privileged?: true;
  readonly interactive?: true;
  /** Which way of doing it, where a program has several that rules tell apart: `hard-reset`, `insecure`, `reverse-forward`, … */
  readonly how?: Value;
  /** The value is the name of a link's target, a mount's source, a copy's origin. */
  readonly source?: Value;
}

export interface Effect {
  readonly kind: EffectKind;
  readonly on: Resource;
  readonly attributes: Attributes;
  readonly place: Place;
  /** Account it runs under, if the command changed it. */
  readonly user?: Value;
  /** Programs it was started through, outermost first, then the program itself. */
  readonly programs: readonly string[];
  readonly when: "now" | { readonly deferredBy: Resource };
  readonly span: Span;
}

const VERB: Record<EffectKind, string> = {
  read: "reads",
  write: "writes",
  append: "appends",
  list: "lists",
  delete: "deletes",
  create: "creates",
  connect: "connects",
  listen: "listens",
  execute: "executes",
  elevate: "elevates",
  install: "installs",
  configure: "configures",
  enable: "enables",
  disable: "disables",
  signal: "signals",
  mount: "mounts",
  load: "loads",
  publish: "publishes",
};

/** The verb of command files and examples: `reads`. */
export const effectVerb = (kind: EffectKind): string => VERB[kind];

/** One line, the notation of examples: `deletes ~/.ssh recursive force`, `writes /etc/x @container`. */
export function printEffect(effect: Effect): string {
  return `${VERB[effect.kind]} ${printResource(effect.on)}${printAttributes(effect.attributes)}${printPlace(effect.place)}${printWhen(effect)}`;
}

export function printPlace(place: Place): string {
  return place.kind === "here"
    ? ""
    : ` @${place.kind}${place.kind === "container" || place.kind === "remote" ? ` ${printValue(place.name)}` : ""}`;
}

function printWhen(effect: Effect): string {
  return effect.when === "now" ? "" : ` later by ${printResource(effect.when.deferredBy)}`;
}

function printAttributes(a: Attributes): string {
  const words: string[] = [];
  for (const flag of ["recursive", "force", "sweep", "truncates", "privileged", "interactive"] as const)
    if (a[flag]) words.push(flag);
  for (const key of ["mode", "owner", "method", "how", "source"] as const) {
    const value = a[key];
    if (value) words.push(`${key}=${printValue(value)}`);
  }
  return words.length > 0 ? ` ${words.join(" ")}` : "";
}
