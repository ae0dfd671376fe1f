import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";

/** Most that loading the compiled knowledge may cost, in starts of node with an empty module. */
const SHARE = 0.1;
const ROUNDS = 25;
const STEPS = {
  "node with an empty module": "",
  "and the compiled knowledge":
    'import { BUILTIN } from "./src/knowledge/builtin.generated.ts"; import { openKnowledge } from "./src/knowledge/knowledge.ts"; globalThis.k = openKnowledge([BUILTIN]);',
  "and all of it read":
    'import { BUILTIN } from "./src/knowledge/builtin.generated.ts"; import { openKnowledge } from "./src/knowledge/knowledge.ts"; const k = openKnowledge([BUILTIN]); globalThis.k = [k.sets, k.rules, k.commandNames, k.command("ls")];',
  "and the whole library": 'import { createAnalyzer } from "./src/index.ts"; globalThis.a = createAnalyzer;',
  "and a first verdict": 'import { analyze } from "./src/index.ts"; analyze({ command: "ls" });',
} as const;

/** What a process pays before its first verdict, bundled as the package is; and how large the package is. */
export async function startUp(): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), "argvet-start-"));
  try {
    const files = await Promise.all(Object.values(STEPS).map((code, i) => bundle(code, join(folder, `${i}.mjs`))));
    const best = files.map(() => Number.POSITIVE_INFINITY);
    for (let round = 0; round < ROUNDS; round++)
      for (const [i, file] of files.entries()) best[i] = Math.min(best[i] ?? 0, runOnce(file));
    const [empty = 1] = best;
    for (const [i, step] of Object.keys(STEPS).entries()) {
      const more = (best[i] ?? 0) - empty;
      const share = i === 0 ? "" : `  +${more.toFixed(1).padStart(5)} ms, ×${(more / empty).toFixed(2)} of that`;
      console.log(`  ${step.padEnd(28)}${(best[i] ?? 0).toFixed(1).padStart(7)} ms${share}`);
    }
    const share = ((best[1] ?? 0) - empty) / empty;
    return share > SHARE ? [`loading the knowledge ×${share.toFixed(2)} of a start of node`] : [];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function bundle(contents: string, outfile: string): Promise<string> {
  if (contents === "") writeFileSync(outfile, "");
  else
    await build({
      stdin: { contents, resolveDir: "." },
      outfile,
      bundle: true,
      format: "esm",
      platform: "node",
      target: "node20",
      minifySyntax: true,
      minifyWhitespace: true,
    });
  return outfile;
}

function runOnce(file: string): number {
  const start = performance.now();
  spawnSync(process.execPath, [file]);
  return performance.now() - start;
}

export function packageSize(): string {
  const [packed] = JSON.parse(execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], { encoding: "utf8" }));
  const mega = (bytes: number): string => `${(bytes / 1e6).toFixed(2)} MB`;
  return `${mega(packed.size)} packed, ${mega(packed.unpackedSize)} unpacked, ${packed.entryCount} files`;
}
