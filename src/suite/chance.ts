/** A number from 0 to below `below`; the same seed gives the same row of numbers. */
export type Chance = (below: number) => number;

/** mulberry32: 32 bits of state, good enough to choose by. */
export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

/** Undefined if there is nothing to pick. */
export function pick<T>(items: readonly T[], chance: Chance): T | undefined {
  return items[chance(items.length)];
}

/** A name that no command has by accident. */
export function freshName(chance: Chance): string {
  const letters = "bcdfghjkmnpqrstvwxz";
  return `_${Array.from({ length: 4 }, () => letters[chance(letters.length)]).join("")}`;
}
