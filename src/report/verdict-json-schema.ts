import * as z from "zod";
import { verdictSchema } from "./schema.ts";

/** The text of `schema/verdict.schema.json`: JSON Schema 2020-12. */
export function verdictJsonSchema(): string {
  const { $schema, ...rest } = z.toJSONSchema(verdictSchema, { io: "output" });
  const head = { $schema, $id: "https://unpkg.com/argvet/schema/verdict.schema.json", title: "argvet verdict" };
  return `${JSON.stringify({ ...head, ...rest }, null, 2)}\n`;
}
