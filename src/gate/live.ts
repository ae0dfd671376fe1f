import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { type Analyzer, builtin, createAnalyzer } from "../index.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import { printProblem } from "../load/source.ts";
import { createJudge, type Judge, type Sandboxes } from "../policy/judge.ts";
import type { Policy } from "../policy/policy.ts";
import { type PolicyRead, readPolicy } from "../policy/read.ts";

/** One version of the policy, whole: a decision is made by one of them and never by two. */
export interface Live {
  readonly policy: Policy;
  readonly judge: Judge;
  /** SHA-256 of the file and of those it names, its first 16 digits. */
  readonly version: string;
  /** Throws a RangeError for a profile that is not known. */
  analyzerFor(profile: string): Analyzer;
}

export interface PolicySource {
  current(): Live;
  /** Looks whether the file has changed. A broken file keeps the last good policy, and says so, once. */
  refresh(): void;
  close(): void;
}

/** Something is wrong with the policy file: said with places, one a line. */
export class PolicyError extends Error {}

/** What a policy speaks of beside itself: its packs and sandboxes. Throws an Error for a bad one. */
export interface Equipped {
  readonly knowledge: Knowledge;
  readonly sandboxes: Sandboxes;
}

type Equip = (policy: Policy) => Equipped;
const nothing: Equip = () => ({ knowledge: builtin(), sandboxes: new Map() });
const EVERY = 500;

/** A policy that does not change. */
export function fixedPolicy(text: string, file: string, equip: Equip = nothing): PolicySource {
  const live = read(text, file, equip);
  return { current: () => live, refresh: () => undefined, close: () => undefined };
}

/** A policy file that is watched. Throws a PolicyError when it is broken now. `say` is told of every change, good or bad. */
export function watchedPolicy(file: string, say: (text: string, bad: boolean) => void, equip: Equip = nothing): PolicySource {
  let live = load(file, equip);
  let seen = stampOf(file, live.policy);
  const refresh = (): void => {
    const now = stampOf(file, live.policy);
    if (now === seen) return;
    seen = now;
    try {
      const next = load(file, equip);
      if (next.version === live.version) return;
      live = next;
      seen = stampOf(file, live.policy);
      say(`policy ${live.version} from ${file}`, false);
    } catch (error) {
      say(`${error instanceof Error ? error.message : String(error)}; policy ${live.version} stays`, true);
    }
  };
  // Polling sees what editors do by renaming, and what happens on network file systems.
  const timer = setInterval(refresh, EVERY).unref();
  return { current: () => live, refresh, close: () => clearInterval(timer) };
}

function load(file: string, equip: Equip): Live {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new PolicyError(
      `${file}: ${error instanceof Error && "code" in error && error.code === "ENOENT" ? "no such file" : String(error)}`,
    );
  }
  return read(text, file, equip);
}

function read(text: string, file: string, equip: Equip): Live {
  const found: PolicyRead = readPolicy(text, file);
  if ("problems" in found) throw new PolicyError(found.problems.map(printProblem).join("\n"));
  try {
    const hash = createHash("sha256").update(text);
    for (const other of filesOf(file, found.policy)) hash.update(readFileSync(other));
    const { knowledge, sandboxes } = equip(found.policy);
    const judge = createJudge(found.policy, knowledge, sandboxes);
    const version = hash.digest("hex").slice(0, 16);
    return { policy: found.policy, judge, version, analyzerFor: analyzersOf(knowledge) };
  } catch (error) {
    throw new PolicyError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function analyzersOf(knowledge: Knowledge): Live["analyzerFor"] {
  const made = new Map<string, Analyzer>();
  return (profile) => {
    const analyzer = made.get(profile) ?? createAnalyzer({ knowledge, profile });
    made.set(profile, analyzer);
    return analyzer;
  };
}

/** Packs and sandbox files that the policy names, beside it. */
function filesOf(file: string, policy: Policy): readonly string[] {
  return [...policy.packFiles, ...policy.sandbox.map((one) => one.file)].map((name) => {
    const path = resolve(dirname(file), name);
    // `pod.yaml#web`: one container of a file.
    return existsSync(path) ? path : path.replace(/#[^#/]*$/, "");
  });
}

function stampOf(file: string, policy: Policy): string {
  return [file, ...filesOf(file, policy)]
    .map((path) => {
      const stat = statSync(path, { throwIfNoEntry: false });
      return stat === undefined ? "gone" : `${stat.mtimeMs} ${stat.size} ${stat.ino}`;
    })
    .join("\n");
}
