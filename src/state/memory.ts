import { Ledger } from "./ledger.ts";
import type { State } from "./state.ts";

/** State of one process, gone with it. */
export function memoryState(now: () => number = Date.now): State {
  const ledger = new Ledger();
  return {
    reserve: async (uses) => ledger.reserve(uses, now()),
    giveBack: async (uses, at) => ledger.giveBack(uses, at),
    request: async (request) => ledger.request(request, now()),
    approval: async (id) => ledger.approval(id, now()),
    approvals: async () => ledger.approvals(now()),
    decide: async (id, status, by) => ledger.decide(id, status, by, now()),
    use: async (id, digest) => ledger.use(id, digest, now()),
    remember: async (session, what) => ledger.remember(session, what),
    recall: async (session) => ledger.recall(session, now()),
    patience: 20,
    close: async () => undefined,
  };
}
