import type { Approval } from "../state/state.ts";
import { parse } from "./check.ts";
import type { Received, Reply } from "./http.ts";
import { wordSchema } from "./schema.ts";
import { BadRequest, jsonOf, type Service } from "./service.ts";

export async function listApprovals({ state }: Service): Promise<Reply> {
  return { status: 200, body: { approvals: (await state.approvals()).map(shown) } };
}

export async function oneApproval({ state }: Service, id: string): Promise<Reply> {
  const found = await state.approval(id);
  return found === undefined ? NONE : { status: 200, body: shown(found) };
}

/** Whoever says it first decides; a word that comes too late is a conflict. */
export async function decideApproval({ state }: Service, id: string, received: Received): Promise<Reply> {
  const { decision, by } = parse(wordSchema, jsonOf(received).value);
  const status = decision === "approve" ? "approved" : "denied";
  const now = await state.decide(id, status, by);
  if (now === undefined) return NONE;
  if (now.status !== status || now.by !== by) throw new BadRequest(`the call is ${now.status} already`, 409);
  return { status: 200, body: shown(now) };
}

const NONE: Reply = { status: 404, body: { error: "no approval has this id" } };

const shown = ({ id, status, tool, server, session, reason, shown, created, expires, by }: Approval): object => ({
  id,
  status,
  tool,
  ...(server === undefined ? {} : { server }),
  session,
  reason,
  shown,
  created: new Date(created).toISOString(),
  expires: new Date(expires).toISOString(),
  ...(by === undefined ? {} : { by }),
});
