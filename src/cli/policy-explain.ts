import type { Input } from "../model/subject.ts";
import { readCall } from "../policy/call-json.ts";
import { decide } from "../policy/decide.ts";
import { createJudge, type Judged, type Sandboxes } from "../policy/judge.ts";
import type { Annotations, Call, Matched, Outcome, Policy, Requirement } from "../policy/policy.ts";
import { printSeconds } from "../policy/words.ts";
import { clean } from "../report/clean.ts";
import { verdictJson } from "../report/verdict-json.ts";
import { textOf } from "./bytes.ts";
import { EXIT } from "./exit.ts";
import { Failure } from "./failure.ts";
import type { Host } from "./host.ts";
import { FORMATS, oneWord, type SharedOptions, worldOf } from "./options.ts";
import { knowledgeOf, loadPolicy, sandboxesOf } from "./policy-file.ts";

export interface ExplainOptions extends Pick<SharedOptions, "cwd" | "home" | "user" | "env" | "sandbox"> {
  readonly server?: string;
  readonly annotation?: readonly string[];
  readonly schema?: string;
  readonly format: string;
}

/** Says what the policy would make of a call. Nothing is counted, nobody is asked. */
export async function explain(path: string, given: string, options: ExplainOptions, { io }: Host): Promise<number> {
  const format = oneWord("--format", options.format, FORMATS);
  const policy = loadPolicy(path);
  const call = callOf(given === "-" ? await textOf(io.stdin, "stdin") : given, options);
  const judge = judgeFor(policy, path, await sandboxesOf(policy, path, io));
  const judged = judge.judge(call, await worldOf(options, io));
  const outcome = decide(policy, call, judged);
  if (format === "json") await io.write(`${JSON.stringify(asJson(call, judged, outcome))}\n`);
  else await io.write(pretty(path, call, judged, outcome));
  return EXIT[outcome.action];
}

function judgeFor(policy: Policy, path: string, sandboxes: Sandboxes) {
  try {
    return createJudge(policy, knowledgeOf(policy, path), sandboxes);
  } catch (error) {
    if (error instanceof RangeError) throw new Failure(`${path}: ${error.message}; see argvet policy check`);
    throw error;
  }
}

function callOf(text: string, { server, annotation = [] }: ExplainOptions): Call {
  const read = readCall(text);
  if ("problem" in read) throw new Failure(`the call: ${read.problem}`);
  return { ...read.call, ...(server === undefined ? {} : { server }), annotations: annotationsOf(annotation) };
}

const HINTS = ["readOnlyHint", "destructiveHint", "openWorldHint"] as const;

function annotationsOf(given: readonly string[]): Annotations {
  return Object.fromEntries(
    given.map((text) => {
      const [name = "", value = "true"] = text.split("=");
      return [oneWord("--annotation", name, HINTS), oneWord(`--annotation ${name}`, value, ["true", "false"]) === "true"];
    }),
  );
}

function asJson(call: Call, { reading, verdicts }: Judged, outcome: Outcome): unknown {
  return {
    version: 1,
    tool: call.tool,
    ...outcome,
    reading: { kind: reading.kind, ...("preset" in reading ? { preset: reading.preset, unread: reading.unread } : {}) },
    verdicts: verdicts.map(({ subject, verdict }) => ({ input: subject.input, verdict: verdictJson(verdict) })),
  };
}

function pretty(path: string, call: Call, { reading, verdicts }: Judged, outcome: Outcome): string {
  const runs = verdicts.map(({ subject, verdict }) => `${inputText(subject.input)}  ${verdict.decision}`);
  const head = `${outcome.action}  ${call.server === undefined ? "" : `${call.server}/`}${call.tool}`;
  const limits = outcome.limits.map(limitText);
  return [
    `${clean(head)}\n`,
    section(
      "runs",
      runs.length > 0
        ? [...runs, ...readAs(reading)]
        : [
            `nothing that is judged${readAs(reading)
              .map((text) => `: ${text}`)
              .join("")}`,
          ],
    ),
    section(
      "says the policy",
      outcome.matched.length > 0 ? outcome.matched.flatMap((matched) => matchedText(path, matched)) : ["nothing about this tool"],
    ),
    ...(limits.length > 0 ? [section("counts", limits)] : []),
    ...(outcome.approval ? [section("asks", [approvalText(outcome.approval)])] : []),
    ...(outcome.reason === "" ? [] : [section("tells the agent", [outcome.reason])]),
  ].join("\n");
}

const section = (title: string, lines: readonly string[]): string =>
  `${title}\n${lines.map((line) => `  ${clean(line)}\n`).join("")}`;

const inputText = (input: Input): string => ("argv" in input ? JSON.stringify(input.argv) : input.command);

function readAs(reading: Judged["reading"]): readonly string[] {
  switch (reading.kind) {
    case "mapped":
      return [`as ${reading.preset}${reading.unread.length > 0 ? `; not understood: ${reading.unread.join(", ")}` : ""}`];
    case "unmapped":
      return [`unmapped: each text of ${reading.names.join(", ") || "no argument"} is judged`];
    case "notExec":
      return [];
    case "problem":
      return [reading.problem];
  }
}

function matchedText(path: string, { rule, action, reason, line }: Matched): readonly string[] {
  const place = line === undefined ? "" : `  ${path}:${line}`;
  return [`${action}  ${rule}${place}`, ...(reason === "" ? [] : [`  ${reason}`])];
}

function limitText({ scope, max, window, align, cost, key }: Requirement): string {
  const what = align === "calendar" ? `calendar ${printSeconds(window)}` : printSeconds(window);
  const [whose, counter] = JSON.parse(key) as readonly [string, string];
  return `${cost} of ${max} per ${what}, per ${scope}  ${whose === "" ? "" : `${whose}/`}${counter}`;
}

const approvalText = ({ timeout, onTimeout, channel }: NonNullable<Outcome["approval"]>): string =>
  `${channel === "any" ? "whoever can answer" : channel === "client" ? "the client's user" : "somebody out of band"}; after ${counted(printSeconds(timeout))}: ${onTimeout}`;

/** A minute is one of them here. */
const counted = (time: string): string => (time.includes(" ") ? time : `1 ${time}`);
