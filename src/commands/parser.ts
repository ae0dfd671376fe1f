import type { OperandSpec, OptionSpec, ParsingMode } from "../knowledge/command.ts";
import { type Argument, concat, exact, exactText, prefixOf, type Value } from "../model/value.ts";
import type { Given } from "./call.ts";
import { holds } from "./conditions.ts";
import { always, givenOf, part } from "./given.ts";
import { abbreviated, besides, type Grammar, shapeOf, subcommandOf } from "./grammar.ts";
import { assign, isAssignment } from "./operands.ts";
import type { Parsed } from "./parsed.ts";
import { Reader } from "./reader.ts";
import { isHidden } from "./scan.ts";

/** No option has a longer name. */
const LONGEST = 64;
const DIGITS = "0123456789";

/** Reads words from left to right, as getopt and its kin do. One per reading. */
export class Parser extends Reader {
  private readonly program: string;
  private mode: ParsingMode;
  private dashed = false;
  private operands: Given[] = [];
  /** Operands at the front that are `NAME=VALUE`. */
  private assignments = 0;
  private readonly subcommand: Value[] = [];
  private external: readonly Argument[] | undefined;
  private choice: number | undefined;

  constructor(grammar: Grammar, args: readonly Argument[], program: string) {
    super(grammar, args);
    this.mode = grammar.spec.mode;
    this.program = program;
    this.given.set("PROGRAM", [always(exact(program))]);
  }

  run(): Parsed {
    for (let argument = this.args[this.at]; argument; argument = this.args[this.at]) {
      this.at++;
      this.word(argument);
    }
    const { assigned, surplus } = assign(this.operands, this.pattern(), this.grammar);
    for (const { name, given } of assigned) this.give(name, given);
    const { program, grammar, args, options, given, inert, strange, subcommand } = this;
    const parsed: { -readonly [key in keyof Parsed]: Parsed[key] } = {
      program,
      grammar,
      args,
      options,
      given,
      inert,
      surplus,
      strange,
      subcommand,
    };
    if (this.external) parsed.external = this.external;
    if (this.choice !== undefined) parsed.choice = this.choice;
    return parsed;
  }

  private pattern(): readonly OperandSpec[] {
    const { operands } = this.grammar.spec;
    if (operands.length === 1) return operands[0]?.pattern ?? [];
    const facts = { options: this.options, given: this.given, grammar: this.grammar };
    return operands.find(({ when }) => !when || holds(when, facts) !== "no")?.pattern ?? [];
  }

  private word(argument: Argument): void {
    if (this.ended || this.mode === "none") {
      this.operand(argument);
      return;
    }
    const { value } = argument;
    const prefix = prefixOf(value);
    if (value.kind === "oneOf" && this.choice === undefined && value.texts.some((text) => this.isOptionLike(text)))
      this.choice = this.at - 1;
    if (this.grammar.spec.bundleFirst && this.at === 1 && !prefix.startsWith("-") && value.kind !== "oneOf") {
      this.bundle(argument, prefix);
      return;
    }
    if (value.kind === "oneOf" || prefix === "") {
      this.operand(argument);
      return;
    }
    if (prefix !== "--" && this.listed(argument)) return;
    if (this.mode === "assignments" && this.assignment(argument, prefix)) return;
    const lead = prefix.charAt(0);
    if (lead === "-") {
      this.dash(argument, prefix);
      return;
    }
    if (lead === "+" && prefix.length > 1 && (this.grammar.plus || this.grammar.numbers.has("+"))) this.short(argument, prefix);
    else if (this.mode !== "expression" || prefix.length > 1 || !"(),!".includes(prefix)) this.operand(argument);
  }

  private isOptionLike(text: string): boolean {
    if (this.grammar.spec.bundleFirst && this.at === 1) return true;
    return (
      (text.length > 1 && text.startsWith("-")) ||
      this.grammar.options.has(text) ||
      (this.mode === "assignments" && text.includes("="))
    );
  }

  /** The whole word is the name of an option. */
  private listed(argument: Argument): boolean {
    const text = exactText(argument.value);
    const option = text === undefined ? undefined : this.grammar.options.get(text);
    if (!option || text?.endsWith("NUM")) return false;
    this.take(option, argument);
    return true;
  }

  private dash(argument: Argument, prefix: string): void {
    const whole = argument.value.kind === "exact";
    if (prefix === "-" && whole) {
      this.operand(argument);
      return;
    }
    if (prefix === "--" && whole) {
      this.listed(argument);
      this.ended = true;
      this.dashed = true;
      return;
    }
    if (prefix.startsWith("--") || this.mode === "single-dash" || this.mode === "expression") {
      this.long(argument, prefix);
      return;
    }
    if (prefix === "-") {
      this.stranger("hidden", "-", argument);
      return;
    }
    this.short(argument, prefix);
  }

  private long(argument: Argument, prefix: string): void {
    const sign = prefix.indexOf("=");
    if (sign < 0 && argument.value.kind !== "exact") {
      const glued = this.lettered(argument, prefix);
      if (!glued) this.stranger("hidden", prefix, argument);
      return;
    }
    const name = sign < 0 ? prefix : prefix.slice(0, sign);
    const glued = sign < 0 ? undefined : part(argument, sign + 1);
    const option = this.grammar.options.get(name) ?? this.grammar.options.get(`${name}=`) ?? this.doubleDash(name);
    if (option) {
      this.take(option, argument, glued);
      return;
    }
    const candidates = abbreviated(this.grammar, name);
    const [only] = candidates;
    if (only && candidates.every((candidate) => candidate === only || (candidate.inert && only.inert))) {
      this.take(only, argument, glued);
      return;
    }
    if (only) {
      for (const candidate of candidates) this.options.set(candidate, this.options.get(candidate) ?? "maybe");
      this.stranger("ambiguous", name, argument, glued);
      return;
    }
    if (this.numeric(argument, prefix, 1) || this.lettered(argument, prefix)) return;
    this.unlisted(name, argument, glued);
  }

  /** terraform and openssl take `--name` for `-name`. */
  private doubleDash(name: string): OptionSpec | undefined {
    return this.mode === "single-dash" && name.startsWith("--") ? this.grammar.options.get(name.slice(1)) : undefined;
  }

  /** `-Dname=value`, `-O3` among options with long names. */
  private lettered(argument: Argument, prefix: string): boolean {
    if (prefix.startsWith("--") || prefix.length < 2) return false;
    for (let length = Math.min(prefix.length - 1, LONGEST); length >= 2; length--) {
      const option = this.grammar.options.get(prefix.slice(0, length));
      const first = option?.args[0];
      if (!option || !first || (length > 2 && !first.optional)) continue;
      this.take(option, argument, part(argument, length));
      return true;
    }
    return false;
  }

  /** `-xvf FILE`, `-fFILE`, `-5`. */
  private short(argument: Argument, prefix: string): void {
    const sign = prefix.charAt(0);
    if (this.longShort(argument, prefix)) return;
    for (let k = 1; k < prefix.length; k++) {
      const option = this.grammar.options.get(sign + prefix.charAt(k));
      if (!option) {
        const end = this.numeric(argument, prefix, k);
        if (end) {
          k = end - 1;
          continue;
        }
        this.unlisted(sign + prefix.charAt(k), argument, k + 1 < prefix.length ? part(argument, k + 1) : undefined);
        return;
      }
      if (option.args.length === 0) {
        this.take(option, argument);
        continue;
      }
      const more = k + 1 < prefix.length || argument.value.kind !== "exact";
      // Go's flag packages take `-v=VALUE` for `-v VALUE`.
      const skip = prefix.charAt(k + 1) === "=" && prefix.length > k + 2 ? k + 2 : k + 1;
      this.take(option, argument, more ? part(argument, skip) : undefined);
      return;
    }
    if (argument.value.kind !== "exact") this.stranger("hidden", prefix, argument);
  }

  /** `-name=value` where `-name` is listed. */
  private longShort(argument: Argument, prefix: string): boolean {
    const equals = prefix.indexOf("=");
    const option = equals > 2 ? this.grammar.options.get(prefix.slice(0, equals)) : undefined;
    if (!option) return false;
    this.take(option, argument, part(argument, equals + 1));
    return true;
  }

  /** `-20`: the digits are the argument NUM. Where the digits end. */
  private numeric(argument: Argument, prefix: string, start: number): number | undefined {
    const option = this.grammar.numbers.get(prefix.charAt(0));
    let end = start;
    while (end < prefix.length && DIGITS.includes(prefix.charAt(end))) end++;
    if (!option || end === start) return undefined;
    this.options.set(option, "yes");
    const first = option.args[0]?.name ?? "NUM";
    this.give(first, {
      ...part(argument, start),
      value: { kind: "exact", text: prefix.slice(start, end) },
      group: ++this.groups,
      settled: true,
    });
    return end;
  }

  /** tar's and ps's first word: letters, whose arguments follow in order. */
  private bundle(argument: Argument, prefix: string): void {
    if (argument.value.kind !== "exact") {
      this.stranger("hidden", prefix, argument);
      return;
    }
    for (const letter of prefix) {
      const option = this.grammar.options.get(`-${letter}`);
      if (option) this.take(option, argument);
      else this.stranger("option", `-${letter}`, argument);
    }
  }

  private assignment(argument: Argument, prefix: string): boolean {
    const equals = prefix.indexOf("=");
    if (equals <= 0 || prefix.startsWith("-")) return false;
    const option = this.grammar.options.get(prefix.slice(0, equals + 1));
    if (option) this.take(option, argument, part(argument, equals + 1));
    else this.unlisted(prefix.slice(0, equals + 1), argument, part(argument, equals + 1));
    return true;
  }

  private operand(argument: Argument): void {
    if (this.operands.length === 0 && this.grammar.subcommands.size > 0 && this.descend(argument)) return;
    if (this.stopped() && this.resumes(argument)) return;
    const given = givenOf(argument, 0, this.ended && this.dashed);
    if (this.grammar.spec.stopsAt !== undefined && this.assignments === this.operands.length && isAssignment(given))
      this.assignments++;
    this.operands.push(given);
    if (this.mode === "options-first" || this.stopped()) this.ended = true;
  }

  /** The first operand names a subcommand, if it can. */
  private descend(argument: Argument): boolean {
    const { value } = argument;
    const text = exactText(value);
    const child = text === undefined ? undefined : this.childNamed(text);
    if (child) {
      this.enter(child, value);
      return true;
    }
    if (value.kind === "oneOf" && this.choice === undefined) this.choice = this.at - 1;
    if (this.pattern().length > 0) return false;
    const rest = this.args.slice(this.at);
    this.at = this.args.length;
    this.subcommand.push(value);
    if (this.grammar.spec.external !== undefined) this.external = [argument, ...rest];
    else this.strange.push({ kind: isHidden(value) ? "hidden" : "subcommand", name: text ?? "", argument, rest });
    return true;
  }

  private childNamed(text: string): Grammar | undefined {
    const typed = exactText(this.subcommand.at(-1));
    return subcommandOf(this.grammar, text) ?? (typed === undefined ? undefined : besides(this.grammar, typed, text));
  }

  private enter(child: Grammar, value: Value): void {
    this.grammar = child;
    this.mode = child.spec.mode;
    this.operands = [];
    this.assignments = 0;
    this.subcommand.push(value);
    const words: Value[] = [];
    for (const word of this.subcommand) words.push(...(words.length > 0 ? [exact(" "), word] : [word]));
    this.given.set("SUBCOMMAND", [always(concat(words))]);
  }

  /** The operand after which words are taken as they stand has begun. */
  private stopped(): boolean {
    const { stopsAt } = this.grammar.spec;
    if (stopsAt === undefined || this.operands.length === 0) return false;
    let taken = 0;
    for (const spec of this.pattern()) {
      if (spec.name === stopsAt) return this.operands.length > taken;
      taken += spec.many && shapeOf(this.grammar, spec.name) === "key=value" ? this.assignments : 1;
    }
    return false;
  }

  /** A word of `until` ends such an operand; it is then read as an option if it is one. */
  private resumes(argument: Argument): boolean {
    const text = exactText(argument.value);
    if (text === undefined || !this.grammar.until.has(text)) return false;
    this.listed(argument);
    return true;
  }
}
