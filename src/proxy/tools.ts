import type { Annotations } from "../policy/policy.ts";
import { type Fields, isFields } from "./message.ts";

interface Known {
  readonly schema: unknown;
  readonly annotations: Annotations;
}

/** More tools than that are not remembered: the list is the server's. */
const MOST = 5_000;

/** What the server says of its tools. It may say anything: it only ever tightens. */
export class Tools {
  readonly #known = new Map<string, Known>();

  get(tool: string): { readonly schema?: unknown; readonly annotations?: Annotations } {
    return this.#known.get(tool) ?? {};
  }

  /** Learns from a `tools/list` result and takes out what is hidden; undefined: nothing to take out, the bytes may stay. */
  learn(message: Fields, hides: (tool: string) => boolean): string | undefined {
    const { result } = message;
    if (!isFields(result) || !Array.isArray(result.tools)) return undefined;
    const tools: readonly unknown[] = result.tools;
    for (const tool of tools) if (isFields(tool) && typeof tool.name === "string") this.#remember(tool.name, tool);
    const shown = tools.filter((tool) => !isFields(tool) || typeof tool.name !== "string" || !hides(tool.name));
    if (shown.length === tools.length) return undefined;
    return JSON.stringify({ ...message, result: { ...result, tools: shown } });
  }

  #remember(name: string, { inputSchema, annotations }: Fields): void {
    if (this.#known.size >= MOST && !this.#known.has(name)) return;
    this.#known.set(name, { schema: inputSchema, annotations: isFields(annotations) ? annotationsOf(annotations) : {} });
  }
}

function annotationsOf({ readOnlyHint, destructiveHint, openWorldHint }: Fields): Annotations {
  return { readOnlyHint: flag(readOnlyHint), destructiveHint: flag(destructiveHint), openWorldHint: flag(openWorldHint) };
}

const flag = (value: unknown): boolean | undefined => (typeof value === "boolean" ? value : undefined);
