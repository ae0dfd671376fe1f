import type { AuditRecord } from "../../src/audit/record.ts";
import { Gate } from "../../src/gate/gate.ts";
import { fixedPolicy } from "../../src/gate/live.ts";
import { Metrics } from "../../src/gate/metrics.ts";
import { createAnalyzer } from "../../src/index.ts";
import type { Keys } from "../../src/server/auth.ts";
import { listen, serveHttp } from "../../src/server/http.ts";
import { route } from "../../src/server/routes.ts";
import type { Service } from "../../src/server/service.ts";
import { memoryState } from "../../src/state/memory.ts";
import type { State } from "../../src/state/state.ts";

export interface Served {
  readonly url: string;
  readonly lines: AuditRecord[];
  readonly state: State;
  post(
    path: string,
    body: unknown,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: unknown; headers: Headers }>;
  get(path: string, headers?: Record<string, string>): Promise<{ status: number; body: unknown }>;
  close(): void;
}

/** The service on a free port of this machine. */
export async function served(
  policy: string,
  given: { keys?: Keys; state?: State; append?: (record: AuditRecord) => Promise<void> } = {},
): Promise<Served> {
  const state = given.state ?? memoryState();
  const metrics = new Metrics();
  const lines: AuditRecord[] = [];
  const append = given.append ?? (async (record: AuditRecord) => void lines.push(record));
  const gate = new Gate({
    policies: fixedPolicy(policy, "policy.yaml"),
    state,
    metrics,
    append,
  });
  const service: Service = { gate, state, metrics, append, analyzer: createAnalyzer() };
  const server = serveHttp((received) => route(service, given.keys ?? {}, received));
  const url = await listen(server, { host: "127.0.0.1", port: 0 });
  const read = async (response: Response) => {
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: response.headers.get("content-type") === "application/json" ? JSON.parse(text) : text,
    };
  };
  return {
    url,
    lines,
    state,
    post: async (path, body, headers = {}) =>
      read(await fetch(url + path, { method: "POST", body: typeof body === "string" ? body : JSON.stringify(body), headers })),
    get: async (path, headers = {}) => read(await fetch(url + path, { headers })),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
