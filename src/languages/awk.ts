import type { Binding, End } from "../model/binding.ts";
import { type Argument, concat, exact, exactText, unknown, type Value } from "../model/value.ts";
import { type Token, tokenize } from "./awk-tokens.ts";
import { Draft } from "./binding-parts.ts";

const FIELDS: Value = unknown("file", "a field");
/** Nobody writes one text of so many parts. */
const MOST_PARTS = 256;
const STDIN: End = { kind: "stdin" };

/**
 * An awk program (gawk 5.2 manual): `system`, pipes, `getline` and redirected output leave it; gawk's `/inet/tcp/0/HOST/PORT` files are
 * sockets. Undefined when the text is not known.
 */
export function readAwk(code: Argument): Binding | undefined {
  const text = exactText(code.value) ?? knownPart(code);
  if (text === undefined) return undefined;
  return new Awk(tokenize(text), code).read();
}

function knownPart(code: Argument): string | undefined {
  if (code.value.kind !== "pattern") return undefined;
  const foreign = code.value.pieces.some(
    (piece) => typeof piece !== "string" && (piece.origin.by === "network" || piece.origin.by === "input"),
  );
  return foreign ? undefined : code.value.pieces.map((piece) => (typeof piece === "string" ? piece : "x")).join("");
}

class Awk {
  private readonly tokens: readonly Token[];
  private readonly draft: Draft;
  /** Variables by the last text assigned to them. */
  private readonly variables = new Map<string, Value>();

  constructor(tokens: readonly Token[], code: Argument) {
    this.tokens = tokens;
    this.draft = new Draft(code);
  }

  read(): Binding {
    for (let i = 0; i < this.tokens.length; i++) this.step(i);
    return this.draft.binding();
  }

  private step(i: number): void {
    const token = this.tokens[i];
    if (!token) return;
    if (token.kind === "name") {
      if (token.text === "system" && this.is(i + 1, "(")) this.draft.shell(this.operand(i + 2, [")"]));
      else if (token.text === "print" || token.text === "printf") this.output(i + 1);
      else if (token.text === "getline") this.getline(i);
      else if (this.is(i + 1, "=")) this.assign(token.text, i + 2);
      else if (token.text === "@load") this.draft.opaque("an awk extension is loaded");
    } else if (token.text.startsWith("|&")) this.coprocess(i);
  }

  private is(i: number, text: string): boolean {
    const token = this.tokens[i];
    return token?.kind === "sign" && token.text === text;
  }

  private assign(name: string, i: number): void {
    const value = this.operand(i, [";", "\n", "}", ")"]);
    const before = this.variables.get(name);
    const text = exactText(value);
    this.variables.set(name, before && (text === undefined || exactText(before) !== text) ? unknown("author", name) : value);
  }

  /** Concatenation of strings and variables up to one of these signs; anything else in it hides the text. */
  private operand(start: number, ends: readonly string[]): Value {
    const parts: Value[] = [];
    for (let i = start, depth = 0; i < this.tokens.length; i++) {
      const token = this.tokens[i];
      if (!token) break;
      if (depth === 0 && token.kind === "sign" && (ends.includes(token.text) || token.text === "\n" || token.text === "}")) break;
      if (token.kind === "string") parts.push(exact(token.text));
      else if (token.kind === "name")
        parts.push(this.variables.get(token.text) ?? (token.text === "ENVIRON" ? unknown("operator", "ENVIRON") : FIELDS));
      else if (token.kind === "sign" && token.text === "(") depth++;
      else if (token.kind === "sign" && token.text === ")") depth--;
      else if (token.kind === "number") parts.push(exact(token.text));
      else if (token.kind === "sign" && token.text === "$") parts.push(FIELDS);
      else if (token.kind === "regex") return FIELDS;
      if (parts.length > MOST_PARTS) return FIELDS;
    }
    return parts.length > 0 ? concat(parts) : FIELDS;
  }

  /** `print … > FILE`, `>> FILE`, `| COMMAND`, up to the end of the statement. */
  private output(start: number): void {
    let depth = 0;
    for (let i = start; i < this.tokens.length; i++) {
      const token = this.tokens[i];
      if (token?.kind !== "sign") continue;
      if (token.text === "(" || token.text === "[") depth++;
      else if (token.text === ")" || token.text === "]") depth--;
      else if (depth <= 0 && (token.text === ";" || token.text === "\n" || token.text === "}")) return;
      else if (depth <= 0 && (token.text === ">" || token.text === ">>")) {
        this.toFile(this.operand(i + 1, [";"]), token.text === ">>");
        return;
      } else if (depth <= 0 && (token.text === "|" || token.text === "|&")) {
        this.toCommand(this.operand(i + 1, [";"]));
        return;
      }
    }
  }

  private toFile(name: Value, append: boolean): void {
    const text = exactText(name);
    if (text === "/dev/stdout" || text === "/dev/stderr" || text === "-") return;
    const host = text === undefined ? undefined : inetOf(text);
    if (host) this.draft.edge(STDIN, this.connect(host));
    else this.draft.writes(name, STDIN, append);
  }

  private toCommand(command: Value): void {
    const host = inetOf(exactText(command) ?? "");
    if (host) this.draft.edge({ kind: "process" }, this.connect(host));
    else this.draft.shell(command, { stdinFrom: STDIN });
  }

  private connect(host: { readonly name: string; readonly port: string }): End {
    const on = { kind: "host" as const, value: exact(host.name), port: exact(host.port), scheme: "tcp" };
    this.draft.effects.push({ kind: "connect", on, attributes: {}, span: this.draft.span });
    return { kind: "resource", on, span: this.draft.span };
  }

  /** `getline < FILE`, `COMMAND | getline`. */
  private getline(i: number): void {
    for (let j = i + 1; j < Math.min(i + 4, this.tokens.length); j++) {
      if (!this.is(j, "<")) continue;
      const name = this.operand(j + 1, [")", ";"]);
      const host = inetOf(exactText(name) ?? "");
      if (host) this.draft.edge(this.connect(host), { kind: "stdout" });
      else if (exactText(name) !== "-") this.draft.reads(name);
      return;
    }
    if (this.is(i - 1, "|") || this.is(i - 1, "|&")) this.piped(i - 2);
  }

  private piped(end: number): void {
    const token = this.tokens[end];
    const command =
      token?.kind === "string" ? exact(token.text) : token?.kind === "name" ? (this.variables.get(token.text) ?? FIELDS) : FIELDS;
    const host = inetOf(exactText(command) ?? "");
    if (host) this.draft.edge(this.connect(host), { kind: "code", language: "shell" });
    else this.draft.shell(command);
  }

  private coprocess(i: number): void {
    if (this.tokens[i + 1]?.kind === "name" && this.tokens[i + 1]?.text === "getline") return;
    const command = this.operand(i + 1, [";", ")"]);
    if (inetOf(exactText(command) ?? "")) this.toCommand(command);
  }
}

/** gawk: `/inet/tcp/0/HOST/PORT`, `/inet4/udp/LPORT/HOST/PORT`. */
function inetOf(text: string): { readonly name: string; readonly port: string } | undefined {
  if (!text.startsWith("/inet")) return undefined;
  const [, , , , name = "", port = ""] = text.split("/");
  return { name, port };
}
