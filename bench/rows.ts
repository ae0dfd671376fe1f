import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Context, Decision, Input } from "../src/index.ts";

/** One command with what is known about it. Labelled rows have label and confidence; graded rows the weakest verdict they may get. */
export interface Row {
  readonly id: string;
  readonly input: Input;
  readonly context: Context;
  /** The collection it comes from; files of graded rows are one each. */
  readonly corpus: string;
  readonly category: string;
  readonly grade: { readonly label: string; readonly confidence: string } | { readonly weakest: Decision };
}

/** Reads JSON lines, gzipped or not. Throws with file and line for what is neither form. */
export function readRows(file: string): Row[] {
  const bytes = readFileSync(file);
  const text = (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  return text.split("\n").flatMap((line, i) => (line.trim() === "" ? [] : [readRow(JSON.parse(line), file, i + 1)]));
}

function readRow(raw: unknown, file: string, line: number): Row {
  const fields = new Map<string, unknown>(Object.entries(typeof raw === "object" && raw !== null ? raw : {}));
  const text = (key: string): string | undefined => {
    const value = fields.get(key);
    return typeof value === "string" ? value : undefined;
  };
  const name = basename(file).replace(/\.jsonl(\.gz)?$/, "");
  const argv = fields.get("argv");
  const command = text("command");
  const input: Input | undefined = Array.isArray(argv)
    ? { argv: argv.map(String) }
    : command === undefined
      ? undefined
      : { command };
  const weakest = decisionOf(text("weakest_permitted"));
  const label = text("label");
  if (!input || (weakest === undefined && label === undefined))
    throw new Error(`${file}:${line}: expected command or argv, and label or weakest_permitted`);
  const id = text("id") ?? `${name}:${line}`;
  const shell = text("shell");
  const context: Context = shell === "sh" || shell === "dash" || shell === "zsh" ? { shell } : {};
  return {
    id,
    input,
    context,
    corpus: text("corpus") ?? name,
    category: text("category") ?? text("class") ?? text("group") ?? "-",
    grade: weakest === undefined ? { label: label ?? "", confidence: text("confidence") ?? "-" } : { weakest },
  };
}

function decisionOf(text: string | undefined): Decision | undefined {
  return text === "allow" || text === "require_approval" || text === "deny" ? text : undefined;
}
