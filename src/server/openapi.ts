import * as z from "zod";
import {
  answerSchema,
  approvalSchema,
  argvSchema,
  batchSchema,
  commandSchema,
  problemSchema,
  toolSchema,
  wordSchema,
} from "./schema.ts";

const schema = (of: z.ZodType): object => {
  const { $schema: _, ...rest } = z.toJSONSchema(of, { io: "input" });
  return rest;
};
const json = (of: object): object => ({ "application/json": { schema: of } });
const anything = { type: "object" };

const reply = (description: string, of: object): object => ({ description, content: json(of) });
const problems = {
  "400": reply("not understood", schema(problemSchema)),
  "401": reply("who asks is not known", schema(problemSchema)),
};

const post = (summary: string, request: object, description: string, answer: object): object => ({
  post: {
    summary,
    requestBody: { required: true, content: json(request) },
    responses: { "200": reply(description, answer), ...problems },
  },
});

const get = (summary: string, answer: object): object => ({ get: { summary, responses: { "200": answer } } });

let made: object | undefined;

/** The service described to machines: OpenAPI 3.1, made from the schemas that read the requests. */
export function openapi(): object {
  const question = { oneOf: [schema(commandSchema), schema(argvSchema), schema(toolSchema)] };
  const answer = schema(answerSchema);
  const batch = { type: "object", properties: { results: { type: "array", items: answer } } };
  made ??= {
    openapi: "3.1.0",
    info: {
      title: "argvet",
      version: "1",
      description: "Says what a command or a tool call would do, before it runs: allow, require_approval or deny.",
    },
    security: [{ bearer: [] }, { signature: [] }, {}],
    components: {
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer" },
        signature: { type: "apiKey", in: "header", name: "X-Argvet-Signature" },
      },
    },
    paths: {
      "/v1/check": post(
        "Judge one command or call, or a batch",
        { oneOf: [...question.oneOf, schema(batchSchema)] },
        "the answer, or answers in order",
        { oneOf: [answer, batch] },
      ),
      "/v1/data/argvet/verdict": post(
        "The same, as Open Policy Agent is asked",
        { type: "object", properties: { input: question } },
        "result is missing if there was no input",
        { type: "object", properties: { result: anything, decision_id: { type: "string" } } },
      ),
      "/toolhive": post("ToolHive's validating webhook", anything, "allowed or not", anything),
      "/litellm": post("LiteLLM's generic guardrail", anything, "NONE or BLOCKED", anything),
      "/beta/litellm_basic_guardrail_api": post(
        "LiteLLM's generic guardrail, at its own path",
        anything,
        "NONE or BLOCKED",
        anything,
      ),
      "/docker-mcp/before": post("Docker MCP gateway's interceptor", anything, "empty, or the call's result", anything),
      "/ext_authz": {
        post: {
          summary: "Envoy's external authorization; the original path follows",
          requestBody: { content: json(anything) },
          responses: { "200": { description: "let it through" }, "403": reply("the client's answer", anything) },
        },
      },
      "/v1/approvals": get(
        "Calls that wait, and those decided in the last day",
        reply("all of them", { type: "object", properties: { approvals: { type: "array", items: schema(approvalSchema) } } }),
      ),
      "/v1/approvals/{id}": {
        parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
        ...get("One call that waits", reply("the call", schema(approvalSchema))),
        ...post("Let one call through, once, or refuse it", schema(wordSchema), "how it stands now", schema(approvalSchema)),
      },
      "/healthz": get("It runs", { description: "ok" }),
      "/readyz": get("It could allow a call", { description: "ready" }),
      "/metrics": get("Prometheus text", { description: "counters and histograms" }),
      "/openapi.json": get("This document", { description: "OpenAPI 3.1" }),
    },
  };
  return made;
}
