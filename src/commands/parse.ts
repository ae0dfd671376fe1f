import type { CommandSpec } from "../knowledge/command.ts";
import type { Argument } from "../model/value.ts";
import { exact } from "../model/value.ts";
import { grammarOf } from "./grammar.ts";
import type { Parsed } from "./parsed.ts";
import { Parser } from "./parser.ts";

/** Ways of reading one call that are followed. */
const MOST = 8;

/** Tells the words of a call apart: options, their arguments, operands, subcommands. */
export function parse(spec: CommandSpec, args: readonly Argument[], program: string = spec.id): Parsed {
  return new Parser(grammarOf(spec), args, program).run();
}

/** One reading, or one for each text of a word that is one of several: `tar {-c,-x}`. */
export function parseAll(spec: CommandSpec, args: readonly Argument[], program: string): readonly Parsed[] {
  const first = parse(spec, args, program);
  if (first.choice === undefined) return [first];
  const done: Parsed[] = [];
  const open: (readonly Argument[])[] = [args];
  for (let next = open.shift(); next; next = open.shift()) {
    const parsed = parse(spec, next, program);
    const word = parsed.choice === undefined ? undefined : next[parsed.choice];
    if (word?.value.kind !== "oneOf" || done.length + open.length + word.value.texts.length > MOST) {
      done.push(parsed);
      continue;
    }
    const { texts, from } = word.value;
    for (const text of texts)
      open.push(next.map((argument) => (argument === word ? { ...word, value: exact(text, from) } : argument)));
  }
  return done;
}
