import { type Fields, isFields } from "./message.ts";

const VERSION = "io.modelcontextprotocol/protocolVersion";
const CAPABILITIES = "io.modelcontextprotocol/clientCapabilities";
const INFO = "io.modelcontextprotocol/clientInfo";

/** What is known of a client: from its `initialize`, or from each request itself in revisions without one. */
export interface Client {
  readonly modern: boolean;
  readonly elicits: boolean;
  readonly name: string | undefined;
}

export const UNKNOWN_CLIENT: Client = { modern: false, elicits: false, name: undefined };

export function clientOfInitialize(params: Fields): Client {
  return { modern: false, elicits: elicits(params.capabilities), name: nameOf(params.clientInfo) };
}

/** `before`: what its `initialize` said, if there was one. */
export function clientOf(params: Fields, before: Client): Client {
  const meta = params._meta;
  if (!isFields(meta) || typeof meta[VERSION] !== "string") return before;
  return { modern: true, elicits: elicits(meta[CAPABILITIES]), name: nameOf(meta[INFO]) };
}

const elicits = (capabilities: unknown): boolean => isFields(capabilities) && isFields(capabilities.elicitation);
const nameOf = (info: unknown): string | undefined =>
  isFields(info) && typeof info.name === "string" ? info.name.slice(0, 128) : undefined;
