import type { Piece, Value } from "../model/value.ts";
import {
  compileGlob,
  fillingOf,
  type Glob,
  isEvidence,
  knownCharacters,
  matches,
  mayBeEvidence,
  meet,
  meetText,
  starred,
} from "./glob.ts";
import { anyOf, Draft, HitCache, type Hits, NO_HITS, type SetId } from "./hits.ts";

interface Member {
  readonly set: SetId;
  readonly except: boolean;
  readonly audience: SetId | undefined;
}

type Globbed = Member & { readonly glob: Glob };

interface Group {
  readonly all: readonly Globbed[];
  /** Those without stars. */
  readonly texts: ReadonlyMap<string, readonly Globbed[]>;
  readonly globs: readonly Globbed[];
}

interface Look {
  readonly value: Value;
  readonly whole: string;
  readonly known: Uint8Array;
  readonly filling: Glob | undefined;
}

const NOBODY: readonly Globbed[] = [];

/** Which sets of one kind a text lies in. Members are texts with `*`; case counts. */
export class TextTable {
  private readonly texts = new Map<string, Member[]>();
  private readonly globs: Globbed[] = [];
  private readonly patterns: Globbed[] = [];
  private readonly bySet = new Map<SetId, Globbed[]>();
  private readonly sets = new Set<SetId>();
  private readonly cache = new HitCache();
  private look: Look | undefined;
  private readonly characters = new Uint8Array(256);
  private groups = new WeakMap<readonly SetId[], Group>();
  /** Values live as long as their analysis, and are asked about by many rules. */
  private readonly seen = new WeakMap<Value, Hits>();

  has(set: SetId): boolean {
    return this.sets.has(set);
  }

  add(pattern: string, set: SetId, how: { readonly except?: boolean; readonly audience?: SetId | undefined }): void {
    const member = { set, except: how.except ?? false, audience: how.audience, glob: compileGlob(pattern) };
    this.sets.add(set);
    this.cache.clear();
    this.groups = new WeakMap();
    this.patterns.push(member);
    const own = this.bySet.get(set);
    if (own) own.push(member);
    else this.bySet.set(set, [member]);
    if (member.glob.parts.length > 1) this.globs.push(member);
    else {
      const list = this.texts.get(pattern);
      if (list) list.push(member);
      else this.texts.set(pattern, [member]);
    }
  }

  hits(value: Value): Hits {
    switch (value.kind) {
      case "exact":
        return this.ofText(value.text);
      case "oneOf":
        return anyOf(value.texts.map((text) => this.ofText(text)));
      case "unknown":
        return NO_HITS;
      case "pattern":
        return this.ofPieces(value);
    }
  }

  ofText(text: string): Hits {
    return this.cache.get(text, (whole) => {
      const draft = new Draft();
      for (const member of this.texts.get(whole) ?? []) note(draft, member);
      for (const member of this.globs) if (matches(member.glob, whole)) note(draft, member);
      return draft.hits();
    });
  }

  /** Only how the value relates to these sets: most rules ask about one. */
  within(value: Value, sets: readonly SetId[]): Hits {
    switch (value.kind) {
      case "exact":
        return this.textWithin(value.text, sets);
      case "oneOf":
        return anyOf(value.texts.map((text) => this.textWithin(text, sets)));
      case "unknown":
        return NO_HITS;
      case "pattern": {
        const draft = new Draft();
        const { whole, known, filling } = this.lookedAt(value);
        for (const member of this.groupOf(sets).all) {
          if (matches(member.glob, whole)) note(draft, member);
          else if (mayBeEvidence(member.glob, known)) meetOne(draft, member, value.pieces, filling);
        }
        return draft.hits();
      }
    }
  }

  /** Many rules ask about one value. */
  private lookedAt(value: Value & { readonly kind: "pattern" }): Look {
    if (this.look?.value === value) return this.look;
    const { pieces } = value;
    this.look = { value, whole: starred(pieces), known: knownCharacters(pieces, this.characters), filling: fillingOf(pieces) };
    return this.look;
  }

  private textWithin(text: string, sets: readonly SetId[]): Hits {
    const group = this.groupOf(sets);
    let draft: Draft | undefined;
    for (const member of group.texts.get(text) ?? NOBODY) {
      draft ??= new Draft();
      note(draft, member);
    }
    for (const member of group.globs) {
      if (!matches(member.glob, text)) continue;
      draft ??= new Draft();
      note(draft, member);
    }
    return draft?.hits() ?? NO_HITS;
  }

  /** The members of sets that are asked about together, which is the same few again and again. */
  private groupOf(sets: readonly SetId[]): Group {
    const known = this.groups.get(sets);
    if (known) return known;
    const all = sets.flatMap((set) => this.bySet.get(set) ?? []);
    const texts = new Map<string, Globbed[]>();
    for (const member of all) {
      if (member.glob.parts.length > 1) continue;
      const list = texts.get(member.glob.pattern);
      if (list) list.push(member);
      else texts.set(member.glob.pattern, [member]);
    }
    const group = { all, texts, globs: all.filter((member) => member.glob.parts.length > 1) };
    this.groups.set(sets, group);
    return group;
  }

  private ofPieces(value: Value & { readonly kind: "pattern" }): Hits {
    const seen = this.seen.get(value);
    if (seen) return seen;
    const draft = new Draft();
    this.meetAll(draft, this.patterns, value.pieces);
    const hits = draft.hits();
    this.seen.set(value, hits);
    return hits;
  }

  private meetAll(draft: Draft, members: readonly Globbed[], pieces: readonly Piece[]): void {
    const filling = fillingOf(pieces);
    for (const member of members) meetOne(draft, member, pieces, filling);
  }
}

function meetOne(draft: Draft, member: Globbed, pieces: readonly Piece[], filling: Glob | undefined): void {
  const plain = filling && member.glob.parts.length === 1;
  const { all, known } = plain ? meetText(member.glob, filling) : meet(member.glob, pieces, true);
  if (all) note(draft, member);
  else if (known < 0 || member.except) return;
  else if (isEvidence(member.glob, known)) draft.inside(member.set, "maybe", member.audience);
  else draft.near(member.set);
}

function note(draft: Draft, member: Member): void {
  if (member.except) draft.except(member.set);
  else draft.inside(member.set, "yes", member.audience);
}
