import { metrics as api } from "@opentelemetry/api";
import { expect, test } from "vitest";
import { Metrics } from "../../src/gate/metrics.ts";
import { telemetry } from "../../src/gate/telemetry.ts";

test("OpenTelemetry is told of each decision, with the rule that refused", async () => {
  const told: unknown[] = [];
  const instrument = (name: string) => ({
    add: (value: number, attributes: object) => told.push([name, value, attributes]),
    record: (value: number, attributes: object) => told.push([name, value, attributes]),
  });
  const meter = { createCounter: instrument, createHistogram: instrument };
  api.setGlobalMeterProvider({ getMeter: () => meter } as unknown as Parameters<typeof api.setGlobalMeterProvider>[0]);
  const metrics = new Metrics(await telemetry());
  metrics.decided("deny", "refused", ["a/b", "c/d"], 0.002);
  metrics.decided("allow", "forwarded", ["a/b"], 0.001);
  expect(told).toEqual([
    ["argvet.decisions", 1, { "argvet.decision": "deny", "argvet.outcome": "refused", "argvet.rule": "a/b" }],
    ["argvet.decision.duration", 0.002, { "argvet.decision": "deny", "argvet.outcome": "refused" }],
    ["argvet.decisions", 1, { "argvet.decision": "allow", "argvet.outcome": "forwarded" }],
    ["argvet.decision.duration", 0.001, { "argvet.decision": "allow", "argvet.outcome": "forwarded" }],
  ]);
  api.disable();
});

test("names that calls make up do not fill the memory", () => {
  const metrics = new Metrics();
  for (let i = 0; i < 5_000; i++) metrics.decided("deny", "refused", [`tool-${i}/validate`], 0.001);
  expect(
    metrics
      .text()
      .split("\n")
      .filter((line) => line.startsWith("argvet_rules_total")).length,
  ).toBe(200);
});
