/** The state cannot be read or written: the call that needs it must not go on. */
export class StateError extends Error {}

/** What a call takes of one limit. */
export interface Use {
  /** Names the counter, its scope included. */
  readonly key: string;
  readonly max: number;
  /** Milliseconds. */
  readonly window: number;
  /** Calendar windows begin at multiples of their length, UTC. */
  readonly align: "sliding" | "calendar";
  readonly cost: number;
}

export type Reserved =
  | { readonly ok: true; readonly at: number }
  /** Nothing was taken of any limit. */
  | { readonly ok: false; readonly use: number; readonly retryAfter: number };

export const APPROVAL_STATUS = ["waiting", "approved", "denied", "used", "expired"] as const;
export type ApprovalStatus = (typeof APPROVAL_STATUS)[number];

/** A call that waits for somebody's word. */
export interface ApprovalRequest {
  readonly id: string;
  /** Of the canonical call, its context, the policy's version and the session: a changed call is another one. */
  readonly digest: string;
  readonly session: string;
  readonly server?: string;
  readonly tool: string;
  /** The arguments as whoever decides sees them. */
  readonly shown: string;
  readonly reason: string;
  /** Milliseconds it may wait, and then again to be used. */
  readonly lifetime: number;
}

export interface Approval extends ApprovalRequest {
  readonly status: ApprovalStatus;
  readonly created: number;
  readonly expires: number;
  readonly by?: string;
}

/** What one call of a session left behind that a later one may run. */
export interface Remembered {
  readonly at: number;
  readonly tool: string;
  /** Files it wrote, as the analysis names them. */
  readonly paths: readonly string[];
  /** The command itself, as a shell string. */
  readonly command: string;
}

export interface State {
  /** Takes from all limits or from none. */
  reserve(uses: readonly Use[]): Promise<Reserved>;
  giveBack(uses: readonly Use[], at: number): Promise<void>;
  /** The approval of this digest that waits or was given and not used, or a new one. */
  request(request: ApprovalRequest): Promise<Approval>;
  approval(id: string): Promise<Approval | undefined>;
  /** Newest last. */
  approvals(): Promise<readonly Approval[]>;
  /** Undefined when there is none of that id; else how it stands now: a word that comes too late changes nothing. */
  decide(id: string, status: "approved" | "denied", by: string): Promise<Approval | undefined>;
  /** True once. */
  use(id: string, digest: string): Promise<boolean>;
  remember(session: string, what: Remembered): Promise<void>;
  recall(session: string): Promise<readonly Remembered[]>;
  /** Milliseconds between looks at an approval somebody waits for. */
  readonly patience: number;
  close(): Promise<void>;
}

export const BOUNDS = {
  /** Entries of one sliding window; a larger one counts in steps of this part of its length. */
  steps: 256,
  /** Approvals that may wait in one session. */
  waiting: 64,
  approvals: 10_000,
  /** How long an approval that was decided is shown. */
  history: 24 * 3_600_000,
  sessions: 10_000,
  remembered: 32,
  memory: 24 * 3_600_000,
  shown: 4_000,
} as const;

/** Times in a sliding window are kept to this many milliseconds, rounded so that none is forgotten early. */
export const grainOf = ({ max, window, cost }: Use): number =>
  max <= BOUNDS.steps && Number.isInteger(cost) ? 1 : Math.ceil(window / BOUNDS.steps);
