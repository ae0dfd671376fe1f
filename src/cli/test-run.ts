import type { Tested } from "../report/tests.ts";
import type { Case } from "../suite/case.ts";
import type { Lane } from "./test-lanes.ts";

/** Cases handed over at once: few enough that all lanes end at about the same time. */
const BATCH = 32;
/** Batches a lane has before it, so that it need not wait. */
const AHEAD = 2;

/** Tries cases in several lanes. Results come in the order of the cases. */
export async function* tryAll(cases: Iterable<Case>, lanes: readonly Lane[]): AsyncGenerator<readonly [Case, Tested]> {
  const pending: Promise<readonly (readonly [Case, Tested])[]>[] = [];
  let next = 0;
  for (const batch of batches(cases)) {
    const lane = lanes[next++ % lanes.length];
    if (!lane) return;
    const done = lane.run(batch).then((tested) => pairs(batch, tested));
    // Whoever waits for it hears of it; until then it is no unhandled rejection.
    done.catch(() => undefined);
    pending.push(done);
    if (pending.length >= lanes.length * AHEAD) yield* (await pending.shift()) ?? [];
  }
  for (const done of pending) yield* await done;
}

function* batches(cases: Iterable<Case>): Generator<readonly Case[]> {
  let batch: Case[] = [];
  for (const given of cases) {
    batch.push(given);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function pairs(batch: readonly Case[], tested: readonly Tested[]): readonly (readonly [Case, Tested])[] {
  return batch.flatMap((given, i) => {
    const one = tested[i];
    return one ? [[given, one] as const] : [];
  });
}
