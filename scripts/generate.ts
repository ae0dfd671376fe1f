import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { sandboxJsonSchema } from "../src/load/sandbox-schema.ts";
import { policyJsonSchema } from "../src/policy/json-schema.ts";
import { verdictJsonSchema } from "../src/report/verdict-json-schema.ts";
import { suiteJsonSchema } from "../src/suite/json-schema.ts";
import { attackCoverage } from "./attack-coverage.ts";
import { ruleDocs } from "./rule-docs.ts";
import { shellDoc } from "./shell-doc.ts";
import { recorded } from "./shell-record.ts";

/** Everything that is made from something else in the repository, but for the built-in knowledge. Tests compare the files with this. */
rmSync("docs/rules", { recursive: true, force: true });
for (const [path, text] of [
  ["schema/verdict.schema.json", verdictJsonSchema()],
  ["schema/policy.schema.json", policyJsonSchema()],
  ["schema/suite.schema.json", suiteJsonSchema()],
  ["schema/sandbox.schema.json", sandboxJsonSchema()],
  ...ruleDocs(),
  attackCoverage(),
  shellDoc(recorded()),
] as const) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
