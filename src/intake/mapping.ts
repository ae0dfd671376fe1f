/** An argument's name: `command`, or `options.command` for one inside another. Of several names the first that is given holds. */
export type At = string | readonly string[];

/**
 * Which arguments of a tool hold what. One of `argv`, `command`, `program`, `code` and `through` says what runs; the others say where, as whom and with what.
 */
export interface Mapping {
  /** The words of a program, which comes first; a string that holds a JSON array is one too. */
  readonly argv?: At;
  /** A shell's text. A list of words stays one. */
  readonly command?: At;
  /** A program; its words are in `args`. */
  readonly program?: At;
  readonly args?: At;
  /** Text in a language: that of the argument `language`, or always `in`. */
  readonly code?: At;
  readonly language?: At;
  readonly in?: string;
  /** Whether a shell reads it (true), or which one: its name or path. */
  readonly shell?: At;
  readonly stdin?: At;
  /** Words that the server puts before it: `[uv, run]`. */
  readonly through?: readonly string[];
  /** Arguments that the server turns into options of these words, or of the container's tool. */
  readonly options?: Readonly<Record<string, string>>;
  /** Where: an argument that names the container, image, pod or host. */
  readonly container?: At;
  readonly image?: At;
  readonly pod?: At;
  readonly host?: At;
  /** The container's, image's, pod's or host's name where a call says none: it runs there all the same. */
  readonly otherwise?: string;
  readonly user?: At;
  /** `NAME=VALUE` lines, or a table. */
  readonly env?: At;
  readonly envFile?: At;
  readonly cwd?: At;
  /** Where the server works, if the command runs elsewhere: relative paths of its options are from there. */
  readonly from?: At;
  /** Arguments that change nothing about what runs. */
  readonly ignore?: readonly string[];
}

/** The keys of a mapping that name one argument. */
export const ARGUMENT_KEYS = [
  "argv",
  "command",
  "program",
  "args",
  "code",
  "language",
  "shell",
  "stdin",
  "container",
  "image",
  "pod",
  "host",
  "user",
  "env",
  "envFile",
  "cwd",
  "from",
] as const satisfies readonly (keyof Mapping)[];
