import type { Truth } from "../model/truth.ts";

/** Number of a set; sets of all kinds are numbered together. */
export type SetId = number;

/** How one value relates to one set. A set that is not among a value's hits has nothing to do with it. */
export interface Hit {
  readonly set: SetId;
  /** It is a member, or below one. */
  readonly inside: Truth;
  /** It is a folder that contains members. */
  readonly sweeps: Truth;
  /** Some filling is a member, but what is known of the text is no evidence for it. */
  readonly near: boolean;
  /**
   * Which hosts the members are for, as host sets: for each text the value may be, those of all members it is.
   * An empty list: for nobody.
   */
  readonly audiences: readonly (readonly SetId[])[];
}

export type Hits = readonly Hit[];

export const NO_HITS: Hits = [];

/** Gathers what is found of one text. */
export class Draft {
  private readonly found = new Map<
    SetId,
    { inside: Truth; sweeps: Truth; near: boolean; excepted: boolean; audience: SetId[] }
  >();

  inside(set: SetId, truth: Truth, audience: SetId | undefined): void {
    const entry = this.entry(set);
    if (entry.inside !== "yes") entry.inside = truth;
    if (audience !== undefined && !entry.audience.includes(audience)) entry.audience.push(audience);
  }

  sweeps(set: SetId, truth: Truth): void {
    const entry = this.entry(set);
    if (entry.sweeps !== "yes") entry.sweeps = truth;
  }

  near(set: SetId): void {
    this.entry(set).near = true;
  }

  except(set: SetId): void {
    this.entry(set).excepted = true;
  }

  hits(): Hits {
    const hits: Hit[] = [];
    for (const [set, { inside, sweeps, near, excepted, audience }] of this.found) {
      const member = excepted ? "no" : inside;
      if (member === "no" && sweeps === "no" && (!near || excepted)) continue;
      hits.push({ set, inside: member, sweeps, near: near && !excepted, audiences: [audience] });
    }
    return hits.length === 0 ? NO_HITS : hits;
  }

  private entry(set: SetId): { inside: Truth; sweeps: Truth; near: boolean; excepted: boolean; audience: SetId[] } {
    const known = this.found.get(set);
    if (known) return known;
    const entry = { inside: "no" as Truth, sweeps: "no" as Truth, near: false, excepted: false, audience: [] };
    this.found.set(set, entry);
    return entry;
  }
}

/** Hits of a choice we cannot see: yes if every text says so, maybe if one does. */
export function anyOf(choices: readonly Hits[]): Hits {
  const bySet = new Map<SetId, Hit[]>();
  for (const hits of choices) {
    for (const hit of hits) {
      const list = bySet.get(hit.set);
      if (list) list.push(hit);
      else bySet.set(hit.set, [hit]);
    }
  }
  return [...bySet].map(([set, hits]) => ({
    set,
    inside: joined(
      hits.map((hit) => hit.inside),
      choices.length,
    ),
    sweeps: joined(
      hits.map((hit) => hit.sweeps),
      choices.length,
    ),
    near: hits.some((hit) => hit.near),
    audiences: hits.flatMap((hit) => hit.audiences),
  }));
}

function joined(truths: readonly Truth[], of: number): Truth {
  if (truths.length === of && truths.every((truth) => truth === "yes")) return "yes";
  return truths.some((truth) => truth !== "no") ? "maybe" : "no";
}

/** Remembers hits by text. Bounded, and long texts are not kept. */
export class HitCache {
  private readonly known = new Map<string, Hits>();

  get(text: string, find: (text: string) => Hits): Hits {
    const known = this.known.get(text);
    if (known) return known;
    const hits = find(text);
    if (text.length <= 256) {
      if (this.known.size >= 4_096) this.known.clear();
      this.known.set(text, hits);
    }
    return hits;
  }

  clear(): void {
    if (this.known.size > 0) this.known.clear();
  }
}
