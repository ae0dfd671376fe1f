import { LIMITS } from "../model/limits.ts";
import { joinLines, linesOf } from "./lines.ts";
import { readOptions, spec } from "./options.ts";
import { find, parseRegex, type Regex } from "./regex.ts";

const OPTIONS = spec("n,quiet,silent e:,expression: E,r,regexp-extended u,unbuffered s,separate");

type Address = number | "last" | Regex;
interface Command {
  readonly from?: Address;
  readonly to?: Address;
  readonly negated: boolean;
  readonly action: Action;
}
type Action =
  | {
      readonly kind: "substitute";
      readonly regex: Regex;
      readonly replacement: readonly (string | "match")[];
      readonly nth: number;
      readonly all: boolean;
      readonly print: boolean;
    }
  | { readonly kind: "transliterate"; readonly map: ReadonlyMap<string, string> }
  | { readonly kind: "print" | "delete" | "quit" };

/** The commands of sed that only edit lines: `s`, `y`, `p`, `d`, `q`. Anything else (`e` and `w` run and write): undefined. */
export function sed(args: readonly string[], stdin: string): string | undefined {
  const options = readOptions(args, OPTIONS);
  if (!options) return undefined;
  const { flags, operands } = options;
  const source = flags.get("e") ?? operands[0];
  if (
    source === undefined ||
    operands.length > (flags.has("e") ? 0 : 1) ||
    args.filter((arg) => arg.startsWith("-e") || arg.startsWith("--e")).length > 1
  )
    return undefined;
  const commands = new Script(source, flags.has("E")).read();
  const out = commands && edited(stdin, commands, flags.has("n"));
  return commands?.some(isExhausted) ? undefined : out;
}

const isExhausted = ({ from, to, action }: Command): boolean =>
  [from, to, action.kind === "substitute" ? action.regex : undefined].some(
    (part) => typeof part === "object" && part.fuel.left < 0,
  );

function edited(stdin: string, commands: readonly Command[], quiet: boolean): string | undefined {
  const { lines, open } = linesOf(stdin);
  const out: string[] = [];
  const active = commands.map(() => false);
  let size = 0;
  let last = -1;
  for (const [i, line] of lines.entries()) {
    const state = { text: line, deleted: false, quit: false };
    for (const [c, command] of commands.entries()) {
      if (!selects(command, i, lines.length, state.text, active, c)) continue;
      const printed = apply(command.action, state);
      if (printed !== undefined) {
        out.push(printed);
        last = i;
      }
      size += state.text.length;
      if (size > LIMITS.textLength * 4) return undefined;
      if (state.deleted || state.quit) break;
    }
    if (!state.deleted && !quiet) {
      out.push(state.text);
      last = i;
    }
    if (state.quit) break;
  }
  return joinLines(out, open && last === lines.length - 1);
}

function selects(command: Command, index: number, total: number, text: string, active: boolean[], c: number): boolean {
  const at = (address: Address): boolean =>
    typeof address === "number"
      ? address === index + 1
      : address === "last"
        ? index === total - 1
        : find(address, text) !== undefined;
  const { from, to } = command;
  if (from === undefined) return !command.negated;
  if (to === undefined) return at(from) !== command.negated;
  let inside = active[c] === true;
  if (inside) active[c] = !(typeof to === "number" ? index + 1 >= to : at(to));
  else if (at(from)) {
    inside = true;
    active[c] = typeof to === "number" ? index + 1 < to : true;
  }
  return inside !== command.negated;
}

/** Changes the line; what is returned is printed at once. */
function apply(action: Action, state: { text: string; deleted: boolean; quit: boolean }): string | undefined {
  switch (action.kind) {
    case "substitute": {
      const text = substituted(state.text, action);
      if (text === undefined) return undefined;
      state.text = text;
      return action.print ? text : undefined;
    }
    case "transliterate":
      state.text = Array.from(state.text, (char) => action.map.get(char) ?? char).join("");
      return undefined;
    case "print":
      return state.text;
    case "delete":
      state.deleted = true;
      return undefined;
    case "quit":
      state.quit = true;
      return undefined;
  }
}

/** Undefined: nothing to replace. */
function substituted(text: string, action: Extract<Action, { kind: "substitute" }>): string | undefined {
  let out = "";
  let done = 0;
  let count = 0;
  let changed = false;
  for (let at = 0; at <= text.length; ) {
    const found = find(action.regex, text, at);
    if (!found) break;
    const [start, end] = found;
    count++;
    if (count >= action.nth && !(end === start && start === done && changed && start > 0)) {
      out +=
        text.slice(done, start) +
        action.replacement.map((piece) => (piece === "match" ? text.slice(start, end) : piece.slice(1))).join("");
      done = end;
      changed = true;
      if (!action.all) break;
    }
    at = end > start ? end : end + 1;
    if (out.length > LIMITS.textLength) break;
  }
  return changed ? out + text.slice(done) : undefined;
}

class Script {
  private at = 0;
  private readonly source: string;
  private readonly extended: boolean;

  constructor(source: string, extended: boolean) {
    this.source = source;
    this.extended = extended;
  }

  read(): readonly Command[] | undefined {
    const out: Command[] = [];
    for (;;) {
      this.skip(/[ \t\n;]/);
      if (this.at >= this.source.length) return out;
      const command = this.command();
      if (!command || out.length > 100) return undefined;
      out.push(command);
      this.skip(/[ \t]/);
      if (this.at < this.source.length && !/[;\n]/.test(this.source[this.at] ?? "")) return undefined;
    }
  }

  private skip(blank: RegExp): void {
    while (this.at < this.source.length && blank.test(this.source[this.at] ?? "")) this.at++;
  }

  private command(): Command | undefined {
    const from = this.address();
    let to: Address | undefined;
    if (from !== undefined && this.source[this.at] === ",") {
      this.at++;
      to = this.address();
      if (to === undefined) return undefined;
    }
    this.skip(/[ \t]/);
    const negated = this.source[this.at] === "!";
    if (negated) this.at++;
    const action = this.action();
    return action && { negated, action, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  }

  private address(): Address | undefined {
    const char = this.source[this.at] ?? "";
    if (char === "$") {
      this.at++;
      return "last";
    }
    if (char === "/") {
      const pattern = this.delimited("/");
      return pattern === undefined || pattern === ""
        ? undefined
        : parseRegex(pattern, { extended: this.extended, ignoreCase: false });
    }
    const number = /^[0-9]{1,9}/.exec(this.source.slice(this.at, this.at + 10));
    if (!number) return undefined;
    this.at += number[0].length;
    return Number(number[0]);
  }

  private action(): Action | undefined {
    const letter = this.source[this.at++];
    if (letter === "p") return { kind: "print" };
    if (letter === "d") return { kind: "delete" };
    if (letter === "q") return { kind: "quit" };
    if (letter === "s") return this.substitution();
    return letter === "y" ? this.transliteration() : undefined;
  }

  /** Text up to the delimiter that stands at the current position and then once more; the second one is left to be read. */
  private delimited(delimiter: string): string | undefined {
    const start = ++this.at;
    for (let inBracket = false; this.at < this.source.length; this.at++) {
      const char = this.source[this.at];
      if (char === "\\") this.at++;
      else if (char === "[" && !inBracket) inBracket = true;
      else if (char === "]") inBracket = false;
      else if (char === delimiter && !inBracket)
        return this.source.slice(start, this.at++).replaceAll(`\\${delimiter}`, delimiter);
    }
    return undefined;
  }

  private pair(): readonly [string, string] | undefined {
    const delimiter = this.source[this.at] ?? "\n";
    if (delimiter === "\\" || delimiter === "\n") return undefined;
    const first = this.delimited(delimiter);
    if (first === undefined) return undefined;
    this.at--;
    const second = this.delimited(delimiter);
    return second === undefined ? undefined : [first, second];
  }

  private substitution(): Action | undefined {
    const pair = this.pair();
    const flags = /^[0-9gpiI]{0,8}/.exec(this.source.slice(this.at, this.at + 8))?.[0] ?? "";
    this.at += flags.length;
    if (!pair || pair[0] === "") return undefined;
    const regex = parseRegex(pair[0], { extended: this.extended, ignoreCase: /i/i.test(flags) });
    const replacement = replacementOf(pair[1]);
    const nth = Number(/[0-9]+/.exec(flags)?.[0] ?? "1");
    return (
      regex &&
      replacement && { kind: "substitute", regex, replacement, nth, all: flags.includes("g"), print: flags.includes("p") }
    );
  }

  private transliteration(): Action | undefined {
    const pair = this.pair();
    const [from, to] = (pair ?? ["", "x"]).map((text) => Array.from(text.replaceAll("\\n", "\n").replaceAll("\\\\", "\\")));
    if (!from || !to || from.length !== to.length) return undefined;
    return { kind: "transliterate", map: new Map(from.map((char, i) => [char, to[i] ?? ""])) };
  }
}

/** Text pieces are marked by a first character that is dropped, so that a text `match` is no match. Groups: undefined. */
function replacementOf(text: string): readonly (string | "match")[] | undefined {
  const out: string[] = [];
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? "";
    if (char === "&") out.push("match");
    else if (char !== "\\") out.push(`=${char}`);
    else {
      const next = text[++i] ?? "";
      if (/[0-9A-Za-z]/.test(next) && next !== "n" && next !== "t") return undefined;
      out.push(`=${next === "n" ? "\n" : next === "t" ? "\t" : next}`);
    }
  }
  return out;
}
