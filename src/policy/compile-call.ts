import type { At, Mapping } from "../intake/mapping.ts";
import { present } from "../load/present.ts";
import type { Path, Source } from "../load/source.ts";
import type { CallFacts } from "./file-schema.ts";

/** Where a tool's command is, as the file says it: its paths begin with `args.`, and go into tables only. */
export function compileCall(facts: CallFacts, path: Path, source: Source): Mapping {
  const at = (key: keyof CallFacts): At | undefined => {
    const given = facts[key] as At | undefined;
    if (given === undefined || typeof given === "string")
      return given === undefined ? undefined : nameIn(given, [...path, key], source);
    return given.map((one, i) => nameIn(one, [...path, key, i], source));
  };
  if (!["argv", "command", "program", "code", "through", "image"].some((key) => key in facts))
    source.problem(path, `nothing says what runs: one of argv, command, program, code, through`, "key");
  return present({
    argv: at("argv"),
    command: at("command"),
    program: at("program"),
    args: at("args"),
    code: at("code"),
    language: at("language"),
    in: facts.in,
    shell: at("shell"),
    stdin: at("stdin"),
    through: facts.through,
    options: facts.options && Object.fromEntries(Object.entries(facts.options).map(([name, option]) => [plain(name), option])),
    container: at("container"),
    image: at("image"),
    pod: at("pod"),
    host: at("host"),
    otherwise: facts.otherwise,
    user: at("user"),
    env: at("env"),
    envFile: at("env_file"),
    cwd: at("cwd"),
    from: at("from"),
    ignore: facts.ignore?.map(plain),
  });
}

function nameIn(text: string, path: Path, source: Source): string {
  if (!text.startsWith("args.") || text.includes("["))
    source.problem(path, `expected an argument: args.${text.split("[")[0] ?? text}`);
  return plain(text);
}

const plain = (name: string): string => (name.startsWith("args.") ? name.slice(5) : name);
