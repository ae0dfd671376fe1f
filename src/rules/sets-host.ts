import { type Piece, prefixOf, type Value } from "../model/value.ts";
import { compileGlob, type Glob, isEvidence, matches, meet } from "./glob.ts";
import { anyOf, Draft, HitCache, type Hits, NO_HITS, type SetId } from "./hits.ts";
import { inRange, parseAddress, parseRange, type Range, rangeOfPrefix } from "./sets-address.ts";

interface Member {
  readonly set: SetId;
  readonly except: boolean;
  readonly audience: SetId | undefined;
}

/** Which host sets a host lies in: names, `*.name` (names below, not the name itself), addresses, ranges; other `*` as in texts. */
export class HostTable {
  private readonly names = new Map<string, Member[]>();
  /** By what follows `*.`. */
  private readonly below = new Map<string, Member[]>();
  private readonly ranges: (Member & { readonly range: Range })[] = [];
  private readonly globs: (Member & { readonly glob: Glob })[] = [];
  private readonly patterns: (Member & { readonly glob: Glob })[] = [];
  private readonly cache = new HitCache();

  add(pattern: string, set: SetId, how: { readonly except?: boolean; readonly audience?: SetId | undefined }): void {
    const text = plain(pattern);
    const member: Member = { set, except: how.except ?? false, audience: how.audience };
    const range = parseRange(text);
    this.cache.clear();
    if (range) this.ranges.push({ ...member, range });
    // A range is no text to compare with; an address is.
    if (!text.includes("/")) this.patterns.push({ ...member, glob: compileGlob(text) });
    if (range) return;
    const suffix = text.startsWith("*.") ? text.slice(2) : undefined;
    if (suffix !== undefined && !suffix.includes("*")) push(this.below, suffix, member);
    else if (text.includes("*")) this.globs.push({ ...member, glob: compileGlob(text) });
    else push(this.names, text, member);
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

  private ofText(text: string): Hits {
    return this.cache.get(text, (host) => this.find(plain(host)));
  }

  private find(host: string): Hits {
    const draft = new Draft();
    for (const member of this.names.get(host) ?? []) note(draft, member);
    if (this.below.size > 0 && host.length < 1_024) {
      for (let dot = host.indexOf("."); dot >= 0; dot = host.indexOf(".", dot + 1)) {
        for (const member of this.below.get(host.slice(dot + 1)) ?? []) note(draft, member);
      }
    }
    const address = parseAddress(host);
    if (address) for (const member of this.ranges) if (inRange(address, member.range)) note(draft, member);
    for (const member of this.globs) if (matches(member.glob, host)) note(draft, member);
    return draft.hits();
  }

  private ofPieces(value: Value & { readonly kind: "pattern" }): Hits {
    const draft = new Draft();
    const pieces: readonly Piece[] = value.pieces.map((piece) => (typeof piece === "string" ? piece.toLowerCase() : piece));
    for (const member of this.patterns) {
      const { all, known } = meet(member.glob, pieces, true);
      if (all) note(draft, member);
      else if (known < 0 || member.except) continue;
      else if (known >= 3 && isEvidence(member.glob, known)) draft.inside(member.set, "maybe", member.audience);
      else draft.near(member.set);
    }
    const known = rangeOfPrefix(prefixOf(value));
    if (!known) return draft.hits();
    for (const member of this.ranges) {
      if (member.range.bits <= known.bits && inRange(known.address, member.range)) note(draft, member);
      else if (!member.except && inRange(member.range.address, known)) draft.near(member.set);
    }
    return draft.hits();
  }
}

function push(map: Map<string, Member[]>, key: string, member: Member): void {
  const list = map.get(key);
  if (list) list.push(member);
  else map.set(key, [member]);
}

function note(draft: Draft, member: Member): void {
  if (member.except) draft.except(member.set);
  else draft.inside(member.set, "yes", member.audience);
}

/** Names are the same in either case, with the root's dot and, for addresses, with brackets. */
function plain(host: string): string {
  const lower = host.toLowerCase();
  const bare = lower.startsWith("[") && lower.endsWith("]") ? lower.slice(1, -1) : lower;
  return bare.endsWith(".") && bare.length > 1 ? bare.slice(0, -1) : bare;
}
