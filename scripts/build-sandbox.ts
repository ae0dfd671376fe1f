import { writeFileSync } from "node:fs";
import { printProblem } from "../src/load/source.ts";
import { compiledSandboxes, sandboxModule } from "./sandbox-module.ts";

/** Compiles rules/sandbox/ to one data module. */
const { problems } = compiledSandboxes();
for (const problem of problems) console.error(printProblem(problem));
if (problems.length > 0) process.exit(1);
writeFileSync("src/knowledge/sandbox.generated.ts", sandboxModule());
