import type { Member, NamedSet } from "../knowledge/set.ts";
import type { Resource, ResourceKind } from "../model/resource.ts";
import type { Truth } from "../model/truth.ts";
import type { Value } from "../model/value.ts";
import { type Hit, type Hits, NO_HITS, type SetId } from "./hits.ts";
import { HostTable } from "./sets-host.ts";
import { PathTable } from "./sets-path.ts";
import { TextTable } from "./sets-text.ts";

export type SetKind = NamedSet["of"];

/** All sets, compiled once; every lookup answers for all of them. */
export class Sets {
  private readonly paths = new PathTable();
  private readonly hosts = new HostTable();
  private readonly texts = new Map<SetKind, TextTable>();
  private readonly ids = new Map<string, SetId>();
  private readonly named: NamedSet[] = [];
  /** Host sets of audiences, by what they say. */
  private readonly audiences = new Map<string, SetId>();

  constructor(sets: readonly NamedSet[]) {
    for (const set of sets) this.ids.set(set.name, this.add(set));
  }

  /**
   * The number of a set by its name, for use where values of a kind are expected. A leading `=` is a set of one member.
   * Throws when there is no such set, or when its members are of another kind: rules are checked before they are used.
   */
  resolve(name: string, kind: SetKind): SetId {
    const id = this.ids.get(name) ?? this.ids.get(`${kind} ${name}`) ?? this.literal(name, kind);
    if (id === undefined) throw new Error(`there is no set ${name}`);
    const set = this.named[id];
    if (!set || set.of === kind) return id;
    if (set.of === "path" || set.of === "host" || kind === "path" || kind === "host")
      throw new Error(`set ${name} is of ${set.of}, not ${kind}`);
    // A set of texts is a set of packages where packages are asked about.
    if (!this.table(kind).has(id)) this.fill(this.table(kind), id, set);
    return id;
  }

  kindOf(name: string): SetKind | undefined {
    const id = this.ids.get(name);
    return id === undefined ? undefined : this.named[id]?.of;
  }

  nameOf(id: SetId): string {
    return this.named[id]?.name ?? "";
  }

  of(resource: Resource): Hits {
    return this.ofValue(resource.kind, resource.value);
  }

  ofValue(kind: SetKind, value: Value): Hits {
    if (kind === "path") return this.paths.hits(value);
    return kind === "host" ? this.hosts.hits(value) : (this.texts.get(kind)?.hits(value) ?? NO_HITS);
  }

  /** How a text relates to these sets alone. */
  textWithin(value: Value, sets: readonly SetId[]): Hits {
    return this.texts.get("text")?.within(value, sets) ?? NO_HITS;
  }

  ofText(kind: ResourceKind | "text", text: string): Hits {
    return this.texts.get(kind)?.ofText(text) ?? NO_HITS;
  }

  private literal(name: string, kind: SetKind): SetId | undefined {
    if (!name.startsWith("=")) return undefined;
    const id = this.add({ name, of: kind, members: [{ pattern: name.slice(1) }], except: [] });
    this.ids.set(`${kind} ${name}`, id);
    return id;
  }

  private add(set: NamedSet): SetId {
    const id = this.named.push(set) - 1;
    this.fill(set.of === "path" ? this.paths : set.of === "host" ? this.hosts : this.table(set.of), id, set);
    return id;
  }

  private fill(table: PathTable | HostTable | TextTable, id: SetId, set: NamedSet): void {
    for (const member of set.members)
      table.add(member.pattern, id, { exact: member.exact === true, audience: this.audienceOf(member) });
    for (const pattern of set.except) table.add(pattern, id, { except: true });
  }

  private audienceOf(member: Member): SetId | undefined {
    if (!member.audience) return undefined;
    const key = member.audience.join(" ");
    const known = this.audiences.get(key);
    if (known !== undefined) return known;
    const id = this.add({ name: key, of: "host", members: member.audience.map((pattern) => ({ pattern })), except: [] });
    this.audiences.set(key, id);
    return id;
  }

  private table(kind: SetKind): TextTable {
    const known = this.texts.get(kind);
    if (known) return known;
    const table = new TextTable();
    this.texts.set(kind, table);
    return table;
  }

  /** Whether a host is one that what was hit is for: credentials are sent to their own service. */
  isFor(hit: Hit, host: Value): Truth {
    const hosts = this.hosts.hits(host);
    const truths = hit.audiences.map((ids): Truth => {
      if (ids.length === 0) return "no";
      if (host.kind === "unknown") return "maybe";
      let best: Truth = "no";
      for (const found of hosts) {
        if (!ids.includes(found.set)) continue;
        if (found.inside === "yes") return "yes";
        if (found.inside === "maybe" || found.near) best = "maybe";
      }
      return best;
    });
    if (truths.every((truth) => truth === "yes")) return "yes";
    return truths.some((truth) => truth !== "no") ? "maybe" : "no";
  }
}
