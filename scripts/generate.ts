import { mkdirSync, writeFileSync } from "node:fs";
import { verdictJsonSchema } from "../src/report/verdict-json-schema.ts";

/** Everything in the repository that is made from something else in it. Tests compare the files with what this would write. */
mkdirSync("schema", { recursive: true });
writeFileSync("schema/verdict.schema.json", verdictJsonSchema());
