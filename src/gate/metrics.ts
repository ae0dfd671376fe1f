/** Upper ends of the latency histogram's buckets, in seconds. */
const BUCKETS = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1];
/** Names come from calls: a client must not be able to fill the memory with them. */
const MOST_NAMES = 200;

/** Somebody else who wants to know of each decision. */
export type Observer = (decision: string, outcome: string, rules: readonly string[], seconds: number) => void;

/** What the gate counts, as Prometheus reads it. */
export class Metrics {
  readonly #observer: Observer | undefined;
  readonly #decisions = new Map<string, number>();
  readonly #rules = new Map<string, number>();
  readonly #buckets = BUCKETS.map(() => 0);
  #sum = 0;
  #calls = 0;
  #stateErrors = 0;
  #auditErrors = 0;
  #waiting = 0;

  constructor(observer?: Observer) {
    this.#observer = observer;
  }

  decided(decision: string, outcome: string, rules: readonly string[], seconds: number): void {
    this.#calls++;
    this.#observer?.(decision, outcome, rules, seconds);
    bump(this.#decisions, `decision="${decision}",outcome="${outcome}"`);
    for (const rule of new Set(rules)) bump(this.#rules, `rule="${escaped(rule)}",decision="${decision}"`);
    this.#sum += seconds;
    for (const [i, end] of BUCKETS.entries()) if (seconds <= end) this.#buckets[i] = (this.#buckets[i] ?? 0) + 1;
  }

  waits(change: 1 | -1): void {
    this.#waiting += change;
  }

  failed(what: "state" | "audit"): void {
    if (what === "state") this.#stateErrors++;
    else this.#auditErrors++;
  }

  /** Prometheus text format 0.0.4. */
  text(): string {
    return [
      ...family("argvet_decisions_total", "counter", "Calls decided.", [...this.#decisions]),
      ...family("argvet_rules_total", "counter", "Decisions by the rules that spoke.", [...this.#rules]),
      ...family("argvet_approvals_waiting", "gauge", "Calls that wait for approval here.", [["", this.#waiting]]),
      ...family("argvet_state_errors_total", "counter", "Calls refused since the state was away.", [["", this.#stateErrors]]),
      ...family("argvet_audit_errors_total", "counter", "Calls refused since the audit line could not be written.", [
        ["", this.#auditErrors],
      ]),
      "# HELP argvet_decision_seconds Time to decide a call.",
      "# TYPE argvet_decision_seconds histogram",
      ...BUCKETS.map((end, i) => `argvet_decision_seconds_bucket{le="${end}"} ${this.#buckets[i] ?? 0}`),
      `argvet_decision_seconds_bucket{le="+Inf"} ${this.#calls}`,
      `argvet_decision_seconds_sum ${this.#sum}`,
      `argvet_decision_seconds_count ${this.#calls}`,
      "",
    ].join("\n");
  }
}

function bump(map: Map<string, number>, key: string): void {
  if (!map.has(key) && map.size >= MOST_NAMES) return;
  map.set(key, (map.get(key) ?? 0) + 1);
}

function family(
  name: string,
  type: string,
  help: string,
  values: readonly (readonly [labels: string, value: number])[],
): readonly string[] {
  return [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} ${type}`,
    ...values.map(([labels, value]) => `${name}${labels === "" ? "" : `{${labels}}`} ${value}`),
  ];
}

const escaped = (text: string): string => text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
