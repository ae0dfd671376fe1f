import { randomBytes } from "node:crypto";
import type { Ask } from "../gate/gate.ts";
import { type Fields, isFields, keyOf } from "./message.ts";
import { elicitation, notification } from "./replies.ts";

/** Questions that the proxy itself puts to the client's user, in revisions where a server may ask. */
export class Questions {
  readonly #toClient: (line: string) => void;
  /** Not to be guessed: a server's own request must not pass for one of ours. */
  readonly #prefix = `argvet-${randomBytes(9).toString("base64url")}-`;
  readonly #open = new Map<string, Ask>();
  #count = 0;

  constructor(toClient: (line: string) => void) {
    this.#toClient = toClient;
  }

  ask(asked: Ask): { readonly close: () => void } {
    const id = `${this.#prefix}${++this.#count}`;
    const key = keyOf(id);
    this.#open.set(key, asked);
    this.#toClient(elicitation(id, asked.answer, asked.approval.tool, asked.approval.shown));
    return {
      close: () => {
        if (this.#open.delete(key))
          this.#toClient(notification("notifications/cancelled", { requestId: id, reason: "answered elsewhere" }));
      },
    };
  }

  /** True if the message answers one of ours: it is nobody else's then. */
  take(key: string, value: Fields): boolean {
    const asked = this.#open.get(key);
    if (asked === undefined) return key.startsWith(JSON.stringify(this.#prefix).slice(0, -1));
    this.#open.delete(key);
    void asked.say(isYes(value.result), "the client's user").catch(() => undefined);
    return true;
  }
}

/** Only a form that was accepted with the box ticked. */
export const isYes = (result: unknown): boolean =>
  isFields(result) && result.action === "accept" && isFields(result.content) && result.content.approve === true;
