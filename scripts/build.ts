import { rmSync } from "node:fs";
import { build } from "esbuild";
import { BUNDLE } from "./bundle.ts";

/** A few files instead of some hundred: node spends more time on finding modules than on running them. */
rmSync("dist", { recursive: true, force: true });
await build({
  entryPoints: {
    index: "src/index.ts",
    "suite/in-runners": "src/suite/in-runners.ts",
    "suite/vitest": "src/suite/vitest.ts",
    "policy/index": "src/policy/index.ts",
    "cli/main": "src/cli/main.ts",
    "cli/test-worker": "src/cli/test-worker.ts",
  },
  outdir: "dist",
  chunkNames: "chunks/[name]-[hash]",
  ...BUNDLE,
  legalComments: "none",
});
