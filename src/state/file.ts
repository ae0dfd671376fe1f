import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { Journal } from "./journal.ts";
import { type Event, Ledger } from "./ledger.ts";
import { type Approval, type Reserved, type State, StateError } from "./state.ts";

/** State in a local file: it survives restarts, and several processes of a machine share it. Throws a StateError when the file cannot be used. */
export function fileState(path: string, now: () => number = Date.now): State {
  const file = guarded(() => new FileState(path, now));
  const run = async <Result>(event: Event): Promise<Result> => guarded(() => file.run(event) as Result);
  const look = async <Result>(what: (ledger: Ledger) => Result): Promise<Result> => guarded(() => what(file.current()));
  return {
    reserve: (uses) => (uses.length === 0 ? Promise.resolve({ ok: true, at: now() }) : run<Reserved>({ op: "reserve", uses })),
    giveBack: (uses, taken) => run({ op: "back", uses, taken }),
    request: (request) => run<Approval>({ op: "request", request }),
    approval: (id) => look((ledger) => ledger.approval(id, now())),
    approvals: () => look((ledger) => ledger.approvals(now())),
    decide: (id, status, by) => run({ op: "decide", id, status, by }),
    use: (id, digest) => run({ op: "use", id, digest }),
    remember: (session, what) => run({ op: "remember", session, what }),
    recall: (session) => look((ledger) => ledger.recall(session, now())),
    patience: 150,
    close: async () => file.close(),
  };
}

function guarded<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw error instanceof StateError ? error : new StateError(error instanceof Error ? error.message : String(error));
  }
}

const ATTEMPTS = 5;

class FileState {
  readonly #journal: Journal;
  readonly #now: () => number;
  readonly #me = randomBytes(6).toString("hex");
  #ledger = new Ledger();
  #count = 0;

  constructor(path: string, now: () => number) {
    if (!existsSync(dirname(path))) mkdirSync(dirname(path));
    this.#journal = new Journal(path);
    this.#now = now;
    this.current();
  }

  /** The ledger with everything that was written so far. */
  current(): Ledger {
    this.#follow(undefined);
    this.#journal.guard();
    return this.#ledger;
  }

  /** What the event came to, in the order of the file. */
  run(event: Event): unknown {
    this.#journal.guard();
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const by = `${this.#me}-${++this.#count}`;
      this.#journal.append({ by, at: this.#now(), event });
      const found = this.#follow(by);
      if (found === undefined) continue;
      this.#journal.compact(() => this.#ledger.dump(this.#now()), this.#now());
      if (found.error !== undefined) throw found.error;
      return found.result;
    }
    throw new StateError("what was written to the state file did not come back");
  }

  /** Applies what is new; the outcome of the entry with this mark. An entry behind the end of a file is void, and written again. */
  #follow(mark: string | undefined): { readonly result?: unknown; readonly error?: unknown } | undefined {
    let mine: { readonly result?: unknown; readonly error?: unknown } | undefined;
    for (const entry of this.#journal.news()) {
      if (entry === undefined) this.#ledger = new Ledger();
      else if ("dump" in entry) this.#ledger = Ledger.load(entry.dump);
      else if ("event" in entry) {
        const outcome = this.#apply(entry.event, entry.at);
        if (entry.by === mark) mine = outcome;
      }
    }
    return mine;
  }

  #apply(event: Event, at: number): { readonly result?: unknown; readonly error?: unknown } {
    try {
      return { result: this.#ledger.apply(event, at) };
    } catch (error) {
      return { error };
    }
  }

  close(): void {
    this.#journal.close();
  }
}
