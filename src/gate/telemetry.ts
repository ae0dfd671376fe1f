import type { Observer } from "./metrics.ts";

/**
 * The same to OpenTelemetry, where its API package stands beside argvet: whoever starts the process with an SDK
 * (`node --import …`) gets counter and histogram. Undefined where it does not.
 */
export async function telemetry(): Promise<Observer | undefined> {
  const api = await import("@opentelemetry/api").catch(() => undefined);
  if (api === undefined) return undefined;
  const meter = api.metrics.getMeter("argvet");
  const decisions = meter.createCounter("argvet.decisions", { description: "Calls decided." });
  const durations = meter.createHistogram("argvet.decision.duration", { unit: "s", description: "Time to decide a call." });
  return (decision, outcome, rules, seconds) => {
    const [rule] = rules;
    const attributes = { "argvet.decision": decision, "argvet.outcome": outcome };
    decisions.add(1, rule === undefined || decision === "allow" ? attributes : { ...attributes, "argvet.rule": rule });
    durations.record(seconds, attributes);
  };
}
