import type { Mapping } from "../intake/mapping.ts";
import type { Decision } from "../model/finding.ts";
import type { Context } from "../model/subject.ts";
import type { Condition, PathStep } from "./condition.ts";

/** A policy file, read: plain data but for the regular expressions in its conditions. */
export interface Policy {
  readonly description?: string;
  readonly default: "allow" | "deny";
  /** Globs of tools that nobody sees. */
  readonly hide: readonly string[];
  /** What is judged where no entry says otherwise. */
  readonly validate: Validation | "off";
  /** Least action for tools that say this of themselves; what they say never makes one milder. */
  readonly annotations: Readonly<Partial<Record<AnnotationWord, Stricter>>>;
  readonly approval: ApprovalTerms;
  readonly context: Context;
  /** What contains the effects of a container's programs: its name, or `*`, and the file that says so. */
  readonly sandbox: readonly { readonly container: string; readonly file: string }[];
  /** Rule packs of the user's own, as the file names them. */
  readonly packFiles: readonly string[];
  readonly entries: readonly Entry[];
}

export type Stricter = Exclude<Decision, "allow">;
export const ANNOTATION_WORDS = ["destructive", "open_world", "writes"] as const;
export type AnnotationWord = (typeof ANNOTATION_WORDS)[number];

/** What the policy says of the tools that match a pattern. */
export interface Entry {
  /** `exec`, `docker/exec`, `docker_*`, `*`. */
  readonly pattern: string;
  readonly line: number;
  /** Undefined: the policy's own. */
  readonly validate?: Validation | "off";
  readonly mapping?: Mapping;
  readonly rules: readonly Rule[];
}

/** Applies when its condition holds, or always. */
export interface Rule {
  readonly name: string;
  readonly line: number;
  readonly when?: Condition;
  readonly action: Decision;
  readonly reason: string;
  readonly approval?: Partial<ApprovalTerms>;
  readonly limits: readonly Limit[];
}

export const SCOPES = ["session", "principal", "tool", "global"] as const;
export type Scope = (typeof SCOPES)[number];

export interface Limit {
  /** What is counted, apart from its window. */
  readonly counter: string;
  /** The counter has a name of its own: other tools' limits of that name count with it. */
  readonly shared: boolean;
  readonly max: number;
  /** Seconds. */
  readonly window: number;
  readonly align: "sliding" | "calendar";
  readonly scope: Scope;
  /** How much a call takes; at a path of the call, or this many. */
  readonly cost: number | readonly PathStep[];
  readonly reason: string;
}

export const CHANNELS = ["any", "client", "out_of_band"] as const;
export interface ApprovalTerms {
  /** Seconds. */
  readonly timeout: number;
  readonly onTimeout: "deny" | "allow";
  /** Who may answer: whoever can, the client's user, or somebody the client cannot speak for. */
  readonly channel: (typeof CHANNELS)[number];
}

export interface Validation {
  /** `all`, or the names of packs whose rules count. */
  readonly packs: readonly string[];
  readonly profile: string;
  readonly on: On;
}

/** What a verdict costs; `unmapped`: at least this for a tool that looks like exec and has no mapping. */
export interface On {
  readonly require_approval: Decision;
  readonly deny: Decision;
  readonly unmapped: Decision;
}

/** A call of a tool, as a proxy has it. */
export interface Call {
  readonly server?: string;
  readonly tool: string;
  /** As parsed; whoever parsed it has refused duplicate keys. */
  readonly arguments: unknown;
  readonly annotations?: Annotations;
  /** The tool's input schema. */
  readonly schema?: unknown;
}

/** As the server has them in `tools/list`. */
export interface Annotations {
  readonly readOnlyHint?: boolean | undefined;
  readonly destructiveHint?: boolean | undefined;
  readonly openWorldHint?: boolean | undefined;
}

/** What the policy makes of a call. */
export interface Outcome {
  readonly action: Decision;
  /** For the agent; empty if allowed. */
  readonly reason: string;
  readonly hidden: boolean;
  /** Everything that spoke, strictest first. */
  readonly matched: readonly Matched[];
  /** To reserve, all or none, before the call is forwarded; none if it is denied. */
  readonly limits: readonly Requirement[];
  /** If approval is required. */
  readonly approval?: ApprovalTerms & { readonly reason: string };
}

export interface Matched {
  /** `exec/no root`, `exec/validate`, `default`, `hide`, `annotations/destructive`. */
  readonly rule: string;
  readonly action: Decision;
  readonly reason: string;
  readonly line?: number;
}

export interface Requirement {
  /** The same after a reload; whoever counts adds the scope's own id. */
  readonly key: string;
  readonly scope: Scope;
  readonly max: number;
  readonly window: number;
  readonly align: "sliding" | "calendar";
  /** 0 asks only whether the limit is kept. */
  readonly cost: number;
  readonly reason: string;
}
