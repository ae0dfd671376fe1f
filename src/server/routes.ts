import { StateError } from "../state/state.ts";
import { decideApproval, listApprovals, oneApproval } from "./approvals.ts";
import { isAuthentic, isFromPage, type Keys } from "./auth.ts";
import { checkRoute, opaRoute } from "./check.ts";
import { dockerMcp, extAuthz, litellm, toolhive } from "./gateways.ts";
import type { Received, Reply } from "./http.ts";
import { openapi } from "./openapi.ts";
import { BadRequest, type Service } from "./service.ts";

type Route = (service: Service, received: Received) => Promise<Reply> | Reply;

const GET = new Map<string, Route>([
  ["/healthz", () => ({ status: 200, body: { status: "ok" } })],
  ["/readyz", ready],
  [
    "/metrics",
    ({ metrics }) => ({ status: 200, body: metrics.text(), headers: { "content-type": "text/plain; version=0.0.4" } }),
  ],
  ["/openapi.json", () => ({ status: 200, body: openapi() })],
  ["/v1/approvals", (service) => listApprovals(service)],
]);

const POST = new Map<string, Route>([
  ["/v1/check", checkRoute],
  ["/v1/data/argvet/verdict", opaRoute],
  ["/toolhive", toolhive],
  ["/litellm", litellm],
  ["/beta/litellm_basic_guardrail_api", litellm],
  ["/docker-mcp/before", dockerMcp],
]);

/** Asked by what watches the service, which has no key. */
const OPEN = new Set(["/healthz", "/readyz"]);
const AUTHZ = "/ext_authz";
const APPROVAL = "/v1/approvals/";

/** What the service answers to a request; never throws. */
export async function route(service: Service, keys: Keys, received: Received): Promise<Reply> {
  const { path } = received;
  if (isFromPage(received)) return { status: 403, body: { error: "requests of web pages are not answered" } };
  if (!OPEN.has(path) && !isAuthentic(received, keys))
    return { status: 401, body: { error: "who asks is not known" }, headers: { "www-authenticate": "Bearer" } };
  // Whoever may ask for an approval must not be able to give it: without a key, anybody here could do both.
  if (path.startsWith("/v1/approvals") && keys.token === undefined)
    return { status: 403, body: { error: "approvals are given here only if the service has a token" } };
  try {
    return await found(service, received);
  } catch (error) {
    if (error instanceof BadRequest) return { status: error.status, body: { error: error.message } };
    const away = error instanceof StateError;
    return { status: away ? 503 : 500, body: { error: error instanceof Error ? error.message : String(error) } };
  }
}

function found(service: Service, received: Received): Promise<Reply> | Reply {
  const { method, path } = received;
  if (path === AUTHZ || path.startsWith(`${AUTHZ}/`)) return extAuthz(service, received);
  if (path.startsWith(APPROVAL)) {
    const id = path.slice(APPROVAL.length);
    if (method === "GET") return oneApproval(service, id);
    return method === "POST" ? decideApproval(service, id, received) : only("GET, POST");
  }
  const wanted = method === "POST" ? POST.get(path) : method === "GET" || method === "HEAD" ? GET.get(path) : undefined;
  if (wanted !== undefined) return wanted(service, received);
  if (POST.has(path)) return only("POST");
  return GET.has(path) ? only("GET") : { status: 404, body: { error: `nothing is at ${path}; see /openapi.json` } };
}

const only = (allow: string): Reply => ({ status: 405, body: { error: `only ${allow}` }, headers: { allow } });

/** Ready if a call could be allowed: the state answers. */
async function ready({ state }: Service): Promise<Reply> {
  try {
    await state.recall("readyz");
    return { status: 200, body: { status: "ready" } };
  } catch (error) {
    return { status: 503, body: { status: "not ready", error: error instanceof Error ? error.message : String(error) } };
  }
}
