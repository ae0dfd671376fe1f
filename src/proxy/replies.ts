import { type Answer, refusalText, VERDICT_KEY } from "../gate/answer.ts";

/** Messages that the proxy writes itself. `id` is as written in the request. */
export const errorReply = (id: string, code: number, message: string, data?: unknown): string =>
  `{"jsonrpc":"2.0","id":${id},"error":${JSON.stringify({ code, message, ...(data === undefined ? {} : { data }) })}}`;

export const resultReply = (id: string, result: unknown): string =>
  `{"jsonrpc":"2.0","id":${id},"result":${JSON.stringify(result)}}`;

/** A refusal is an ordinary result, since that is what the model gets to read. `modern`: revisions from 2026-07-28 on name the kind of a result. */
export function refusalReply(id: string, answer: Answer, modern: boolean, ending = ""): string {
  return resultReply(id, {
    ...(modern ? { resultType: "complete" } : {}),
    content: [{ type: "text", text: refusalText(answer, ending) }],
    isError: true,
    _meta: { [VERDICT_KEY]: answer },
  });
}

/** What a person is asked, in a form with one question. */
export function question(
  answer: Answer,
  tool: string,
  shown: string,
): { readonly message: string; readonly requestedSchema: unknown } {
  const earlier = answer.earlier === undefined ? "" : `\n\nearlier call: ${answer.earlier.command}`;
  return {
    message: `argvet: ${answer.reason}\n\n${tool} ${shown}${earlier}`,
    requestedSchema: {
      type: "object",
      properties: { approve: { type: "boolean", title: "Let this call through, once", default: false } },
      required: ["approve"],
    },
  };
}

export const elicitation = (id: string, answer: Answer, tool: string, shown: string): string =>
  JSON.stringify({ jsonrpc: "2.0", id, method: "elicitation/create", params: question(answer, tool, shown) });

export const notification = (method: string, params: unknown): string => JSON.stringify({ jsonrpc: "2.0", method, params });
