import { isRecord } from "./arguments.ts";
import { plainName } from "./recognize.ts";

const set = (words: string): ReadonlySet<string> => new Set(words.split(" "));

/** Words of a tool's name that say it runs something. */
const RUNS = set("exec execute shell bash zsh cmd powershell pwsh subprocess spawn");
/** Places where something runs, and what is done with them then: `send_to_terminal`, but not `create_terminal_reader`. */
const WHERE = set("terminal command commands ssh console repl process script pod container");
const SENDS = set("run runs send start invoke type write input execute");
/** Words that say so if an argument is code. */
const MAY_RUN = set("run eval evaluate script python javascript js node code interpreter process job task notebook sandbox");
/** What is executed is no program. */
const OTHERWISE = set("sql query queries graphql search transaction trade order workflow playbook palette");
/** Arguments that hold a command wherever they are. */
const COMMANDS = set(
  "command cmd commands cmds cmdline commandline command_line shell_command bash_command shellcommand argv script shell_script bash_script program executable entrypoint pre_command post_command",
);
const CODE = set("code snippet");
/** Arguments of a tool that executes something else. */
const STATEMENTS = set("sql query statement graphql cypher");

/** No preset knows it, and still it may run what it is given. */
export function looksLikeExec(tool: string, args: unknown, schema: unknown): boolean {
  const name = plainName(tool).split("_");
  const names = new Set([...keysIn(args), ...keysOf(isRecord(schema) ? schema.properties : undefined)].map(plainName));
  if ([...names].some((key) => COMMANDS.has(key))) return true;
  if ([...names].some((key) => CODE.has(key)) && name.some((word) => RUNS.has(word) || MAY_RUN.has(word))) return true;
  if (name.some((word) => OTHERWISE.has(word)) || [...names].some((key) => STATEMENTS.has(key))) return false;
  return name.some((word) => RUNS.has(word)) || (name.some((word) => WHERE.has(word)) && name.some((word) => SENDS.has(word)));
}

/** Does the name of an argument say that it holds a command, or code? */
export const isCommandName = (key: string): boolean => COMMANDS.has(plainName(key)) || isCodeName(key);
export const isCodeName = (key: string): boolean => CODE.has(plainName(key));

const MOST_KEYS = 10_000;

/** Names of arguments, of those inside others too. What is too much to look through may hold a command. */
function keysIn(args: unknown): readonly string[] {
  const keys: string[] = [];
  const waiting: unknown[] = [args];
  while (waiting.length > 0 && keys.length < MOST_KEYS) {
    const value = waiting.pop();
    if (isRecord(value)) keys.push(...Object.keys(value));
    if (typeof value === "object" && value !== null)
      waiting.push(...Object.values(value).filter((one) => typeof one === "object"));
  }
  return waiting.length > 0 ? [...keys, "command"] : keys;
}

const keysOf = (value: unknown): readonly string[] => (isRecord(value) ? Object.keys(value) : []);
