/** A tool server on the second SDK, which speaks both eras of the protocol. It runs nothing. */
import { McpServer } from "@modelcontextprotocol/server";
import { serveStdio } from "@modelcontextprotocol/server/stdio";
import * as z from "zod";

serveStdio(() => {
  const server = new McpServer({ name: "modern", version: "1.0.0" }, { capabilities: { tools: {} } });
  server.registerTool(
    "exec",
    { inputSchema: z.object({ container: z.string(), command: z.array(z.string()), user: z.string().optional() }) },
    ({ command }) => ({
      content: [{ type: "text", text: `ran ${command.join(" ")}` }],
    }),
  );
  return server;
});
