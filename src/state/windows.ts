import { grainOf, type Reserved, type Use } from "./state.ts";

interface Counter {
  /** When and how much, oldest first. A calendar window has one entry, its start. */
  readonly entries: { readonly at: number; amount: number }[];
  sum: number;
  window: number;
}

const SWEEP = 1024;

/** Counters of all limits. */
export class Windows {
  readonly #counters = new Map<string, Counter>();
  #operations = 0;

  reserve(uses: readonly Use[], now: number): Reserved {
    if (++this.#operations % SWEEP === 0) this.#sweep(now);
    for (const [index, use] of uses.entries()) {
      const counter = this.#current(use, now);
      if (taken(uses.slice(0, index), use) + counter.sum + use.cost > use.max)
        return { ok: false, use: index, retryAfter: waitFor(counter, use, now) };
    }
    for (const use of uses) add(this.#current(use, now), stepOf(use, now), use.cost);
    return { ok: true, at: now };
  }

  giveBack(uses: readonly Use[], at: number): void {
    for (const use of uses) {
      const counter = this.#counters.get(use.key);
      const entry = counter?.entries.findLast((one) => one.at === stepOf(use, at));
      if (counter === undefined || entry === undefined) continue;
      const back = Math.min(entry.amount, use.cost);
      entry.amount -= back;
      counter.sum -= back;
    }
  }

  /** The counter without what has left its window. */
  #current(use: Use, now: number): Counter {
    const found = this.#counters.get(use.key) ?? { entries: [], sum: 0, window: use.window };
    this.#counters.set(use.key, found);
    found.window = use.window;
    expire(found, now);
    return found;
  }

  #sweep(now: number): void {
    for (const [key, counter] of this.#counters) {
      expire(counter, now);
      if (counter.entries.length === 0) this.#counters.delete(key);
    }
  }

  dump(): readonly (readonly [key: string, window: number, entries: readonly (readonly [number, number])[]])[] {
    return [...this.#counters].map(
      ([key, { window, entries }]) => [key, window, entries.map(({ at, amount }) => [at, amount] as const)] as const,
    );
  }

  load(dumped: ReturnType<Windows["dump"]>): void {
    for (const [key, window, entries] of dumped) {
      const counter: Counter = { entries: entries.map(([at, amount]) => ({ at, amount })), sum: 0, window };
      for (const { amount } of counter.entries) counter.sum += amount;
      this.#counters.set(key, counter);
    }
  }
}

/** Two limits of one call may share a counter. */
const taken = (before: readonly Use[], use: Use): number =>
  before.filter(({ key }) => key === use.key).reduce((sum, { cost }) => sum + cost, 0);

/** Rounded up in sliding windows, to the window's start in calendar ones. */
export function stepOf(use: Use, now: number): number {
  if (use.align === "calendar") return now - (now % use.window);
  const grain = grainOf(use);
  return Math.ceil(now / grain) * grain;
}

function expire(counter: Counter, now: number): void {
  const { entries, window } = counter;
  let gone = 0;
  for (const entry of entries) {
    if (entry.at + window > now) break;
    counter.sum -= entry.amount;
    gone++;
  }
  if (gone > 0) entries.splice(0, gone);
  if (entries.length === 0) counter.sum = 0;
}

function add(counter: Counter, at: number, amount: number): void {
  const last = counter.entries.at(-1);
  if (last?.at === at) last.amount += amount;
  else counter.entries.push({ at, amount });
  counter.sum += amount;
}

/** Until enough has left the window; its whole length if that can never be. */
function waitFor(counter: Counter, use: Use, now: number): number {
  let sum = counter.sum;
  for (const { at, amount } of counter.entries) {
    sum -= amount;
    if (sum + use.cost <= use.max) return Math.max(1, at + use.window - now);
  }
  return use.window;
}
