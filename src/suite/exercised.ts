import { bindParsed } from "../commands/bind.ts";
import { parseAll } from "../commands/parse.ts";
import type { CommandSpec, OptionSpec, Statement } from "../knowledge/command.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import type { Verdict } from "../model/finding.ts";
import type { Invocation } from "../model/invocation.ts";
import { exactText } from "../model/value.ts";

/** Keys of what can be exercised; a program's by its id, so that its other names share them. */
export const ruleKey = (id: string): string => `rule ${id}`;
export const rowKey = (profile: string, row: string): string => `row ${profile}: ${row}`;
export const statementKey = (spec: CommandSpec, at: number): string => `statement ${spec.id} ${at}`;
export const variableKey = (spec: CommandSpec, at: number): string => `variable ${spec.id} ${at}`;
export const optionKey = (spec: CommandSpec, option: OptionSpec): string => `option ${spec.id} ${option.names[0] ?? ""}`;

/** What cases have exercised, as keys. */
export class Exercised {
  readonly keys = new Set<string>();
  private readonly knowledge: Knowledge;

  constructor(knowledge: Knowledge) {
    this.knowledge = knowledge;
  }

  add(verdict: Verdict): void {
    for (const { rule } of verdict.findings) this.keys.add(ruleKey(rule));
    for (const { row } of verdict.reasons) this.keys.add(rowKey(verdict.profile, row));
    for (const invocation of verdict.invocations) this.invocation(invocation);
  }

  /** The command's facts say again what they say of this call, and now also which of their statements said it. */
  private invocation({ program, args, env, span }: Invocation): void {
    const any = env.size > 0 ? this.knowledge.command("*") : undefined;
    for (const [at, { name }] of any?.env.entries() ?? []) if (any && env.has(name)) this.keys.add(variableKey(any, at));
    const path = exactText(program);
    const name = path?.slice(path.lastIndexOf("/") + 1);
    const spec = name === undefined ? undefined : this.knowledge.command(name);
    if (name === undefined || !spec) return;
    const call = { program: name, args, env, stdin: { lines: [], more: true }, span };
    for (const parsed of parseAll(spec, args, name)) {
      const { fired } = bindParsed(parsed, call);
      const options = new Set([...parsed.options].flatMap(([option, truth]) => (truth === "no" ? [] : [option])));
      for (const grammar of parsed.grammar.lineage) this.spec(grammar.spec, new Set(fired), options);
    }
  }

  private spec(spec: CommandSpec, fired: ReadonlySet<Statement>, options: ReadonlySet<OptionSpec>): void {
    for (const [at, statement] of spec.does.entries()) if (fired.has(statement)) this.keys.add(statementKey(spec, at));
    for (const [at, { statement }] of spec.env.entries()) if (fired.has(statement)) this.keys.add(variableKey(spec, at));
    for (const option of spec.options) if (options.has(option)) this.keys.add(optionKey(spec, option));
  }
}
