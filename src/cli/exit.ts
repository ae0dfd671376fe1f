import type { Decision } from "../model/finding.ts";

/** Bad usage or bad configuration; also: a stream had a bad line. */
export const EXIT_ERROR = 2;
export const EXIT: Readonly<Record<Decision, number>> = { allow: 0, deny: 1, require_approval: 3 };
