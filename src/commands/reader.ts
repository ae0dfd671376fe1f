import type { OptionSpec } from "../knowledge/command.ts";
import { LIMITS } from "../model/limits.ts";
import type { Truth } from "../model/truth.ts";
import { type Argument, exactText, prefixOf } from "../model/value.ts";
import type { Given } from "./call.ts";
import { givenOf } from "./given.ts";
import type { Grammar } from "./grammar.ts";
import type { Strange } from "./parsed.ts";

/** Words that are still to be read, and what those before were found to be. */
export class Reader {
  protected readonly args: readonly Argument[];
  protected grammar: Grammar;
  protected at = 0;
  /** From here on all is operands: after `--`, after the first operand where options come first. */
  protected ended = false;
  protected groups = 0;
  protected readonly options = new Map<OptionSpec, Truth>();
  protected readonly given = new Map<string, Given[]>();
  protected readonly inert: Given[] = [];
  protected readonly strange: Strange[] = [];

  constructor(grammar: Grammar, args: readonly Argument[]) {
    this.grammar = grammar;
    this.args = args.length > LIMITS.arguments ? args.slice(0, LIMITS.arguments) : args;
  }

  /** Notes an option and reads its arguments; `glued` is what is written against it. */
  protected take(option: OptionSpec, argument: Argument, glued?: Argument): void {
    const group = ++this.groups;
    const [first] = option.args;
    if (!first && glued && exactText(glued.value) === "false") return;
    this.options.set(option, "yes");
    if (!first && glued) this.inert.push(givenOf(glued, group, false));
    let left = glued;
    for (const arg of option.args) {
      if (left) this.store(option, arg.name, givenOf(left, group, true));
      else if (arg.many) this.words(option, arg.name, group);
      else if (!arg.optional) {
        const next = this.args[this.at];
        if (next) this.store(option, arg.name, givenOf(next, group, true));
        if (next) this.at++;
      }
      left = undefined;
    }
    if (this.grammar.ends.has(option)) this.ended = true;
    if (argument.value.from && !first) this.inert.push(givenOf(argument, group, false));
  }

  /** The words of `COMMAND...`, up to one of `until`; find's `+` ends only after `{}`. */
  protected words(option: OptionSpec, name: string, group: number): void {
    for (let next = this.args[this.at]; next; next = this.args[this.at]) {
      const text = exactText(next.value);
      this.at++;
      if (text !== undefined && this.grammar.until.has(text)) {
        const before = this.args[this.at - 2];
        if (text !== "+" || (before && exactText(before.value) === "{}")) break;
      }
      this.store(option, name, givenOf(next, group, true));
    }
  }

  protected store(option: OptionSpec, name: string, given: Given): void {
    if (option.inert) this.inert.push(given);
    else this.give(name, given);
  }

  protected give(name: string, given: Given): void {
    const list = this.given.get(name);
    if (list) list.push(given);
    else this.given.set(name, [given]);
  }

  /** An option in neither list. */
  protected unlisted(name: string, argument: Argument, glued: Argument | undefined): void {
    const other = this.grammar.otherOptions;
    if (other === undefined) {
      this.stranger("option", name, argument, glued);
      return;
    }
    const next = this.args[this.at];
    const follows = next && !prefixOf(next.value).startsWith("-");
    if (glued) this.give(other, givenOf(glued, ++this.groups, true));
    else if (follows) {
      this.give(other, givenOf(next, ++this.groups, true));
      this.at++;
    }
  }

  protected stranger(kind: Strange["kind"], name: string, argument: Argument, glued?: Argument): void {
    this.strange.push({ kind, name, argument, rest: glued ? [glued] : [] });
  }
}
