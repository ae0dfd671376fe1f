import { type Chance, freshName } from "./chance.ts";
import { isPlain, quoted } from "./plain-line.ts";

export interface CommandRewrite {
  readonly name: string;
  /** The command as text, and its words if all of them mean themselves. Undefined if it cannot be written so. */
  write(text: string, words: readonly string[] | undefined, chance: Chance): string | undefined;
  /** Runs on another machine or in a container: the same argv, other effects. */
  readonly elsewhere?: true;
  /** Runs in a process of its own: what the command does to its shell is lost. */
  readonly apart?: true;
  /** What the command prints reaches nobody. */
  readonly silent?: true;
  /** The command reads nothing: its stdin is empty. */
  readonly deaf?: true;
}

const wordy = (words: readonly string[]): string => words.map(quoted).join(" ");

/** From the words of a simple command. */
const simple = (name: string, write: (words: readonly string[], chance: Chance) => string | undefined): CommandRewrite => ({
  name,
  write: (_, words, chance) => (words ? write(words, chance) : undefined),
});

/** From any text. */
const whole = (name: string, write: (text: string, chance: Chance) => string): CommandRewrite => ({
  name,
  write: (text, _, chance) => write(text, chance),
});
const apart = (name: string, write: (text: string, chance: Chance) => string): CommandRewrite => ({
  ...whole(name, write),
  apart: true,
});

/** The lines of a here-document after its redirect. */
function heredoc(head: string, text: string, chance: Chance, descriptor = ""): string {
  const end = `END${freshName(chance)}`;
  return `${head} ${descriptor}<<'${end}'\n${text}\n${end}`;
}

/** Ways in which bash comes to run the same argv; each was resolved so by real bash. */
export const COMMAND_REWRITES: readonly CommandRewrite[] = [
  whole("eval", (text) => `eval ${quoted(text)}`),
  apart("bash -c", (text) => `bash -c ${quoted(text)}`),
  apart("here-document", (text, chance) => heredoc("bash", text, chance)),
  apart("here-string", (text) => `bash <<< ${quoted(text)}`),
  apart("piped", (text) => `printf '%s\\n' ${quoted(text)} | bash`),
  apart("base64", (text) => `echo ${base64(text)} | base64 -d | bash`),
  whole("source", (text, chance) => heredoc("source /dev/fd/7", text, chance, "7")),
  whole("process substitution", (text) => `source <(printf '%s\\n' ${quoted(text)})`),
  whole("trap", (text) => `trap -- ${quoted(text)} EXIT`),
  apart("subshell", (text) => `( ${text}\n)`),
  { ...apart("coproc", (text, chance) => `coproc ${freshName(chance)} { ${text}\n}; wait`), silent: true },
  apart("background", (text) => `{ ${text}\n} & wait`),
  whole("case", (text) => `case a in a) ${text}\n;; esac`),
  {
    name: "function",
    write: (text, _, chance) => {
      const name = freshName(chance);
      return `${name}() { ${text}\n}; ${name}`;
    },
  },
  simple('"$@"', (words, chance) => {
    const name = freshName(chance);
    return `${name}() { "$@"; }; ${name} ${wordy(words)}`;
  }),
  simple("set --", (words) => `set -- ${wordy(words)}; "$@"`),
  simple("array", (words, chance) => {
    const name = freshName(chance);
    return `${name}=(${wordy(words)}); "\${${name}[@]}"`;
  }),
  {
    ...simple("arithmetic subscript", (words, chance) => {
      const name = freshName(chance);
      return words.every(isPlain) ? `${name}='z[$(${words.join(" ")})0]'; : $((${name}))` : undefined;
    }),
    apart: true,
    silent: true,
  },
  simple("IFS", (words, chance) => {
    const name = freshName(chance);
    const fits = words.every((word) => isPlain(word) && !word.includes(","));
    return fits ? `${name}=${words.join(",")}; IFS=,; $${name}` : undefined;
  }),
  simple("braces", (words) => {
    const fits = words.length > 1 && words.every((word) => isPlain(word) && !word.includes(","));
    return fits ? `{${words.join(",")}}` : undefined;
  }),
  { ...simple("sh -c", (words) => `sh -c ${quoted(wordy(words))}`), apart: true },
  {
    ...simple("xargs", ([program, ...words]) =>
      program === undefined || words.length === 0 ? undefined : `printf '%s\\0' ${wordy(words)} | xargs -0 ${quoted(program)}`,
    ),
    apart: true,
    deaf: true,
  },
  {
    ...simple("find -exec", (words) =>
      words.some((word) => word.includes("{}") || word === ";" || word === "+")
        ? undefined
        : `find . -maxdepth 0 -exec ${wordy(words)} \\;`,
    ),
    apart: true,
  },
  simple("command", (words) => `command ${wordy(words)}`),
];

/** A program in front of the command; the command is one of bash's own text unless it is simple. */
function wrapper(name: string, head: string, elsewhere = false): CommandRewrite {
  return {
    name,
    apart: true,
    ...(elsewhere ? { elsewhere: true } : {}),
    write: (text, words) => `${head} ${words && !words[0]?.startsWith("-") ? wordy(words) : `bash -c ${quoted(text)}`}`,
  };
}

/** Programs that start the command they are given. */
export const WRAPPERS: readonly CommandRewrite[] = [
  wrapper("env", "env"),
  wrapper("nohup", "nohup"),
  wrapper("nice", "nice -n 5"),
  wrapper("timeout", "timeout 60"),
  wrapper("sudo", "sudo"),
  wrapper("docker exec", "docker exec web", true),
  { name: "ssh", elsewhere: true, apart: true, write: (text) => `ssh ada@build.example ${quoted(text)}` },
];

function base64(text: string): string {
  return Buffer.from(text, "utf8").toString("base64");
}
