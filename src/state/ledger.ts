import { type Approval, type ApprovalRequest, BOUNDS, type Remembered, type Reserved, StateError, type Use } from "./state.ts";
import { Windows } from "./windows.ts";

/** Everything that can happen to the state. The same events in the same order give the same state. */
export type Event =
  | { readonly op: "reserve"; readonly uses: readonly Use[] }
  | { readonly op: "back"; readonly uses: readonly Use[]; readonly taken: number }
  | { readonly op: "request"; readonly request: ApprovalRequest }
  | { readonly op: "decide"; readonly id: string; readonly status: "approved" | "denied"; readonly by: string }
  | { readonly op: "use"; readonly id: string; readonly digest: string }
  | { readonly op: "remember"; readonly session: string; readonly what: Remembered };

export interface Dump {
  readonly windows: ReturnType<Windows["dump"]>;
  readonly approvals: readonly Approval[];
  readonly memory: readonly (readonly [session: string, what: readonly Remembered[]])[];
}

/** The state as a plain machine: no clock, no file. Memory and file keep one each. */
export class Ledger {
  readonly #windows = new Windows();
  readonly #approvals = new Map<string, Approval>();
  readonly #memory = new Map<string, readonly Remembered[]>();

  reserve(uses: readonly Use[], now: number): Reserved {
    return this.#windows.reserve(uses, now);
  }

  giveBack(uses: readonly Use[], taken: number): void {
    this.#windows.giveBack(uses, taken);
  }

  /** Throws a StateError when too many wait. */
  request(request: ApprovalRequest, now: number): Approval {
    const all = this.approvals(now);
    const open = all.find(({ digest, status }) => digest === request.digest && (status === "waiting" || status === "approved"));
    if (open !== undefined) return open;
    const waiting = all.filter(({ session, status }) => session === request.session && status === "waiting");
    if (waiting.length >= BOUNDS.waiting || this.#approvals.size >= BOUNDS.approvals)
      throw new StateError("too many calls wait for approval");
    const made: Approval = { ...request, status: "waiting", created: now, expires: now + request.lifetime };
    this.#approvals.set(made.id, made);
    return made;
  }

  approvals(now: number): readonly Approval[] {
    for (const [id, { expires }] of this.#approvals) if (expires + BOUNDS.history < now) this.#approvals.delete(id);
    return [...this.#approvals.values()].map((approval) => aged(approval, now));
  }

  approval(id: string, now: number): Approval | undefined {
    const found = this.#approvals.get(id);
    return found === undefined ? undefined : aged(found, now);
  }

  decide(id: string, status: "approved" | "denied", by: string, now: number): Approval | undefined {
    const found = this.approval(id, now);
    if (found === undefined || found.status !== "waiting") return found;
    const decided = { ...found, status, by, expires: now + found.lifetime };
    this.#approvals.set(id, decided);
    return decided;
  }

  use(id: string, digest: string, now: number): boolean {
    const found = this.approval(id, now);
    if (found?.status !== "approved" || found.digest !== digest) return false;
    this.#approvals.set(id, { ...found, status: "used" });
    return true;
  }

  remember(session: string, what: Remembered): void {
    const before = this.#memory.get(session) ?? [];
    this.#memory.delete(session);
    this.#memory.set(session, [...before, what].slice(-BOUNDS.remembered));
    for (const oldest of this.#memory.keys()) {
      if (this.#memory.size <= BOUNDS.sessions) break;
      this.#memory.delete(oldest);
    }
  }

  recall(session: string, now: number): readonly Remembered[] {
    return (this.#memory.get(session) ?? []).filter(({ at }) => at + BOUNDS.memory > now);
  }

  apply(event: Event, now: number): unknown {
    switch (event.op) {
      case "reserve":
        return this.reserve(event.uses, now);
      case "back":
        return this.giveBack(event.uses, event.taken);
      case "request":
        return this.request(event.request, now);
      case "decide":
        return this.decide(event.id, event.status, event.by, now);
      case "use":
        return this.use(event.id, event.digest, now);
      case "remember":
        return this.remember(event.session, event.what);
    }
  }

  dump(now: number): Dump {
    return { windows: this.#windows.dump(), approvals: this.approvals(now), memory: [...this.#memory] };
  }

  static load({ windows, approvals, memory }: Dump): Ledger {
    const ledger = new Ledger();
    ledger.#windows.load(windows);
    for (const approval of approvals) ledger.#approvals.set(approval.id, approval);
    for (const [session, what] of memory) ledger.#memory.set(session, what);
    return ledger;
  }
}

function aged(approval: Approval, now: number): Approval {
  const open = approval.status === "waiting" || approval.status === "approved";
  return open && approval.expires <= now ? { ...approval, status: "expired" } : approval;
}
