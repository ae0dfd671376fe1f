/**
 * A tool server on stdio with the `exec` tool of a docker server: one container, argv, user, environment.
 * It runs nothing: it answers with the arguments it was given, so that a test sees what came through.
 */
import { createInterface } from "node:readline";

const text = (max: number) => ({ type: "string", maxLength: max });
const EXEC = {
  name: "exec",
  description: "Executes a command in a running container",
  inputSchema: {
    type: "object",
    properties: {
      container: text(255),
      command: { type: "array", maxItems: 1000, items: text(65_536) },
      workdir: text(4096),
      user: text(255),
      env: { type: "array", maxItems: 1000, items: text(65_536) },
      envFile: text(4096),
      detach: { type: "boolean" },
      timeout: { type: "integer", minimum: 1000, maximum: 600_000 },
      parseJson: { type: "boolean" },
      limit: { type: "integer" },
      path: text(4096),
      compact: { type: "boolean" },
    },
    required: ["container", "command"],
  },
  annotations: { title: "Docker exec", readOnlyHint: false, destructiveHint: true, openWorldHint: true },
};
const TOOLS = [
  EXEC,
  { name: "build", inputSchema: { type: "object" } },
  { name: "write_file", inputSchema: { type: "object", properties: { path: text(4096), content: text(65_536) } } },
  { name: "fault", inputSchema: { type: "object", properties: { how: text(32) } } },
];

interface Message {
  readonly id?: unknown;
  readonly method?: string;
  readonly params?: { readonly name?: string; readonly arguments?: { readonly how?: string }; readonly protocolVersion?: string };
}

const send = (message: object): void => void process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);

for await (const line of createInterface({ input: process.stdin })) {
  const { id, method, params = {} }: Message = JSON.parse(line);
  if (method === "initialize")
    send({
      id,
      result: {
        protocolVersion: params.protocolVersion,
        capabilities: { tools: {} },
        serverInfo: { name: "docker", version: "0.22" },
      },
    });
  else if (method === "tools/list") send({ id, result: { tools: TOOLS } });
  else if (method === "tools/call" && params.name === "fault") fault(id, params.arguments?.how ?? "");
  else if (method === "tools/call") send({ id, result: { content: [{ type: "text", text: line }] } });
  else if (id !== undefined) send({ id, result: { echo: line } });
}

/** Everything a server can do wrong. */
function fault(id: unknown, how: string): void {
  const result = { content: [{ type: "text", text: how }] };
  if (how === "die") process.exit(9);
  if (how === "twice") send({ id, result });
  if (how === "noise") {
    process.stdout.write("warning: this is no JSON\n[]\n\n{\n\u0000\n");
    send({ id: "nobody asked", result });
  }
  if (how === "long") process.stdout.write(`${"x".repeat(70 * 1024 * 1024)}\n`);
  if (how === "error") send({ id, error: { code: -32603, message: "the tool has a fault" } });
  else if (how !== "silence") send({ id, result });
}
