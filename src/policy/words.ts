/** Seconds of one of each. */
const UNITS: ReadonlyMap<string, number> = new Map([
  ["s", 1],
  ["second", 1],
  ["m", 60],
  ["minute", 60],
  ["h", 3600],
  ["hour", 3600],
  ["d", 86_400],
  ["day", 86_400],
]);

const LONGEST = 366 * 86_400;

/** Seconds in `90`, `10m`, `1h`, `minute`; undefined if it says no time. */
export function secondsOf(given: string | number): number | undefined {
  const seconds = typeof given === "number" ? given : inWords(given.trim());
  return seconds !== undefined && Number.isFinite(seconds) && seconds >= 1 && seconds <= LONGEST ? seconds : undefined;
}

function inWords(text: string): number | undefined {
  const digits = /^\d{1,9}/.exec(text)?.[0] ?? "";
  const unit = text.slice(digits.length);
  const one = unit === "" ? 1 : (UNITS.get(unit) ?? UNITS.get(unit.replace(/s$/, "")));
  return one === undefined || text === "" ? undefined : Number(digits === "" ? 1 : digits) * one;
}

/** `10/minute`, `5/30s`: how many, in how many seconds. */
export function rateOf(text: string): { readonly max: number; readonly window: number } | undefined {
  const slash = text.indexOf("/");
  const count = text.slice(0, slash).trim();
  const window = secondsOf(text.slice(slash + 1));
  return slash < 0 || !/^\d{1,12}$/.test(count) || window === undefined ? undefined : { max: Number(count), window };
}

/** For messages: 60 is a minute, 90 is 90 seconds. */
export function printSeconds(seconds: number): string {
  for (const [unit, size] of [
    ["day", 86_400],
    ["hour", 3600],
    ["minute", 60],
  ] as const)
    if (seconds % size === 0) return seconds === size ? unit : `${seconds / size} ${unit}s`;
  return seconds === 1 ? "second" : `${seconds} seconds`;
}
