import { randomBytes } from "node:crypto";

const own = randomBytes(6).toString("base64url");
let count = 0;

/** Of a decision: no other has it, here or in another process. It is a name and no secret. */
export const decisionId = (): string => `${own}-${(++count).toString(36)}`;
