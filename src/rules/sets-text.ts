import type { Value } from "../model/value.ts";
import { compileGlob, type Glob, isEvidence, matches, meet } from "./glob.ts";
import { anyOf, Draft, HitCache, type Hits, NO_HITS, type SetId } from "./hits.ts";

interface Member {
  readonly set: SetId;
  readonly except: boolean;
  readonly audience: SetId | undefined;
}

/** Which sets of one kind a text lies in. Members are texts with `*`; case counts. */
export class TextTable {
  private readonly texts = new Map<string, Member[]>();
  private readonly globs: (Member & { readonly glob: Glob })[] = [];
  private readonly patterns: (Member & { readonly glob: Glob })[] = [];
  private readonly sets = new Set<SetId>();
  private readonly cache = new HitCache();

  has(set: SetId): boolean {
    return this.sets.has(set);
  }

  add(pattern: string, set: SetId, how: { readonly except?: boolean; readonly audience?: SetId | undefined }): void {
    const member = { set, except: how.except ?? false, audience: how.audience, glob: compileGlob(pattern) };
    this.sets.add(set);
    this.cache.clear();
    this.patterns.push(member);
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

  private ofPieces(value: Value & { readonly kind: "pattern" }): Hits {
    const draft = new Draft();
    for (const member of this.patterns) {
      const { all, known } = meet(member.glob, value.pieces, true);
      if (all) note(draft, member);
      else if (known < 0 || member.except) continue;
      else if (isEvidence(member.glob, known)) draft.inside(member.set, "maybe", member.audience);
      else draft.near(member.set);
    }
    return draft.hits();
  }
}

function note(draft: Draft, member: Member): void {
  if (member.except) draft.except(member.set);
  else draft.inside(member.set, "yes", member.audience);
}
