import type { Binding } from "../model/binding.ts";
import { type Argument, concat, exact, exactText, unknown, type Value } from "../model/value.ts";
import { Draft } from "./binding-parts.ts";
import { type CMakeWord, cmakeCommands } from "./cmake-words.ts";
import { knownText } from "./known-text.ts";

/** A list file of CMake 3.25 (cmake-commands(7)): programs it runs while it is read, or when what it makes is built. */
export function readCMake(code: Argument): Binding | undefined {
  const text = knownText(code);
  if (text === undefined) return undefined;
  const file = new ListFile(code);
  file.read(text, 0);
  return file.draft.binding();
}

const DEEPEST = 8;
const WITH_COMMANDS: ReadonlySet<string> = new Set(["execute_process", "add_custom_command", "add_custom_target", "add_test"]);
/** Words that end the arguments of COMMAND. */
const KEYWORDS: ReadonlySet<string> = new Set([
  ...["WORKING_DIRECTORY", "TIMEOUT", "RESULT_VARIABLE", "RESULTS_VARIABLE", "OUTPUT_VARIABLE", "ERROR_VARIABLE", "INPUT_FILE"],
  ...["OUTPUT_FILE", "ERROR_FILE", "OUTPUT_QUIET", "ERROR_QUIET", "COMMAND_ECHO", "OUTPUT_STRIP_TRAILING_WHITESPACE", "ENCODING"],
  ...["ERROR_STRIP_TRAILING_WHITESPACE", "COMMAND_ERROR_IS_FATAL", "ECHO_OUTPUT_VARIABLE", "ECHO_ERROR_VARIABLE", "OUTPUT"],
  ...["MAIN_DEPENDENCY", "DEPENDS", "BYPRODUCTS", "IMPLICIT_DEPENDS", "COMMENT", "DEPFILE", "JOB_POOL", "VERBATIM", "APPEND"],
  ...[
    "USES_TERMINAL",
    "COMMAND_EXPAND_LISTS",
    "DEPENDS_EXPLICIT_ONLY",
    "PRE_BUILD",
    "PRE_LINK",
    "POST_BUILD",
    "TARGET",
    "SOURCES",
  ],
  ...["CONFIGURATIONS"],
]);

class ListFile {
  readonly draft: Draft;
  private readonly variables = new Map<string, Value>([
    ["CMAKE_COMMAND", exact("cmake")],
    ["CMAKE_MAKE_PROGRAM", exact("make")],
    ...["CMAKE_SOURCE_DIR", "CMAKE_CURRENT_SOURCE_DIR", "CMAKE_CURRENT_LIST_DIR", "PROJECT_SOURCE_DIR"].map(
      (name): [string, Value] => [name, exact(".")],
    ),
    ...["CMAKE_BINARY_DIR", "CMAKE_CURRENT_BINARY_DIR", "PROJECT_BINARY_DIR"].map((name): [string, Value] => [
      name,
      exact("./build"),
    ]),
  ]);

  constructor(code: Argument) {
    this.draft = new Draft(code);
  }

  read(text: string, depth: number): void {
    for (const { name, words } of cmakeCommands(text)) this.command(name.toLowerCase(), words, depth);
  }

  private command(name: string, words: readonly CMakeWord[], depth: number): void {
    const values = words.map((word) => this.expand(word));
    if (WITH_COMMANDS.has(name)) this.commands(name, words, values);
    else if (name === "set" && values[0]) this.variables.set(words[0]?.text ?? "", values[1] ?? exact(""));
    else if (name === "find_program" && words[0])
      this.variables.set(words[0].text, values[words[1]?.text === "NAMES" ? 2 : 1] ?? unknown("operator", words[0].text));
    else if (name === "exec_program" && values[0])
      this.draft.shell(concat([values[0], ...afterKey(words, values, "ARGS").flatMap((value) => [exact(" "), value])]));
    else if (name === "file") this.file(words, values);
    else if (name === "include" && words[0]?.text.includes(".")) this.include(values[0]);
    else if (name === "cmake_language" || name === "install")
      for (const code of afterKey(words, values, "CODE")) {
        const text = exactText(code);
        if (text !== undefined && depth < DEEPEST) this.read(text, depth + 1);
      }
  }

  private commands(name: string, words: readonly CMakeWord[], values: readonly Value[]): void {
    let current: Value[] | undefined = name === "add_custom_target" ? [] : undefined;
    const close = (): void => {
      if (current && current.length > 0) this.run(current);
    };
    words.forEach((word, i) => {
      const value = values[i];
      if (name === "add_custom_target" && (i === 0 || (i === 1 && word.text === "ALL"))) return;
      if (!word.quoted && word.text === "COMMAND") {
        close();
        current = [];
      } else if (!word.quoted && KEYWORDS.has(word.text)) {
        close();
        current = undefined;
      } else if (current && value) current.push(value);
    });
    close();
  }

  private run(values: readonly Value[]): void {
    const { span } = this.draft;
    this.draft.runs.push({ as: "argv", argv: values.map((value) => ({ value, count: "one", span })), span });
  }

  private file(words: readonly CMakeWord[], values: readonly Value[]): void {
    const [, first, second] = values;
    const { span } = this.draft;
    if (!first) return;
    switch (words[0]?.text) {
      case "WRITE":
      case "APPEND":
        this.draft.writes(first, { kind: "data", value: second ?? exact(""), span }, words[0].text === "APPEND");
        break;
      case "READ":
      case "STRINGS":
        this.draft.path("read", first);
        break;
      case "REMOVE":
      case "REMOVE_RECURSE":
        for (const value of values.slice(1))
          this.draft.path("delete", value, words[0].text === "REMOVE" ? {} : { recursive: true });
        break;
    }
  }

  private include(path: Value | undefined): void {
    const { span } = this.draft;
    if (path)
      this.draft.runs.push({ as: "script", language: "cmake", path: { value: path, count: "one", span }, args: [], span });
  }

  /** `${NAME}` put in; `$ENV{NAME}` and `$<…>` are the operator's. */
  private expand({ text, bracket }: CMakeWord): Value {
    if (bracket || !text.includes("$")) return exact(text);
    const parts: Value[] = [];
    let from = 0;
    for (let open = text.indexOf("${"); open >= 0; open = text.indexOf("${", from)) {
      const close = text.indexOf("}", open);
      if (close < 0) break;
      parts.push(exact(text.slice(from, open)), this.variable(text.slice(open + 2, close)));
      from = close + 1;
    }
    return concat([...parts, exact(text.slice(from))]);
  }

  /** `${Python3_EXECUTABLE}`, `${GIT_EXECUTABLE}`: what find_package found. */
  private variable(name: string): Value {
    const known = this.variables.get(name);
    if (known) return known;
    const end = "_EXECUTABLE";
    return name.endsWith(end) ? exact(name.slice(0, -end.length).toLowerCase()) : unknown("operator", name);
  }
}

function afterKey(words: readonly CMakeWord[], values: readonly Value[], key: string): readonly Value[] {
  const at = words.findIndex(({ text, quoted }) => !quoted && text === key);
  return at < 0 ? [] : values.slice(at + 1);
}
