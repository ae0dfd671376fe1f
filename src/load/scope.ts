import type { CommandSpec, Condition, OptionSpec, Shape } from "../knowledge/command.ts";
import { ALWAYS, compileCondition } from "./condition.ts";
import { nearest, suggest } from "./nearest.ts";
import type { Path, Source } from "./source.ts";
import { ALWAYS_THERE } from "./synopsis.ts";

/** The options and arguments that statements of a command or subcommand may name; those of its parents too. */
export class Scope {
  readonly source: Source;
  /** Where the command or subcommand stands in its file. */
  readonly path: Path;
  readonly options: { readonly spec: OptionSpec; readonly path: Path }[] = [];
  readonly types = new Map<string, Shape>();
  private readonly children: Scope[] = [];
  private readonly parent: Scope | undefined;
  private readonly byName = new Map<string, OptionSpec>();
  private readonly operands = new Set<string>();
  /** Arguments of options that are not inert. */
  private readonly takesArgument = new Set<string>();
  private readonly used = new Set<OptionSpec | string>();

  constructor(source: Source, path: Path, parent?: Scope) {
    this.source = source;
    this.path = path;
    this.parent = parent;
    parent?.children.push(this);
  }

  addOption(spec: OptionSpec, path: Path): void {
    this.options.push({ spec, path });
    if (!spec.inert) for (const arg of spec.args) this.takesArgument.add(arg.name);
    for (const name of spec.names) {
      if (this.byName.has(name)) this.source.problem(path, `option ${name} is listed twice`, "key");
      this.byName.set(name, spec);
    }
  }

  addOperand(name: string): void {
    this.operands.add(name);
  }

  hasOperand(name: string): boolean {
    return this.operands.has(name);
  }

  /** Takes over what another spec declares, where this one has nothing of the same name. */
  borrow(base: CommandSpec): void {
    for (const spec of base.options) {
      if (spec.names.some((name) => this.byName.has(name))) continue;
      this.options.push({ spec, path: this.path });
      if (!spec.inert) for (const arg of spec.args) this.takesArgument.add(arg.name);
      for (const name of spec.names) this.byName.set(name, spec);
      this.used.add(spec);
    }
    for (const { pattern } of base.operands) for (const operand of pattern) this.operands.add(operand.name);
    for (const [name, shape] of Object.entries(base.types)) if (!this.types.has(name)) this.types.set(name, shape);
  }

  /** Says so if a table names an argument that neither this command nor any of its subcommands has. */
  checkNames(table: string, names: readonly string[]): void {
    const known = [...this.argumentNames(), ...this.innerNames()];
    for (const name of names) {
      if (name === "*" || known.includes(name)) continue;
      this.source.problem([...this.path, table, name], `no option or operand is called "${name}"${suggest(name, known)}`, "key");
    }
  }

  private innerNames(): readonly string[] {
    const inert = this.options.filter(({ spec }) => spec.inert).flatMap(({ spec }) => spec.args.map((arg) => arg.name));
    return [...this.operands, ...inert, ...this.children.flatMap((child) => [...child.argumentNames(), ...child.innerNames()])];
  }

  /** Arguments that can be named here. */
  argumentNames(): readonly string[] {
    const own = [...this.operands, ...this.takesArgument];
    return [...new Set([...own, ...(this.parent?.argumentNames() ?? ALWAYS_THERE)])];
  }

  /** Uses an argument; says so if there is none of that name. */
  argument(name: string, path: Path): boolean {
    if (!this.knows(name)) {
      const inert = this.options.find(({ spec }) => spec.args.some((arg) => arg.name === name));
      const why = inert ? `; its option ${inert.spec.names[0]} is listed inert` : suggest(name, this.argumentNames());
      this.source.problem(path, `no option or operand is called "${name}"${why}`);
      return false;
    }
    for (let scope: Scope | undefined = this; scope; scope = scope.parent) scope.used.add(name);
    return true;
  }

  private knows(name: string): boolean {
    if (this.operands.has(name) || this.takesArgument.has(name)) return true;
    return this.parent ? this.parent.knows(name) : ALWAYS_THERE.includes(name);
  }

  shape(name: string): Shape {
    return this.types.get(name) ?? this.parent?.shape(name) ?? "text";
  }

  condition(texts: readonly string[] | undefined, path: Path): Condition | undefined {
    if (texts === undefined) return undefined;
    if (texts.length === 1 && texts[0] === "true") return ALWAYS;
    return compileCondition(texts, {
      option: (name) => this.option(name, path),
      argument: (name) => this.argument(name, path),
      complain: (message) => this.source.problem(path, message),
    });
  }

  /** Says which of its own options do nothing, once all statements have been read. */
  reportUnused(): void {
    for (const { spec, path } of this.options) {
      if (spec.inert || this.used.has(spec) || spec.args.some((arg) => this.used.has(arg.name))) continue;
      this.source.problem(path, `option ${spec.names.join(", ")} is used by no statement; use it, or list it under inert`, "key");
    }
  }

  /** The first name of an option; says so if there is none. */
  option(name: string, path: Path): string | undefined {
    const names: string[] = [];
    for (let scope: Scope | undefined = this; scope; scope = scope.parent) {
      const spec = scope.byName.get(name);
      names.push(...scope.byName.keys());
      if (!spec) continue;
      if (spec.inert) this.source.problem(path, `option ${name} is listed inert, yet used`);
      scope.used.add(spec);
      return spec.names[0];
    }
    const near = nearest(name, names);
    const why = near === undefined ? " (arguments are capitals)" : `; did you mean "${near}"?`;
    this.source.problem(path, `there is no option "${name}"${why}`);
    return undefined;
  }
}
