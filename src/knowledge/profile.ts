import type { Decision } from "../model/finding.ts";

export const ROWS = [
  "finding critical certain",
  "finding critical possible",
  "finding high certain",
  "finding high possible",
  "finding medium certain",
  "finding medium possible",
  "finding low certain",
  "finding low possible",
  "doubt syntax",
  "doubt limit",
  "doubt hidden-program foreign",
  "doubt hidden-program operator",
  "doubt hidden-argument exposed",
  "doubt hidden-argument sensitive",
  "doubt hidden-argument inert",
  "doubt unknown-option sensitive",
  "doubt unknown-option inert",
  "doubt unknown-command sensitive",
  "doubt unknown-command inert",
  "doubt unexplained-argument sensitive",
  "doubt unexplained-argument inert",
  "doubt opaque-code foreign",
  "doubt opaque-code project",
  "nothing",
] as const;
/** One situation a profile decides on. `foreign`: chosen by output, network or input; `exposed`: is code or a destructive target. */
export type Row = (typeof ROWS)[number];

export interface Profile {
  readonly name: string;
  /** Reports what it would decide and lets everything pass. */
  readonly observe?: true;
  readonly rows: Readonly<Record<Row, Decision>>;
  /** The same for findings all of whose effects stay inside an ephemeral sandbox; a row that is not there is not lowered. */
  readonly contained?: Readonly<Partial<Record<Row, Decision>>>;
  /** Rules, `pack/rule`, whose findings lead to a decision of their own, whatever the row says. */
  readonly rules?: Readonly<Record<string, Decision>>;
}
