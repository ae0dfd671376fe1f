#!/usr/bin/env node
import { openAnalyzer } from "./analyzer.ts";
import { processIo } from "./io.ts";
import { run } from "./run.ts";

process.exitCode = await run(process.argv.slice(2), processIo(), openAnalyzer);
