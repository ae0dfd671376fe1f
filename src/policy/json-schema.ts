import * as z from "zod";
import { policyFile } from "./file-schema.ts";

/** The text of `schema/policy.schema.json`: draft 7, which editors know best. */
export function policyJsonSchema(): string {
  const { $schema, ...rest } = z.toJSONSchema(policyFile, { target: "draft-7", io: "input" });
  const head = { $schema, $id: "https://unpkg.com/argvet/schema/policy.schema.json", title: "argvet policy" };
  return `${JSON.stringify({ ...head, ...rest }, null, 2)}\n`;
}
