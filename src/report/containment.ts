import { printEffect } from "../model/effect.ts";
import type { Verdict } from "../model/finding.ts";
import { REACHES, type Reach } from "../model/sandbox.ts";
import { clean } from "./clean.ts";
import type { Paint } from "./paint.ts";

/** How each reach is said, and painted. */
const WORDS: Readonly<Record<Reach["to"], string>> = {
  contained: "contained",
  host: "reaches the host",
  network: "reaches the network",
  unknown: "unknown",
};
const STYLES = { contained: "green", host: "red", network: "yellow", unknown: "cyan" } as const;

/** Effects shown before the rest is only counted. */
const MOST = 20;

/** Where each effect ends up, those that get out first: `reaches the host  writes /app/x  (mount /src -> /app, there /src/x)`. */
export function containmentLines({ containment, effects }: Verdict, paint: Paint): string[] {
  if (!containment) return [];
  const lines = effects.map((effect, i) => ({ effect, reach: containment.reaches[i] ?? { to: "unknown" as const } }));
  const order = (to: Reach["to"]): number => ["host", "network", "unknown", "contained"].indexOf(to);
  const sorted = lines.toSorted((a, b) => order(a.reach.to) - order(b.reach.to));
  const counts = REACHES.map((to) => ({ to, count: lines.filter(({ reach }) => reach.to === to).length })).filter(
    ({ count }) => count > 0,
  );
  const summary = counts.map(({ to, count }) => `${count} ${WORDS[to]}`).join(", ");
  return [
    `  ${paint(`sandbox ${clean(containment.sandbox)}`, "bold")}  ${summary === "" ? "no effects" : summary}`,
    ...sorted
      .slice(0, MOST)
      .map(({ effect, reach }) => `    ${paint(WORDS[reach.to], STYLES[reach.to])}  ${clean(printEffect(effect))}${why(reach)}`),
    ...(sorted.length > MOST ? [`    … and ${sorted.length - MOST} more; --format json has all`] : []),
  ];
}

function why({ through, as }: Reach): string {
  const parts = [through, as === undefined ? undefined : `there ${as}`].filter((part) => part !== undefined);
  return parts.length === 0 ? "" : clean(`  (${parts.join("; ")})`);
}
