import type { Binding } from "../model/binding.ts";
import { type Argument, concat, exact, exactText, unknown, type Value } from "../model/value.ts";
import { Draft } from "./binding-parts.ts";
import { knownText } from "./known-text.ts";

/**
 * A makefile (GNU make 4.3 manual): functions that act while it is read, `!=`, and the recipes, any of which may be asked for.
 * Variables it sets itself are followed, the rest is the operator's.
 */
export function readMake(code: Argument): Binding | undefined {
  const text = knownText(code);
  return text === undefined ? undefined : new Makefile(code).read(text);
}

const DEEPEST = 24;
const ASSIGNS = ["?=", ":=", "::=", "+=", "!=", "="];

class Makefile {
  private readonly draft: Draft;
  private readonly variables = new Map<string, Value>([
    ["SHELL", exact("/bin/sh")],
    ["MAKE", exact("make")],
    ["CURDIR", exact(".")],
    ["@", unknown("author", "@")],
    ["<", unknown("author", "<")],
    ["^", unknown("author", "^")],
  ]);

  constructor(code: Argument) {
    this.draft = new Draft(code);
  }

  read(text: string): Binding {
    for (const line of text.replaceAll("\\\n", " ").split("\n")) this.line(line);
    return this.draft.binding();
  }

  private line(line: string): void {
    if (line.startsWith("\t")) {
      this.recipe(line.slice(1));
      return;
    }
    const bare = line.trim();
    if (bare === "" || bare.startsWith("#")) return;
    const assigned = assignment(bare);
    if (assigned) this.assign(assigned.name, assigned.op, assigned.value);
    else if (bare.startsWith("include ") || bare.startsWith("-include ") || bare.startsWith("sinclude "))
      this.include(bare.slice(bare.indexOf(" ") + 1));
    else this.rule(bare);
  }

  private rule(line: string): void {
    const semicolon = line.indexOf(";");
    this.expand(semicolon < 0 ? line : line.slice(0, semicolon), 0);
    if (semicolon >= 0) this.recipe(line.slice(semicolon + 1));
  }

  private include(names: string): void {
    const path = this.expand(names.trim(), 0);
    this.draft.runs.push({
      as: "script",
      language: "make",
      path: { value: path, count: "one", span: this.draft.span },
      args: [],
      span: this.draft.span,
    });
  }

  private assign(name: string, op: string, text: string): void {
    if (op === "!=") {
      this.draft.shell(this.expand(text, 0));
      this.variables.set(name, unknown("output", name));
      return;
    }
    const value = this.expand(text, 0);
    const before = this.variables.get(name);
    if (op === "+=" && before) this.variables.set(name, concat([before, exact(" "), value]));
    else if (op !== "?=" || !before) this.variables.set(name, value);
  }

  /** `@`, `-` and `+` before a line say how it is run. */
  private recipe(line: string): void {
    let text = line.trimStart();
    while ("@-+".includes(text[0] ?? " ")) text = text.slice(1).trimStart();
    if (text === "" || text.startsWith("#")) return;
    const value = this.expand(text, 0);
    if (exactText(value)?.trim() !== "") this.draft.shell(value);
  }

  /** Text with `$(…)`, `${…}` and `$x` put in. */
  private expand(text: string, level: number): Value {
    const parts: Value[] = [];
    let plain = "";
    for (let i = 0; i < text.length; i++) {
      if (text[i] !== "$") {
        plain += text[i];
        continue;
      }
      const next = text[i + 1] ?? "";
      if (next === "$") {
        plain += "$";
        i++;
        continue;
      }
      parts.push(exact(plain));
      plain = "";
      const end = next === "(" || next === "{" ? closing(text, i + 1) : i + 1;
      const inner = end > i + 1 ? text.slice(i + 2, end) : next;
      parts.push(level > DEEPEST ? unknown("unsupported", "nesting") : this.reference(inner, level + 1));
      i = end;
    }
    return concat([...parts, exact(plain)]);
  }

  private reference(inner: string, level: number): Value {
    const blank = inner.search(/[ \t]/);
    const name = blank < 0 ? inner : inner.slice(0, blank);
    const rest = blank < 0 ? "" : inner.slice(blank + 1).trimStart();
    if (blank < 0) return this.variables.get(name) ?? unknown("operator", name);
    const value = this.expand(rest, level);
    if (name === "shell") {
      this.draft.shell(value);
      return unknown("output", "shell");
    }
    if (name === "file") return this.file(rest, level);
    if (name === "eval") {
      const text = exactText(value);
      if (text === undefined) this.draft.opaque("a makefile's text that is made when it is read");
      else for (const line of text.split("\n")) this.line(line);
      return exact("");
    }
    if (name === "guile") this.draft.opaque("guile code in a makefile");
    if (name === "load") this.draft.path("load", value);
    return name === "info" || name === "warning" || name === "error" ? exact("") : unknown("author", name);
  }

  /** `$(file >NAME,TEXT)`, `$(file <NAME)` */
  private file(rest: string, level: number): Value {
    const comma = rest.indexOf(",");
    const target = (comma < 0 ? rest : rest.slice(0, comma)).trim();
    const append = target.startsWith(">>");
    const path = this.expand(target.slice(append ? 2 : 1).trim(), level);
    if (target.startsWith("<")) {
      this.draft.reads(path);
      return unknown("file", "file");
    }
    const name = exactText(path);
    if (name === "/dev/stdout" || name === "/dev/stderr") return exact("");
    const text = comma < 0 ? exact("") : this.expand(rest.slice(comma + 1), level);
    this.draft.writes(path, { kind: "data", value: text, span: this.draft.span }, append);
    return exact("");
  }
}

function closing(text: string, open: number): number {
  const [begins, ends] = text[open] === "(" ? ["(", ")"] : ["{", "}"];
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    if (text[i] === begins) depth++;
    else if (text[i] === ends && --depth === 0) return i;
  }
  return text.length;
}

function assignment(line: string): { readonly name: string; readonly op: string; readonly value: string } | undefined {
  const equals = line.indexOf("=");
  if (equals < 1) return undefined;
  const op = ASSIGNS.find((one) => line.slice(0, equals + 1).endsWith(one)) ?? "=";
  const name = line
    .slice(0, equals + 1 - op.length)
    .trim()
    .replace(/^(export|override) +/, "");
  return name === "" || /[\s:$]/.test(name) ? undefined : { name, op, value: line.slice(equals + 1).trim() };
}
