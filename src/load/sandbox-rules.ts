import { z } from "zod";
import type { ContainmentRule, Escape, SandboxCondition, SandboxKnowledge, SandboxRule } from "../knowledge/sandbox.ts";
import type { NamedSet } from "../knowledge/set.ts";
import { SEVERITIES } from "../model/finding.ts";
import { ASPECTS, MOUNT_KINDS, NAMESPACES, RUNTIMES, type Sandbox } from "../model/sandbox.ts";
import { CAPABILITIES } from "../model/sandbox-defaults.ts";
import { suggest } from "./nearest.ts";
import { present } from "./present.ts";
import { ConditionCompiler } from "./rule-conditions.ts";
import { compileSandbox } from "./sandbox.ts";
import { sandboxParts } from "./sandbox-schema.ts";
import { mapping, oneOrMore, someOf, text, texts } from "./schema.ts";
import type { Path, Source } from "./source.ts";

const attack = z
  .array(text.regex(/^T\d{4}(\.\d{3})?$/, "expected a technique of MITRE ATT&CK, like T1611"))
  .min(1, "is an empty list");
const flag = z.enum(["true", "false"], "expected true or false").transform((word) => word === "true");

const checkSchema = mapping({
  id: text,
  title: text,
  severity: z.enum(SEVERITIES),
  message: text,
  fix: text,
  attack,
  when: z.unknown(),
  covers: texts.optional(),
  examples: mapping({
    match: z.array(z.unknown()).min(1, "is an empty list"),
    no_match: z.array(z.unknown()).min(1, "is an empty list"),
  }),
});
const escapeSchema = mapping({
  id: text,
  title: text,
  message: text,
  remediation: text,
  attack,
  when: z.unknown(),
  needs: z.unknown(),
  tries: texts.min(1, "is an empty list"),
  permitted_by: z.unknown(),
  stopped_by: z.unknown(),
});
const containmentSchema = mapping({
  id: text,
  title: text,
  severity: z.enum(SEVERITIES),
  message: text,
  remediation: text,
  attack,
});

const DOCUMENTS = {
  checks: mapping({ checks: text, about: text, rules: z.array(z.unknown(), "expected a list of rules") }),
  escapes: mapping({ escapes: text, about: text, techniques: z.array(z.unknown(), "expected a list of techniques") }),
  containment: mapping({
    containment: text,
    about: text,
    rules: z.array(z.unknown(), "expected a list of rules"),
    lowers: texts,
    registries: z.array(mapping({ programs: texts, hosts: texts })),
  }),
};

/** First keys of documents that are about sandboxes rather than commands. */
export const SANDBOX_DOCUMENTS: readonly string[] = Object.keys(DOCUMENTS);

/** A sandbox that a rule fires on, or does not. */
export interface SandboxExample {
  readonly file: string;
  readonly line: number;
  readonly of: string;
  readonly sandbox: Sandbox;
  readonly matches: boolean;
}

/** A command that tries a way out, in the sandbox that lets it through and in the one that stops it. */
export interface EscapeExample {
  readonly file: string;
  readonly line: number;
  readonly of: string;
  readonly command: string;
  readonly permits: Sandbox;
  readonly stops: Sandbox;
}

export interface CompiledSandboxes {
  readonly data: SandboxKnowledge;
  readonly checks: readonly SandboxExample[];
  readonly escapes: readonly EscapeExample[];
}

/** Compiles what is known of sandboxes; problems stay with the sources. */
export function compileSandboxRules(sources: readonly Source[], sets: readonly NamedSet[]): CompiledSandboxes {
  const out = {
    checks: [] as SandboxRule[],
    escapes: [] as Escape[],
    containment: [] as ContainmentRule[],
    lowers: [] as string[],
    registries: [] as SandboxKnowledge["registries"][number][],
  };
  const checks: SandboxExample[] = [];
  const escapes: EscapeExample[] = [];
  for (const source of sources) {
    const compiler = new SandboxCompiler(source, sets);
    if (source.problems.length > 0) continue;
    const kind = Object.keys(source.value as object)[0];
    if (kind === "checks") {
      const file = source.check([], DOCUMENTS.checks, source.value);
      file?.rules.forEach((raw, i) => {
        const rule = compiler.check(raw, ["rules", i], file.checks, checks);
        if (rule) out.checks.push(rule);
      });
    } else if (kind === "escapes") {
      const file = source.check([], DOCUMENTS.escapes, source.value);
      file?.techniques.forEach((raw, i) => {
        const found = compiler.escape(raw, ["techniques", i], file.escapes, escapes);
        if (found) out.escapes.push(found);
      });
    } else {
      const file = source.check([], DOCUMENTS.containment, source.value);
      file?.rules.forEach((raw, i) => {
        const facts = source.check(["rules", i], containmentSchema, raw);
        if (facts) out.containment.push({ ...facts, id: `${file.containment}/${facts.id}` });
      });
      out.lowers.push(...(file?.lowers ?? []));
      out.registries.push(...(file?.registries ?? []));
    }
  }
  return { data: out, checks, escapes };
}

const LEAVES =
  "runtime privileged capability namespace mount socket device seccomp lsm gains root mapped masked read_only reaches env unlimited lifetime unknown".split(
    " ",
  );

class SandboxCompiler {
  private readonly sets: ReadonlyMap<string, NamedSet["of"]>;
  private readonly conditions: ConditionCompiler;
  private readonly source: Source;

  constructor(source: Source, sets: readonly NamedSet[]) {
    this.source = source;
    this.sets = new Map(sets.map((set) => [set.name, set.of]));
    this.conditions = new ConditionCompiler(source, sets);
  }

  check(raw: unknown, at: Path, pack: string, examples: SandboxExample[]): SandboxRule | undefined {
    const facts = this.source.check(at, checkSchema, raw);
    const when = facts && this.condition(facts.when, [...at, "when"]);
    if (!facts || !when) return undefined;
    const id = `${pack}/${facts.id}`;
    for (const [key, matches] of [
      ["match", true],
      ["no_match", false],
    ] as const)
      facts.examples[key].forEach((given, i) => {
        const path = [...at, "examples", key, i];
        const sandbox = this.sandbox(given, path);
        if (sandbox) examples.push({ file: this.source.file, line: this.source.line(path), of: id, sandbox, matches });
      });
    const { title, severity, message, fix } = facts;
    return { id, title, severity, message, fix, attack: facts.attack, when, covers: facts.covers ?? [] };
  }

  escape(raw: unknown, at: Path, pack: string, examples: EscapeExample[]): Escape | undefined {
    const facts = this.source.check(at, escapeSchema, raw);
    const when = facts && this.conditions.condition(facts.when, [...at, "when"]);
    const needs = facts && this.condition(facts.needs, [...at, "needs"]);
    if (!facts || !when || !needs) return undefined;
    const id = `${pack}/${facts.id}`;
    const permits = this.sandbox(facts.permitted_by, [...at, "permitted_by"]);
    const stops = this.sandbox(facts.stopped_by, [...at, "stopped_by"]);
    facts.tries.forEach((command, i) => {
      if (permits && stops)
        examples.push({ file: this.source.file, line: this.source.line([...at, "tries", i]), of: id, command, permits, stops });
    });
    const { title, message, remediation } = facts;
    const rule = {
      id,
      title,
      status: "stable",
      severity: "critical",
      message,
      remediation,
      attack: facts.attack,
      cwe: [653],
      when,
    } as const;
    return { rule, needs };
  }

  private sandbox(raw: unknown, at: Path): Sandbox | undefined {
    const facts = this.source.check(at, sandboxParts, raw);
    return facts && compileSandbox(facts, "example", { source: this.source, at });
  }

  private condition(raw: unknown, at: Path): SandboxCondition | undefined {
    const [entry, more] = typeof raw === "object" && raw !== null && !Array.isArray(raw) ? Object.entries(raw) : [];
    if (!entry || more) {
      this.source.problem(at, `expected one of all, any, not, ${LEAVES.join(", ")}`);
      return undefined;
    }
    const [word, inner] = entry;
    const path = [...at, word];
    if (word === "all" || word === "any") {
      const parts = Array.isArray(inner) ? inner.map((part, i) => this.condition(part, [...path, i])) : [];
      const whole = parts.filter((part) => part !== undefined);
      if (whole.length === 0 || whole.length < parts.length) return undefined;
      return word === "all" ? { all: whole } : { any: whole };
    }
    if (word === "not") {
      const part = this.condition(inner, path);
      return part && { not: part };
    }
    return this.leaf(word, inner, path);
  }

  private leaf(word: string, inner: unknown, path: Path): SandboxCondition | undefined {
    const read = <T>(schema: z.ZodType<T>): T | undefined => this.source.check(path, schema, inner);
    switch (word) {
      case "runtime":
        return wrap(read(someOf(RUNTIMES)), (runtime) => ({ runtime }));
      case "privileged":
        return wrap(read(flag), (privileged) => ({ privileged }));
      case "capability":
        return wrap(read(someOf(CAPABILITIES)), (capability) => ({ capability }));
      case "namespace":
        return wrap(read(someOf(NAMESPACES)), (namespace) => ({ namespace }));
      case "mount":
        return wrap(read(mountSchema), (mount) => ({
          mount: present({
            ...mount,
            source: this.named(mount.source, "path", [...path, "source"]),
            target: this.named(mount.target, "path", [...path, "target"]),
          }),
        }));
      case "socket":
        return wrap(read(oneOrMore), (socket) => ({ socket: this.named(socket, "path", path) ?? [] }));
      case "device":
        return wrap(read(oneOrMore), (device) => ({ device: this.named(device, "path", path) ?? [] }));
      case "env":
        return wrap(read(oneOrMore), (env) => ({ env: this.named(env, "variable", path) ?? [] }));
      case "seccomp":
        return wrap(read(someOf(["default", "custom", "unconfined"] as const)), (seccomp) => ({ seccomp }));
      case "lsm":
        return wrap(read(someOf(["confined", "unconfined"] as const)), (lsm) => ({ lsm }));
      case "gains":
        return wrap(read(flag), (gains) => ({ gains }));
      case "root":
        return wrap(read(flag), (root) => ({ root }));
      case "mapped":
        return wrap(read(flag), (mapped) => ({ mapped }));
      case "masked":
        return wrap(read(flag), (masked) => ({ masked }));
      case "read_only":
        return wrap(read(flag), (read_only) => ({ read_only }));
      case "reaches":
        return wrap(read(text), (reaches) => ({ reaches }));
      case "unlimited":
        return wrap(read(someOf(["memory", "cpus", "processes"] as const)), (unlimited) => ({ unlimited }));
      case "lifetime":
        return wrap(read(z.enum(["ephemeral", "kept"])), (lifetime) => ({ lifetime }));
      case "unknown":
        return wrap(read(someOf(ASPECTS)), (unknown) => ({ unknown }));
    }
    this.source.problem(
      path,
      `"${word}" is no question about a sandbox${suggest(word, [...LEAVES, "all", "any", "not"])}`,
      "key",
    );
    return undefined;
  }

  /** Sets that are there and hold such things; `=text` is a set of one. */
  private named(names: readonly string[] | undefined, kind: "path" | "variable", path: Path): readonly string[] | undefined {
    for (const name of names ?? []) {
      if (name === "any" || name.startsWith("=")) continue;
      const of = this.sets.get(name);
      if (of === undefined) this.source.problem(path, `there is no set "${name}"${suggest(name, this.sets.keys())}`);
      else if (of !== kind && !(kind === "variable" && of === "text"))
        this.source.problem(path, `set ${name} is of ${of}, not ${kind}`);
    }
    return names;
  }
}

const mountSchema = mapping({
  source: oneOrMore.optional(),
  target: oneOrMore.optional(),
  kind: someOf(MOUNT_KINDS).optional(),
  writable: flag.optional(),
});

const wrap = <T, R>(value: T | undefined, make: (value: T) => R): R | undefined =>
  value === undefined ? undefined : make(value);
