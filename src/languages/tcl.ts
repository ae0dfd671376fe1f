import type { Binding, End } from "../model/binding.ts";
import { type Argument, concat, exact, exactText, unknown, type Value } from "../model/value.ts";
import { Draft } from "./binding-parts.ts";
import { knownText } from "./known-text.ts";
import { type TclWord, tclCommands } from "./tcl-words.ts";

const SHELLS: ReadonlySet<string> = new Set(["sh", "bash", "dash", "zsh", "ksh", "ash", "su"]);
/** Commands whose braced arguments are scripts. */
const BODIES: ReadonlySet<string> = new Set(
  "if while for foreach proc catch try switch eval uplevel after namespace time expect expect_background expect_user interact trap fileevent finally lmap dict apply".split(
    " ",
  ),
);
const FUEL = 5_000;

/** Tcl 8.6 and Expect 5.45: programs, files and connections, as its commands name them. */
export function readTcl(code: Argument): Binding | undefined {
  const text = knownText(code);
  if (text === undefined) return undefined;
  const tcl = new Tcl(code);
  tcl.script(text, 0);
  return tcl.draft.binding();
}

class Tcl {
  readonly draft: Draft;
  private readonly variables = new Map<string, Value>();
  /** What was spawned last: text sent to a shell is shell code. */
  private spawned = "";
  private host: End | undefined;
  private fuel = FUEL;

  constructor(code: Argument) {
    this.draft = new Draft(code);
  }

  script(text: string, level: number): void {
    if (level > 24) {
      this.draft.opaque("tcl code is nested too deep");
      return;
    }
    for (const words of tclCommands(text)) {
      if (this.fuel-- <= 0) {
        this.draft.opaque("tcl code is too long");
        return;
      }
      this.command(words, level);
    }
  }

  private command(words: readonly TclWord[], level: number): void {
    const values = words.map((word) => this.valueOf(word, level));
    const [name, ...args] = values;
    const spelled = exactText(name) ?? "";
    if (name && name.kind !== "exact") this.draft.opaque("a tcl command that is chosen when it runs");
    if (BODIES.has(spelled.replace(/^.*::/, ""))) this.bodies(words, level);
    this.act(spelled.replace(/^::/, ""), args, level);
  }

  private bodies(words: readonly TclWord[], level: number): void {
    for (const word of words.slice(1)) if (word.braced) this.script(word.text, level + 1);
  }

  private act(name: string, args: readonly Value[], level: number): void {
    const [first = exact(""), second] = args;
    switch (name) {
      case "exec":
        this.exec(args);
        break;
      case "spawn":
        this.run(args.filter((arg, i) => i > 0 || !exactText(arg)?.startsWith("-")));
        break;
      case "system":
        this.draft.shell(concat(between(args)));
        break;
      case "send":
      case "exp_send":
        this.sent(args.at(-1) ?? first);
        break;
      case "open":
        this.open(first, exactText(second) ?? "r");
        break;
      case "socket":
        this.connect(args);
        break;
      case "source":
        this.draft.runs.push({
          as: "script",
          language: "tcl",
          path: { value: args.at(-1) ?? first, count: "one", span: this.draft.span },
          args: [],
          span: this.draft.span,
        });
        break;
      case "load":
        this.draft.path("load", first);
        break;
      case "eval":
      case "uplevel":
      case "subst":
        this.evaluate(args, level);
        break;
      case "file":
        this.file(exactText(first) ?? "", args.slice(1));
        break;
      case "set":
        if (second) this.variables.set(exactText(first) ?? "", second);
        break;
      case "interact":
        this.draft.effects.push({
          kind: "execute",
          on: { kind: "session", value: exact("expect") },
          attributes: { interactive: true },
          span: this.draft.span,
        });
        break;
      case "package":
      case "http::geturl":
        if (name === "http::geturl") this.draft.opaque("tcl code fetches a URL");
        break;
    }
  }

  private exec(args: readonly Value[]): void {
    const given = args.filter((arg, i) => !(i < 3 && ["-ignorestderr", "-keepnewline", "--"].includes(exactText(arg) ?? "")));
    const words = given.filter((arg) => !isChannel(exactText(arg) ?? ""));
    if (given.some((arg) => exactText(arg) === "<@stdin") && words.length === 1) {
      this.run(words, { kind: "caller" });
      return;
    }
    const signs = new Set(["|", "|&", "<", ">", ">>", "2>", "&"]);
    if (words.some((word) => signs.has(exactText(word) ?? "") || (exactText(word)?.startsWith(">") ?? false)))
      this.draft.shell(concat(between(words)));
    else this.run(words);
  }

  private run(words: readonly Value[], stdinFrom?: End): void {
    const [program] = words;
    if (!program) return;
    const name = exactText(program) ?? "";
    this.spawned = name.slice(name.lastIndexOf("/") + 1);
    const argv = words.map((value): Argument => ({ value, count: "one", span: this.draft.span }));
    const streams = this.host ? { stdinFrom: this.host, stdout: this.host } : stdinFrom ? { stdinFrom } : {};
    this.draft.runs.push({ as: "argv", argv, span: this.draft.span, ...streams });
  }

  private sent(text: Value): void {
    if (!SHELLS.has(this.spawned)) return;
    const known = exactText(text);
    this.draft.shell(known === undefined ? text : exact(known.replaceAll("\r", "\n")));
  }

  private open(name: Value, mode: string): void {
    const text = exactText(name);
    if (text?.trimStart().startsWith("|")) this.draft.shell(exact(text.trimStart().slice(1)));
    else if (text === undefined && name.kind === "unknown") this.draft.opaque("a name that may be a command is opened");
    else if (mode.startsWith("w") || mode.startsWith("a")) this.draft.writes(name, { kind: "process" }, mode.startsWith("a"));
    else this.draft.reads(name);
  }

  private connect(args: readonly Value[]): void {
    const server = args.some((arg) => exactText(arg) === "-server");
    const [host, port] = args.slice(-2);
    const on = {
      kind: "host" as const,
      value: server || !host ? exact("0.0.0.0") : host,
      scheme: "tcp",
      ...(port ? { port } : {}),
    };
    this.draft.effects.push({ kind: server ? "listen" : "connect", on, attributes: {}, span: this.draft.span });
    this.host = { kind: "resource", on, span: this.draft.span };
  }

  /** `eval $e` of what was read from a connection is its code. */
  private evaluate(args: readonly Value[], level: number): void {
    const value = concat(between(args));
    const text = exactText(value);
    if (text !== undefined) this.script(text, level + 1);
    else {
      if (this.host) this.draft.edge(this.host, { kind: "code", language: "tcl" });
      this.draft.opaque("tcl code that is made when it runs");
    }
  }

  private file(verb: string, args: readonly Value[]): void {
    const force = args.some((arg) => exactText(arg) === "-force");
    const paths = args.filter((arg) => !exactText(arg)?.startsWith("-"));
    if (verb === "delete")
      for (const path of paths) this.draft.path("delete", path, force ? { force: true, recursive: true } : {});
    else if (verb === "mkdir") for (const path of paths) this.draft.path("create", path);
    else if ((verb === "copy" || verb === "rename") && paths.length > 1) {
      const [source, target] = [paths[0] ?? exact(""), paths.at(-1) ?? exact("")];
      this.draft.reads(source, this.draft.file(target));
      this.draft.path("write", target, { truncates: true });
      if (verb === "rename") this.draft.path("delete", source, { how: exact("move") });
    } else if (verb === "attributes" && paths[0]) this.draft.path("configure", paths[0]);
  }

  private valueOf(word: TclWord, level: number): Value {
    if (word.braced) return exact(word.text);
    const parts = word.parts.map((part): Value => {
      if (part.kind === "text") return exact(part.text);
      if (part.kind === "variable") return this.variable(part.text);
      this.script(part.text, level + 1);
      return unknown("output", "a tcl command");
    });
    return parts.length === 0 ? exact("") : concat(parts);
  }

  private variable(name: string): Value {
    if (name.startsWith("env(")) return unknown("operator", name.slice(4, -1));
    return this.variables.get(name) ?? unknown("author", name);
  }
}

/** `<@stdin`, `2>@stderr`: an open channel, not a file (exec(3tcl)). */
const isChannel = (word: string): boolean => ["<@", ">@", "2>@", ">>@", ">&@"].some((sign) => word.startsWith(sign));

const between = (values: readonly Value[]): Value[] =>
  values.length === 0 ? [exact("")] : values.flatMap((value, i) => (i === 0 ? [value] : [exact(" "), value]));
