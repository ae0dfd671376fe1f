import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import type { Context } from "../model/subject.ts";
import { coloured, plain } from "../report/paint.ts";
import type { Look } from "../report/pretty.ts";
import type { Tested } from "../report/tests.ts";
import type { Case } from "../suite/case.ts";
import type { Mutation } from "../suite/mutate.ts";
import type { PolicySettings } from "../suite/policy-runner.ts";
import { Trial, type TrialOptions } from "../suite/trial.ts";
import type { Open } from "./analyzer.ts";
import { Failure } from "./failure.ts";
import type { SharedOptions } from "./options.ts";
import { ownFile } from "./package-root.ts";

/** All that decides how cases are tried; data, so that it can go to another thread. */
export interface LaneSettings {
  readonly options: SharedOptions;
  readonly context: Context;
  readonly colour: boolean;
  readonly width: number;
  readonly mutation: Mutation | undefined;
  readonly coverage: boolean;
  readonly policy: { readonly path: string; readonly tool: string } | undefined;
  /** The process's own folder. */
  readonly cwd: string;
}

/** Something that tries cases. */
export interface Lane {
  run(cases: readonly Case[]): Promise<readonly Tested[]>;
  /** Keys of what its cases have exercised. */
  keys(): Promise<readonly string[]>;
  close(): Promise<void>;
}

export const lookIn = ({ colour, width }: Pick<LaneSettings, "colour" | "width">): Look => ({
  paint: colour ? coloured : plain,
  width,
});

export async function openTrial(settings: LaneSettings, open: Open): Promise<Trial> {
  const { options, context, mutation, coverage } = settings;
  const policy = await policyIn(settings);
  const { knowledge } = policy ?? (await open(options));
  return trialOf({
    knowledge,
    ...(policy ? { policy } : {}),
    look: lookIn(settings),
    context,
    coverage,
    ...(options.profile === undefined ? {} : { profile: options.profile }),
    ...(mutation ? { mutation } : {}),
  });
}

function trialOf(options: TrialOptions): Trial {
  try {
    return new Trial(options);
  } catch (error) {
    throw error instanceof RangeError ? new Failure(`--policy: ${error.message}; see argvet policy check`) : error;
  }
}

/** Only read where it is asked for. */
async function policyIn({ policy: asked, cwd }: LaneSettings): Promise<PolicySettings | undefined> {
  if (!asked) return undefined;
  const { knowledgeOf, loadPolicy, sandboxesOf } = await import("./policy-file.ts");
  const policy = loadPolicy(asked.path);
  const [server, tool] = asked.tool.includes("/") ? asked.tool.split("/", 2) : [undefined, asked.tool];
  return {
    policy,
    knowledge: knowledgeOf(policy, asked.path),
    sandboxes: await sandboxesOf(policy, asked.path, { cwd }),
    tool: { tool: tool ?? "", ...(server === undefined ? {} : { server }) },
  };
}

/** In this thread. */
export async function ownLane(settings: LaneSettings, open: Open): Promise<Lane> {
  const trial = await openTrial(settings, open);
  return {
    run: async (cases) => {
      // So that signals and timers are heard in between.
      await new Promise(setImmediate);
      return cases.map((given) => trial.run(given));
    },
    keys: async () => trial.keys,
    close: async () => undefined,
  };
}

/** What a worker is asked: cases to try, or for its keys. */
export type Asked = { readonly cases: readonly Case[] } | "keys";
export type Answered =
  | { readonly tested: readonly Tested[] }
  | { readonly keys: readonly string[] }
  | { readonly failure: string };

/** In a thread of its own, which answers in the order it is asked. */
export function workerLane(settings: LaneSettings): Lane {
  const worker = startWorker(settings);
  const waiting: { resolve(answer: Answered): void; reject(error: Error): void }[] = [];
  worker.on("message", (answer: Answered) => waiting.shift()?.resolve(answer));
  worker.on("error", (error) => {
    for (const { reject } of waiting.splice(0)) reject(error instanceof Error ? error : new Error(String(error)));
  });
  const ask = async (asked: Asked): Promise<Answered> => {
    const answer = await new Promise<Answered>((resolve, reject) => {
      waiting.push({ resolve, reject });
      worker.postMessage(asked);
    });
    if ("failure" in answer) throw new Failure(answer.failure);
    return answer;
  };
  return {
    run: async (cases) => {
      const answer = await ask({ cases });
      return "tested" in answer ? answer.tested : [];
    },
    keys: async () => {
      const answer = await ask("keys");
      return "keys" in answer ? answer.keys : [];
    },
    close: async () => void (await worker.terminate()),
  };
}

/** The source itself, which a thread has to be taught to read again, or what it was bundled to. */
function startWorker(workerData: LaneSettings): Worker {
  if (!import.meta.url.endsWith(".ts")) return new Worker(pathToFileURL(ownFile("dist/cli/test-worker.js")), { workerData });
  const reader = import.meta.resolve("tsx/esm/api");
  const source = new URL("./test-worker.ts", import.meta.url).href;
  const code = `import(${JSON.stringify(reader)}).then(({ register }) => { register(); return import(${JSON.stringify(source)}); });`;
  return new Worker(code, { eval: true, workerData });
}
