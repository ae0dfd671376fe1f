import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";

/** The shell strings of all fixtures. */
export function fixtureCommands(folder = "fixtures"): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".yaml"));
  return files.flatMap((file) => {
    const documents = parseAllDocuments(readFileSync(join(folder, file), "utf8"));
    return "empty" in documents ? [] : documents.flatMap((document) => commandsIn(document.toJS()));
  });
}

function commandsIn(suite: { readonly cases?: readonly { readonly command?: string }[] } | null): string[] {
  return (suite?.cases ?? []).flatMap(({ command }) => (typeof command === "string" ? [command] : []));
}

const PARTS = [
  "ls -la src",
  "cd /app && npm test",
  "git log --oneline -n 20",
  'git commit -m "fix the parser"',
  "grep -rn 'needle' src | head -20",
  "cat package.json | jq .version",
  "find . -name '*.ts' -not -path './node_modules/*' -exec wc -l {} +",
  "docker run --rm -v $PWD:/work -w /work node:20 npm ci",
  "kubectl -n prod get pods -o wide",
  "curl -fsSL https://example.com/api -H 'Accept: application/json' -o out.json",
  "tar czf /tmp/build.tgz dist && sha256sum /tmp/build.tgz",
  "python3 -m pytest -q tests/unit",
  "sed -i 's/foo/bar/g' src/a.txt",
  'for f in a b c; do cp "$f.txt" backup/; done',
  'if [ -f .env ]; then echo present; else echo "missing"; fi',
  "(export NODE_ENV=test; node server.js > log.txt 2>&1 &)",
  'echo "$(date): $USER built $(git rev-parse HEAD)" >> build.log',
  "ssh deploy@h.test 'systemctl restart web'",
  "rm -rf build dist node_modules",
  "awk '{ print $1 }' access.log | sort | uniq -c | sort -rn",
] as const;
const JOINTS = [" && ", "; ", " || ", "\n"] as const;

/** Everyday lines alone and joined, the same ones every time. */
export function generatedMix(count: number): string[] {
  let seed = 20_240_229;
  const below = (limit: number): number => {
    // Numerical Recipes' linear congruential generator.
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * limit);
  };
  return Array.from({ length: count }, () => {
    const parts = Array.from({ length: 1 + below(4) }, () => PARTS[below(PARTS.length)] ?? "");
    return parts.reduce<string>((line, part) => line + (JOINTS[below(JOINTS.length)] ?? "") + part, "true");
  });
}

/** A script of at least so many characters, of lines that parse on their own. */
export function longScript(length: number): string {
  const lines = generatedMix(400).map((line) => `${line}\n`);
  let script = "#!/bin/bash\n";
  for (let i = 0; script.length < length; i = (i + 1) % lines.length) script += lines[i] ?? "";
  return script;
}
