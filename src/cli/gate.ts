import { dirname, resolve } from "node:path";
import type { Command } from "commander";
import { AuditError } from "../audit/files.ts";
import { type Audit, openAudit } from "../audit/log.ts";
import type { AuditRecord } from "../audit/record.ts";
import { Gate } from "../gate/gate.ts";
import { type Equipped, fixedPolicy, PolicyError, type PolicySource, watchedPolicy } from "../gate/live.ts";
import { Metrics } from "../gate/metrics.ts";
import { telemetry } from "../gate/telemetry.ts";
import type { Policy } from "../policy/policy.ts";
import { openState } from "../state/open.ts";
import { type State, StateError } from "../state/state.ts";
import { Failure } from "./failure.ts";
import type { Io } from "./io.ts";
import { oneWord } from "./options.ts";
import { knowledgeOf } from "./policy-file.ts";
import { sandboxOf } from "./sandbox-file.ts";

/** Options of everything that decides calls by a policy. */
export interface GateOptions {
  /** None: the built-in policy, which judges exec tools and lets others through. */
  readonly policy?: string;
  readonly state: string;
  readonly audit?: string;
  readonly auditArguments: string;
  readonly auditSync?: true;
}

const KEEP = ["digest", "redacted", "full"] as const;

export function addGateOptions(command: Command, required: boolean): Command {
  const policy = ["--policy <file>", "what is allowed, denied, limited and asked about; watched for changes"] as const;
  return (required ? command.requiredOption(...policy) : command.option(...policy))
    .option("--state <where>", "counters and approvals: memory, a file that survives restarts, or redis://…", "memory")
    .option("--audit <file>", "log of decisions: a line is written before the answer")
    .option("--audit-arguments <what>", "arguments in the log: digest, redacted or full", "digest")
    .option("--audit-sync", "wait until the disk has the line: it survives a power cut too");
}

export interface OpenGate {
  readonly gate: Gate;
  readonly state: State;
  readonly metrics: Metrics;
  readonly append: (record: AuditRecord) => Promise<void>;
  close(): Promise<void>;
}

/** Opens all that a gate stands on. Throws a Failure that says which part is not as it should be. */
export async function openGate(options: GateOptions, io: Io): Promise<OpenGate> {
  const keep = oneWord("--audit-arguments", options.auditArguments, KEEP);
  const metrics = new Metrics(await telemetry());
  let policies: PolicySource | undefined;
  let state: State | undefined;
  let audit: Audit | undefined;
  try {
    if (options.audit !== undefined)
      audit = openAudit({ path: resolve(io.cwd, options.audit), ...(options.auditSync ? { sync: true } : {}) });
    const note = noteIn(audit, io);
    const say = (text: string, bad: boolean): void => {
      for (const line of text.split("\n")) io.complain(line);
      void note({ event: bad ? "fault" : "reload", text });
    };
    policies =
      options.policy === undefined
        ? fixedPolicy("version: 1\n", "<built-in>")
        : watchedPolicy(resolve(io.cwd, options.policy), say, equipIn(resolve(io.cwd, options.policy), io));
    const where = options.state.includes("://") || options.state === "memory" ? options.state : resolve(io.cwd, options.state);
    state = await openState(where, io.complain);
    await note({ event: "start", text: `process ${process.pid}, policy ${policies.current().version}` });
  } catch (error) {
    policies?.close();
    audit?.close();
    if (error instanceof PolicyError || error instanceof StateError || error instanceof AuditError)
      throw new Failure(error.message);
    throw error;
  }
  const open = { policies, state, audit };
  const gate = new Gate({ policies, state, metrics, keep, append: (record) => append(open.audit, record) });
  return {
    gate,
    state,
    metrics,
    append: (record) => append(open.audit, record),
    close: async () => {
      open.policies.close();
      await open.state.close();
      await noteIn(open.audit, io)({ event: "stop", text: `process ${process.pid}` });
      open.audit?.close();
    },
  };
}

const append = async (audit: Audit | undefined, record: AuditRecord): Promise<void> => audit?.append(record);

/** Notes are no decisions: one that is lost is said, and nothing else. */
const noteIn =
  (audit: Audit | undefined, io: Io) =>
  async (record: AuditRecord): Promise<void> =>
    append(audit, record).catch((error: unknown) => io.complain(error instanceof Error ? error.message : String(error)));

const equipIn =
  (path: string, io: Io) =>
  (policy: Policy): Equipped => ({
    knowledge: knowledgeOf(policy, path),
    sandboxes: new Map(policy.sandbox.map(({ file }) => [file, sandboxOf(resolve(dirname(path), file), io)])),
  });
