import { type Gathering, type Importer, type SourceFile, textOf } from "./gathering.ts";
import { type GoToken, goTokens } from "./go-tokens.ts";

/** Calls that start a program, and how many arguments come before it. */
const STARTERS = new Map([
  ["Command", 0],
  ["CommandContext", 1],
  ["runCmd", 1],
  ["runAsUser", 2],
]);
const NATIVE = "an action that calls the kernel itself and starts no program";

/**
 * The Falco event generator: Go functions that are registered as actions. Those that start programs by `exec.Command` and its kind are
 * cases; most do what they do by system calls, and are only counted.
 */
export const falco: Importer = {
  format: "falco-event-generator",
  about: "a checkout of Falco's event-generator",
  folder: "events",
  wants: (name) => name.endsWith(".go") && !name.endsWith("_test.go"),
  read(file, gathering) {
    const text = textOf(file, gathering);
    if (text === undefined) return;
    const tokens = goTokens(text);
    const actions = new Map(registered(tokens).map((name) => [name, 0]));
    const strings = namedStrings(tokens);
    for (const call of calls(tokens)) {
      const action = call.within;
      if (action === undefined || !actions.has(action)) continue;
      actions.set(action, (actions.get(action) ?? 0) + 1);
      add(call, action, strings, { file, gathering });
    }
    for (const [, started] of actions) if (started === 0) gathering.leaveOut(NATIVE);
  },
};

interface Call {
  readonly name: string;
  readonly args: readonly (readonly GoToken[])[];
  readonly line: number;
  /** The function around it. */
  readonly within: string | undefined;
}

function add(
  { name, args, line }: Call,
  action: string,
  strings: ReadonlyMap<string, string>,
  { file, gathering }: { readonly file: SourceFile; readonly gathering: Gathering },
): void {
  const before = STARTERS.get(name) ?? 0;
  const argv = args.slice(before).map((arg) => literal(arg, strings));
  const known = argv.filter((word) => word !== undefined);
  if (known.length === 0 || known.length < argv.length) {
    gathering.leaveOut("a call with an argument that is computed");
    return;
  }
  const user = name === "runAsUser" ? literal(args[1] ?? [], strings) : undefined;
  gathering.add({
    suite: "Falco event generator",
    name: action,
    argv: known,
    ...(user === undefined ? {} : { context: { user } }),
    source: `Falco event generator ${action} (${file.name}:${line})`,
  });
}

/** `var _ = events.Register(ScheduleCronJobs, …)` */
const registered = (tokens: readonly GoToken[]): readonly string[] =>
  tokens.flatMap(({ text }, i) => {
    const name = tokens[i + 2];
    return text === "Register" && tokens[i + 1]?.text === "(" && name?.kind === "word" ? [name.text] : [];
  });

/** `const x = "text"`, `x := "text"`, and `x, err := exec.LookPath("text")`: the program by that name. Not names with two values. */
function namedStrings(tokens: readonly GoToken[]): ReadonlyMap<string, string> {
  const strings = new Map<string, string | undefined>();
  for (const [i, { kind, text }] of tokens.entries()) {
    const after = (at: number, signs: string): boolean => signs.split(" ").every((sign, j) => tokens[i + at + j]?.text === sign);
    const assigned = after(1, ":=") || after(1, "=");
    if (kind !== "word" || !(assigned || after(1, ", err := exec . LookPath ("))) continue;
    const at = assigned ? i + 2 : i + 8;
    const value = tokens[at];
    const alone = value?.kind === "string" && tokens[at + 1]?.text !== "+";
    strings.set(text, alone && (strings.get(text) ?? value.text) === value.text ? value.text : undefined);
  }
  return new Map([...strings].flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])));
}

/** A literal, or a name of one. */
function literal(arg: readonly GoToken[], strings: ReadonlyMap<string, string>): string | undefined {
  const [only, more] = arg;
  if (only === undefined || more !== undefined) return undefined;
  return only.kind === "string" ? only.text : strings.get(only.text);
}

function* calls(tokens: readonly GoToken[]): Generator<Call> {
  let within: string | undefined;
  for (const [i, { kind, text, line }] of tokens.entries()) {
    const next = tokens[i + 1];
    if (text === "func" && next?.kind === "word") within = next.text;
    else if (kind === "word" && STARTERS.has(text) && next?.text === "(" && tokens[i - 1]?.text !== "func")
      yield { name: text, args: argsFrom(tokens, i + 2), line, within };
  }
}

/** The arguments of a call whose parenthesis is before token `start`. */
function argsFrom(tokens: readonly GoToken[], start: number): readonly (readonly GoToken[])[] {
  const args: GoToken[][] = [[]];
  let depth = 0;
  for (const token of tokens.slice(start)) {
    if (token.kind === "sign" && ")]}".includes(token.text) && --depth < 0) break;
    if (token.kind === "sign" && "([{".includes(token.text)) depth += 1;
    if (depth === 0 && token.kind === "sign" && token.text === ",") args.push([]);
    else args.at(-1)?.push(token);
  }
  // A comma may end the list.
  return args.filter((arg) => arg.length > 0);
}
