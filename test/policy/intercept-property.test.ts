import fc from "fast-check";
import { expect, test } from "vitest";
import { stringify } from "yaml";
import { readFacts } from "../../src/policy/formats.ts";
import { toIntercept } from "../../src/policy/to-intercept.ts";
import { outcomeOf } from "./asked.ts";
import { allowedBy, type Model, type ModelRule } from "./intercept-model.ts";

const scalar = fc.constantFrom<unknown>("a", "ab", "", "1", 1, 2.5, 0, true, null, "true");
const list = fc.array(scalar, { minLength: 1, maxLength: 3 });
const path = fc.constantFrom("args.x", "args.y", "args.x.z", "args.list");
const condition = fc.oneof(
  fc.record({ path, op: fc.constantFrom("eq", "neq", "contains"), value: scalar }),
  fc.record({ path, op: fc.constantFrom("in", "not_in"), value: list }),
  fc.record({ path, op: fc.constantFrom("lt", "lte", "gt", "gte"), value: fc.constantFrom(0, 1, 2.5) }),
  fc.record({ path, op: fc.constant("regex"), value: fc.constantFrom("^a", "b$", ".*") }),
  fc.record({ path, op: fc.constant("exists"), value: fc.boolean() }),
);
const rules: fc.Arbitrary<readonly ModelRule[]> = fc
  .array(
    fc.oneof(
      { weight: 5, arbitrary: fc.array(condition, { minLength: 1, maxLength: 3 }) },
      { weight: 1, arbitrary: fc.constant(undefined) },
    ),
    { maxLength: 3 },
  )
  .map((all) =>
    all.map((conditions, i) => ({
      name: `r${i}`,
      ...(conditions ? { action: "evaluate" as const, conditions } : { action: "deny" as const }),
    })),
  );
const model: fc.Arbitrary<Model> = fc.record({
  default: fc.constantFrom("allow" as const, "deny" as const),
  hide: fc.subarray(["t", "u"], { maxLength: 1 }),
  tools: fc.dictionary(
    fc.constantFrom("t", "*", "v"),
    rules.map((own) => ({ rules: own })),
    { maxKeys: 3, noNullPrototype: true },
  ),
});
const args = fc.record({ x: fc.oneof(scalar, fc.record({ z: scalar })), y: scalar, list }, { requiredKeys: [] });

test("whatever the rules and the call, the decision is Intercept's, and so it is on the way back", () => {
  fc.assert(
    fc.property(model, fc.constantFrom("t", "u", "v"), args, (given, tool, call) => {
      const text = stringify({ version: "1", ...given }, { version: "1.1", aliasDuplicateObjects: false });
      const wanted = allowedBy(given, tool, call) ? "allow" : "deny";
      expect(outcomeOf(text, { tool, arguments: call }).action).toBe(wanted);
      const read = readFacts(text, "p.yaml");
      if ("problems" in read) throw new Error("unread");
      const { value, lost } = toIntercept(read.facts);
      expect(lost).toEqual([]);
      expect(
        outcomeOf(stringify(value, { version: "1.1", aliasDuplicateObjects: false }), { tool, arguments: call }).action,
      ).toBe(wanted);
    }),
    { numRuns: 300 },
  );
});
