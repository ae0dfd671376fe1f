import type { Ask } from "../gate/gate.ts";
import { type Fields, isFields } from "./message.ts";
import { isYes } from "./questions.ts";
import { question, resultReply } from "./replies.ts";

/**
 * Revisions from 2026-07-28 on have no requests of a server: it answers that input is required, and the client calls again with
 * the input and the state it was given. Ours names the approval, which is bound to the call's digest and the session, and holds
 * what the upstream had given the client before.
 */
const STATE = "argvet:";
const KEY = "argvet";

export function inputRequired(id: string, asked: Ask, params: Fields): string {
  const kept = { requestState: params.requestState, inputResponses: params.inputResponses };
  const requestState = `${STATE}${asked.approval.id}:${Buffer.from(JSON.stringify(kept)).toString("base64url")}`;
  const params_ = { mode: "form", ...question(asked.answer, asked.approval.tool, asked.approval.shown) };
  return resultReply(id, {
    resultType: "input_required",
    inputRequests: { [KEY]: { method: "elicitation/create", params: params_ } },
    requestState,
  });
}

/** A call that comes back with an answer to our question. */
export interface Retry {
  readonly approval: string;
  readonly yes: boolean;
  /** The call's parameters as the upstream is to see them. */
  readonly params: Fields;
}

/** Undefined: the state is none of ours. Throws nothing; a state that was tampered with names an approval that does not fit. */
export function retryOf(params: Fields): Retry | undefined {
  const { requestState, inputResponses, ...rest } = params;
  if (typeof requestState !== "string" || !requestState.startsWith(STATE)) return undefined;
  const [approval = "", kept = ""] = requestState.slice(STATE.length).split(":");
  const answer = isFields(inputResponses) ? inputResponses[KEY] : undefined;
  return {
    approval,
    yes: isYes(isFields(answer) && "result" in answer ? answer.result : answer),
    params: { ...rest, ...unpack(kept) },
  };
}

function unpack(kept: string): Fields {
  try {
    const value: unknown = JSON.parse(Buffer.from(kept, "base64url").toString("utf8"));
    if (!isFields(value)) return {};
    const { requestState, inputResponses } = value;
    return {
      ...(requestState === undefined ? {} : { requestState }),
      ...(inputResponses === undefined ? {} : { inputResponses }),
    };
  } catch {
    return {};
  }
}
