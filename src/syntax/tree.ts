/** The parser package and its node types; nothing else imports it. */
export type * from "unbash";
export { parse as parseTree } from "unbash";
