import * as z from "zod";
import { DECISIONS } from "../model/finding.ts";
import { suiteSchema } from "./schema.ts";

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** The text of `schema/suite.schema.json`: draft 7, which editors know best. */
export function suiteJsonSchema(): string {
  const { $schema, ...rest } = z.toJSONSchema(suiteSchema, {
    target: "draft-7",
    io: "input",
    override: ({ jsonSchema }) => asWritten(jsonSchema),
  });
  const head = { $schema, $id: "https://unpkg.com/argvet/schema/suite.schema.json", title: "argvet suite" };
  return `${JSON.stringify({ ...head, ...rest }, null, 2)}\n`;
}

/** Suites are read as texts; in the file these are truths and numbers, and a decision alone is short for a mapping of it. */
function asWritten(schema: JsonSchema): void {
  const { json, ...full } = schema;
  delete schema.json;
  if (json === "expectation" && schema.anyOf === undefined) become(schema, { anyOf: [{ enum: [...DECISIONS, "record"] }, full] });
  if (json === "boolean") become(schema, { type: "boolean" });
  if (json === "amount") become(schema, { type: ["string", "number"] });
  if (schema.const === "true") become(schema, { const: true });
}

function become(schema: JsonSchema, other: Readonly<Record<string, unknown>>): void {
  for (const key of Object.keys(schema)) if (key !== "description") delete schema[key];
  Object.assign(schema, other);
}
