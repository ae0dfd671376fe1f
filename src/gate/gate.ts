import { randomBytes } from "node:crypto";
import type { AuditRecord, DecisionRecord } from "../audit/record.ts";
import type { Decision } from "../model/finding.ts";
import { decide } from "../policy/decide.ts";
import type { Judged } from "../policy/judge.ts";
import type { ApprovalTerms, Call, Outcome } from "../policy/policy.ts";
import { type Approval, BOUNDS, type State, StateError, type Use } from "../state/state.ts";
import { type Answer, answerOf } from "./answer.ts";
import type { Asked } from "./asked.ts";
import { canonical, digestOf, sha256 } from "./canonical.ts";
import { decisionId } from "./ids.ts";
import type { Live, PolicySource } from "./live.ts";
import type { Metrics } from "./metrics.ts";
import { Recent } from "./recent.ts";
import { record, useOf } from "./record.ts";
import { judgeTogether, leftBehind, type Together } from "./together.ts";

/** May be made. `settle` once the server has answered: what a failed call took is given back, what one left behind is remembered. */
export interface Forward {
  readonly kind: "forward";
  readonly answer: Answer;
  settle(ok: boolean): Promise<void>;
}

export interface Refuse {
  readonly kind: "refuse";
  readonly answer: Answer;
}

/** Waits for somebody's word. */
export interface Ask {
  readonly kind: "ask";
  readonly answer: Answer;
  readonly approval: Approval;
  readonly terms: ApprovalTerms;
  /** The word of the client's user. */
  say(approved: boolean, by: string): Promise<void>;
  /** Once there is a word, whoever gave it, or none in time. */
  wait(signal?: AbortSignal): Promise<Forward | Refuse>;
}

export type Admission = Forward | Refuse | Ask;

export interface GateParts {
  readonly policies: PolicySource;
  readonly state: State;
  /** Resolves when the line is kept; if it rejects, nothing goes on. */
  readonly append: (record: AuditRecord) => Promise<void>;
  readonly metrics: Metrics;
  /** How much of the arguments the log keeps. */
  readonly keep?: "digest" | "redacted" | "full";
  readonly now?: () => number;
}

/** One call on its way. */
interface Case {
  readonly asked: Asked;
  readonly live: Live;
  readonly id: string;
  readonly digest: string;
  readonly judged: Judged;
  readonly outcome: Outcome;
  readonly together: Together | undefined;
  readonly micros: () => number;
  readonly approval?: string;
}

interface Judgement {
  readonly judged: Judged;
  readonly outcome: Outcome;
}

export class Gate {
  readonly #parts: GateParts;
  readonly #now: () => number;
  readonly #recent = new Recent<Judgement>();

  constructor(parts: GateParts) {
    this.#parts = parts;
    this.#now = parts.now ?? Date.now;
  }

  /** The policy that would decide now. */
  live(): Live {
    return this.#parts.policies.current();
  }

  /** Never throws: whatever goes wrong is a refusal. */
  async admit(asked: Asked): Promise<Admission> {
    const began = process.hrtime.bigint();
    const micros = (): number => Number((process.hrtime.bigint() - began) / 1000n);
    const live = this.#parts.policies.current();
    const id = decisionId();
    try {
      return await this.#decided(await this.#open(asked, live, id, micros));
    } catch (error) {
      return this.#broken(asked, live, id, micros, error);
    }
  }

  async #open(asked: Asked, live: Live, id: string, micros: () => number): Promise<Case> {
    const { call, session, inexact = [] } = asked;
    const asText = canonical([call.server ?? null, call.tool, call.arguments, inexact]);
    const digest = sha256(`${live.version} ${session} ${asText}`);
    const { judged, outcome } = this.#judged(asText, call, live);
    const runs = judged.verdicts.length > 0 && outcome.action !== "deny";
    const memory = runs ? await this.#parts.state.recall(session) : [];
    const together = memory.length > 0 ? judgeTogether(judged, memory, live.analyzerFor) : undefined;
    return { asked, live, id, digest, judged, outcome, together, micros };
  }

  /** Judging depends on the call and the policy alone. */
  #judged(asText: string, call: Call, live: Live): Judgement {
    return this.#recent.get(`${live.version} ${asText} ${said(call.schema)} ${said(call.annotations)}`, () => {
      const judged = live.judge.judge(call);
      return { judged, outcome: decide(live.policy, call, judged) };
    });
  }

  #decided(made: Case): Promise<Admission> {
    const { outcome, together } = made;
    if (outcome.action === "deny") return this.#refuse(made, "deny", outcome.reason);
    if (together?.decision === "deny") return this.#refuse(made, "deny", togetherReason(together));
    if (outcome.action === "require_approval")
      return this.#approved(made, outcome.approval ?? made.live.policy.approval, outcome.reason);
    if (together !== undefined) return this.#approved(made, made.live.policy.approval, togetherReason(together));
    return this.#forward(made);
  }

  /** An approval that was given for exactly this call is used; else one is asked for. */
  async #approved(made: Case, terms: ApprovalTerms, reason: string): Promise<Admission> {
    const { asked, digest } = made;
    const shown = JSON.stringify(asked.call.arguments ?? {}).slice(0, BOUNDS.shown);
    const approval = await this.#parts.state.request({
      id: randomBytes(5).toString("hex"),
      digest,
      session: asked.session,
      ...(asked.call.server === undefined ? {} : { server: asked.call.server }),
      tool: asked.call.tool.slice(0, 256),
      shown,
      reason: reason.slice(0, 2_000),
      lifetime: terms.timeout * 1000,
    });
    const next = { ...made, approval: approval.id };
    if (approval.status === "approved" && (await this.#parts.state.use(approval.id, digest))) return this.#forward(next);
    const answer = this.#answer(next, "require_approval", reason);
    await this.#note(next, answer, "waiting");
    return {
      kind: "ask",
      answer,
      approval,
      terms,
      say: async (yes, by) => void (await this.#parts.state.decide(approval.id, yes ? "approved" : "denied", by)),
      wait: (signal) => this.#wait(next, approval, terms, reason, signal),
    };
  }

  async #wait(
    made: Case,
    approval: Approval,
    terms: ApprovalTerms,
    reason: string,
    signal?: AbortSignal,
  ): Promise<Forward | Refuse> {
    this.#parts.metrics.waits(1);
    try {
      for (;;) {
        const now = await this.#parts.state.approval(approval.id);
        if (signal?.aborted)
          return await this.#refuse(made, "require_approval", `${reason}; the call was cancelled while it waited`);
        if (now === undefined || now.status === "expired") return await this.#expired(made, terms, reason);
        if (now.status !== "waiting") return await this.#told(made, now, reason);
        await pause(Math.min(this.#parts.state.patience, Math.max(1, now.expires - this.#now())), signal);
      }
    } catch (error) {
      return this.#broken(made.asked, made.live, made.id, made.micros, error);
    } finally {
      this.#parts.metrics.waits(-1);
    }
  }

  #expired(made: Case, terms: ApprovalTerms, reason: string): Promise<Forward | Refuse> {
    if (terms.onTimeout === "allow") return this.#forward(made);
    return this.#refuse(made, "require_approval", `${reason}; nobody answered in ${terms.timeout} s`);
  }

  async #told(made: Case, approval: Approval, reason: string): Promise<Forward | Refuse> {
    if (approval.status === "denied") return this.#refuse(made, "deny", `${reason}; ${approval.by ?? "somebody"} said no`);
    if (this.live().version !== made.live.version)
      return this.#refuse(made, "require_approval", `${reason}; the policy changed meanwhile, ask again`);
    if (await this.#parts.state.use(approval.id, made.digest)) return this.#forward(made);
    return this.#refuse(made, "require_approval", `${reason}; the approval was used by another call`);
  }

  /** Limits last, and nothing goes on without its line in the log. */
  async #forward(made: Case): Promise<Forward | Refuse> {
    const uses = made.outcome.limits.map((limit) => useOf(limit, made.asked));
    const reserved = uses.length > 0 ? await this.#parts.state.reserve(uses) : ({ ok: true, at: 0 } as const);
    if (!reserved.ok)
      return this.#refuse(made, "deny", made.outcome.limits[reserved.use]?.reason ?? "a limit is used up", {
        retry_after: reserved.retryAfter,
        rule: made.outcome.limits[reserved.use]?.key,
      });
    const answer = this.#answer(made, "allow", "");
    try {
      await this.#note(made, answer, "forwarded");
    } catch (error) {
      await this.#parts.state.giveBack(uses, reserved.at).catch(() => undefined);
      throw error;
    }
    return { kind: "forward", answer, settle: once((ok: boolean) => this.#settle(made, uses, reserved.at, ok)) };
  }

  async #settle({ asked, judged }: Case, uses: readonly Use[], at: number, ok: boolean): Promise<void> {
    try {
      if (!ok && uses.length > 0) await this.#parts.state.giveBack(uses, at);
      const left = ok ? leftBehind(asked.call, judged, this.#now()) : undefined;
      if (left !== undefined) await this.#parts.state.remember(asked.session, left);
    } catch {
      this.#parts.metrics.failed("state");
    }
  }

  async #refuse(
    made: Case,
    decision: Decision,
    reason: string,
    limit: { retry_after?: number; rule?: string | undefined } = {},
  ): Promise<Refuse> {
    const base = this.#answer(made, decision, reason);
    const rules = limit.rule === undefined ? base.rules : [limit.rule];
    const answer = { ...base, rules, ...(limit.retry_after === undefined ? {} : { retry_after: limit.retry_after }) };
    await this.#note(made, answer, "refused");
    return { kind: "refuse", answer };
  }

  #answer(made: Case, decision: Decision, reason: string): Answer {
    const base = answerOf(made.id, made.live.version, decision, reason, made.judged, made.outcome.matched);
    const { together, approval } = made;
    return {
      ...base,
      ...(approval === undefined ? {} : { approval }),
      ...(together === undefined
        ? {}
        : {
            rules: [together.finding?.rule ?? "session", ...base.rules],
            earlier: { tool: together.earlier.tool, command: together.earlier.command.slice(0, 2_000) },
          }),
    };
  }

  async #note(made: Case, answer: Answer, outcome: DecisionRecord["outcome"]): Promise<void> {
    const { asked, digest, micros } = made;
    const took = micros();
    await this.#parts.append(record(asked, digest, answer, outcome, took, this.#parts.keep ?? "digest"));
    this.#parts.metrics.decided(answer.decision, outcome, answer.rules, took / 1e6);
  }

  /** The state or the log is away, or something has a fault: no. */
  async #broken(asked: Asked, live: Live, id: string, micros: () => number, error: unknown): Promise<Refuse> {
    const why = error instanceof Error ? error.message : String(error);
    this.#parts.metrics.failed(error instanceof StateError ? "state" : "audit");
    const answer: Answer = {
      id,
      decision: "deny",
      rules: ["fault"],
      reason: `the call could not be judged: ${why}`,
      risk: 0,
      policy: live.version,
      findings: [],
      doubts: [],
    };
    await this.#parts
      .append(record(asked, digestOf(asked.call.tool, asked.call.arguments), answer, "refused", micros(), "digest"))
      .catch(() => undefined);
    return { kind: "refuse", answer };
  }
}

/** What a server says of a tool stays the same object until it says it again. */
const texts = new WeakMap<object, string>();
function said(value: unknown): string {
  if (typeof value !== "object" || value === null) return "";
  const text = texts.get(value) ?? canonical(value);
  texts.set(value, text);
  return text;
}

const togetherReason = ({ earlier, finding }: Together): string =>
  `after the earlier call of ${earlier.tool}, which wrote ${earlier.paths[0] ?? "a file"}: ${finding === undefined ? "what it wrote is run" : `${finding.message} [${finding.rule}]`}`;

const pause = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener("abort", done);
  });

function once<Argument>(work: (argument: Argument) => Promise<void>): (argument: Argument) => Promise<void> {
  let done: Promise<void> | undefined;
  return (argument) => {
    done ??= work(argument);
    return done;
  };
}
