import type { DoubtKind } from "../model/doubt.ts";
import { EFFECT_KINDS, type EffectKind } from "../model/effect.ts";
import type { Port } from "../model/flow.ts";
import { RESOURCE_KINDS, type ResourceKind } from "../model/resource.ts";
import type { AnyLeaf, DoubtLeaf, EffectLeaf, FlowLeaf, InvocationLeaf, PortCheck, SetTest } from "./conditions.ts";
import type { SetId } from "./hits.ts";

/** Leaves by what a fact must be for them to hold; most facts meet a handful, however many rules there are. */
export interface LeafIndex {
  readonly effectsBySet: ReadonlyMap<number, readonly EffectLeaf[]>;
  readonly effects: ReadonlyMap<number, readonly EffectLeaf[]>;
  readonly flowsBySource: ReadonlyMap<number, readonly FlowLeaf[]>;
  /** Of those whose source may be anything. */
  readonly flowsByTarget: ReadonlyMap<number, readonly FlowLeaf[]>;
  readonly flows: ReadonlyMap<number, readonly FlowLeaf[]>;
  readonly invocationsBySet: ReadonlyMap<number, readonly InvocationLeaf[]>;
  readonly invocations: readonly InvocationLeaf[];
  readonly doubts: ReadonlyMap<DoubtKind, readonly DoubtLeaf[]>;
}

const EFFECT_NUMBER = new Map<EffectKind, number>(EFFECT_KINDS.map((kind, i) => [kind, i]));
const RESOURCE_NUMBER = new Map<ResourceKind, number>(RESOURCE_KINDS.map((kind, i) => [kind, i]));
const PORT_KINDS = [
  "file",
  "network",
  "store",
  "variable",
  "code",
  "environment",
  "process",
  "data",
  "input",
  "caller",
  "stream",
] as const;
const PORT_NUMBER = new Map<Port["kind"], number>(PORT_KINDS.map((kind, i) => [kind, i]));

export const effectKey = (kind: EffectKind, set: SetId): number => set * 32 + (EFFECT_NUMBER.get(kind) ?? 31);
export const anyEffectKey = (kind: EffectKind, on: ResourceKind): number =>
  (RESOURCE_NUMBER.get(on) ?? 63) * 32 + (EFFECT_NUMBER.get(kind) ?? 31);
export const flowKey = (set: SetId, other: Port["kind"]): number => set * 16 + (PORT_NUMBER.get(other) ?? 15);
export const anyFlowKey = (from: Port["kind"], to: Port["kind"]): number =>
  (PORT_NUMBER.get(from) ?? 15) * 16 + (PORT_NUMBER.get(to) ?? 15);

export function indexLeaves(leaves: readonly AnyLeaf[]): LeafIndex {
  const effectsBySet = new Map<number, EffectLeaf[]>();
  const effects = new Map<number, EffectLeaf[]>();
  const flowsBySource = new Map<number, FlowLeaf[]>();
  const flowsByTarget = new Map<number, FlowLeaf[]>();
  const flows = new Map<number, FlowLeaf[]>();
  const invocationsBySet = new Map<number, InvocationLeaf[]>();
  const invocations: InvocationLeaf[] = [];
  const doubts = new Map<DoubtKind, DoubtLeaf[]>();
  for (const leaf of leaves) {
    switch (leaf.of) {
      case "effect":
        for (const kind of leaf.kinds) {
          for (const [on, test] of leaf.on.in) {
            if (test.any) add(effects, anyEffectKey(kind, on), leaf);
            else for (const id of test.ids) add(effectsBySet, effectKey(kind, id), leaf);
          }
        }
        break;
      case "flow":
        for (const to of leaf.to.kinds) {
          for (const from of leaf.from.kinds) {
            for (const source of testsOf(leaf.from, from)) {
              for (const target of testsOf(leaf.to, to)) {
                if (source && !source.any) for (const id of source.ids) add(flowsBySource, flowKey(id, to), leaf);
                else if (target && !target.any) for (const id of target.ids) add(flowsByTarget, flowKey(id, from), leaf);
                else add(flows, anyFlowKey(from, to), leaf);
              }
            }
          }
        }
        break;
      case "invocation":
        if (leaf.program.any) invocations.push(leaf);
        else for (const id of leaf.program.ids) add(invocationsBySet, id, leaf);
        break;
      case "doubt":
        for (const kind of leaf.test.kind) add(doubts, kind, leaf);
        break;
    }
  }
  return { effectsBySet, effects, flowsBySource, flowsByTarget, flows, invocationsBySet, invocations, doubts };
}

function add<K, L>(map: Map<K, L[]>, key: K, leaf: L): void {
  const list = map.get(key);
  if (!list) map.set(key, [leaf]);
  else if (!list.includes(leaf)) list.push(leaf);
}

/** The tests of a port of this kind; undefined when any such port will do. */
export function testsOf(check: PortCheck, kind: Port["kind"]): readonly (SetTest | undefined)[] {
  if (kind === "store") return check.store ? [...check.store.values()] : [];
  return [kind === "file" ? check.file : kind === "network" ? check.network : kind === "variable" ? check.variable : undefined];
}
