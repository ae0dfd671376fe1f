import type { EffectKind } from "../model/effect.ts";
import type { Transform } from "../model/flow.ts";
import type { PlaceKind } from "../model/place.ts";
import type { ResourceKind } from "../model/resource.ts";

/** The compiled facts of one program or subcommand: plain JSON data. `docs/command-files.md` explains each word. */
export interface CommandSpec {
  /** `tar`, `git push`: the file's first name and the subcommand's path. */
  readonly id: string;
  /** How arguments are told apart. */
  readonly mode: ParsingMode;
  /** Name of the operand after whose first word all is taken as it stands. */
  readonly stopsAt?: string;
  /** `tar czf`: the first word may be options without a dash. */
  readonly bundleFirst?: true;
  /** Words that end an option argument of several words (find: `;`, `+`), and the operand of `stopsAt`. */
  readonly until?: readonly string[];
  /** After these options and their arguments all is operands: `python -c CODE`. */
  readonly ends?: readonly string[];
  /** Name of the argument that options in neither list take; without it such an option is unknown. */
  readonly otherOptions?: string;
  readonly options: readonly OptionSpec[];
  /** The first pattern whose condition holds; the last has none. */
  readonly operands: readonly { readonly when?: Condition; readonly pattern: readonly OperandSpec[] }[];
  /** Shape of each named argument. */
  readonly types: Readonly<Record<string, Shape>>;
  readonly defaults: Readonly<Record<string, string>>;
  /** Argument → argument: relative paths of the first lie under the second; `*` is every path argument. */
  readonly relative?: Readonly<Record<string, string>>;
  /** What else is known of arguments that are hosts, URLs or sockets. */
  readonly hosts?: Readonly<Record<string, HostSpec>>;
  readonly place?: PlaceSpec;
  /** Environment variables that the program itself acts on, when the command sets them. */
  readonly env: readonly { readonly name: string; readonly statement: Statement }[];
  readonly does: readonly Statement[];
  /** Key: each name of the subcommand. */
  readonly subcommands?: Readonly<Record<string, CommandSpec>>;
  /** What is said when no subcommand matches: run as an own program (`git-NAME`), or a doubt. */
  readonly external?: string;
}

/** `port` and `route` name arguments. */
export interface HostSpec {
  readonly scheme?: string;
  readonly port?: string;
  readonly route?: string;
}

export type ParsingMode = "interspersed" | "options-first" | "expression" | "assignments" | "single-dash" | "none";

export interface OptionSpec {
  /** `-f`, `--file`, `-name`, `if=`, `+x`; `-NUM` is a dash and digits. */
  readonly names: readonly string[];
  readonly args: readonly OptionArgument[];
  /** No statement uses it: it has no effect that matters. */
  readonly inert?: true;
}

export interface OptionArgument {
  readonly name: string;
  /** `[=WHEN]`: only glued or after `=`. */
  readonly optional?: true;
  /** `COMMAND...`: up to one of `until`. */
  readonly many?: true;
}

export interface OperandSpec {
  readonly name: string;
  readonly optional?: true;
  readonly many?: true;
}

export const SHAPES = [
  "path",
  "[place:]path",
  "url",
  "host",
  "host:port",
  "[user@]host",
  "remote",
  "[cloud:]path",
  "@file-or-text",
  "=@file-or-text",
  "file:-or-text",
  "cookie",
  "key=value",
  "key=value,...",
  "socat",
  "volume",
  "mount",
  "forward",
  "resolve",
  "package",
  "unit",
  "directoryRecord",
  "login:text",
  "mode",
  "pattern",
  "code",
  "argv",
  "text",
  "name",
  "number",
] as const;
/** A shape of argument, or the kind of resource that the argument names. */
export type Shape = (typeof SHAPES)[number] | Exclude<ResourceKind, "path" | "host" | "package">;

export type Term =
  /** An option was given. */
  | { readonly option: string }
  /** An argument of this name was given (not counting its default). */
  | { readonly argument: string }
  | { readonly argument: string; readonly is: "remote" | "url" | "dash" | "local" | "assignment" }
  /** Any case, `*` stands for any text. */
  | { readonly argument: string; readonly equals: readonly string[] };

/** Any of the clauses; a clause is all of its terms. */
export type Condition = readonly (readonly (Term & { readonly not?: true })[])[];

/**
 * A named argument; a resource that is always the same, whose text may hold `{ARGUMENT}`; or the paths below an argument,
 * those whose last part is like the argument `named`.
 */
export type Subject = { readonly argument: string } | { readonly kind: ResourceKind; readonly text: string } | PathsBelow;

export interface PathsBelow {
  readonly paths: string;
  readonly named?: string;
}

export type EndSpec =
  | Subject
  | { readonly port: "stdin" | "stdout" | "caller" | "environment" | "process" }
  | { readonly code: string };

/** An attribute: always, if an option is given, or the value of an argument. */
export type AttributeSpec = true | { readonly when: Condition } | { readonly argument: string } | { readonly text: string };

interface StatementIn {
  readonly when?: Condition;
  readonly unless?: Condition;
  /** The subject is `key=value`: act on the value if the key is one of these (globs, any case). */
  readonly key?: readonly string[];
  /** Shape of the subject in this statement, instead of the declared one; of the value where there is a `key`. */
  readonly shape?: Shape;
}

export type Statement = StatementIn &
  (EffectStatement | FlowStatement | RunStatement | BecomesStatement | EmitsStatement | UsesStatement | DoubtStatement);

export interface EffectStatement {
  readonly verb: "effect";
  readonly kind: EffectKind;
  readonly subject: Subject;
  readonly attributes: Readonly<Record<string, AttributeSpec>>;
  /** It happens in the place that the program enters, or is about that place. */
  readonly inside?: true;
}

export interface FlowStatement {
  readonly verb: "flow";
  readonly from: EndSpec;
  readonly to: EndSpec;
  readonly step?: Transform;
  /** The target is appended to. */
  readonly append?: true | Condition;
  readonly attributes: Readonly<Record<string, AttributeSpec>>;
  /** The target is a folder, or may be: what arrives is named after the source. */
  readonly into?: true;
  readonly inside?: "from" | "to" | "both";
}

export interface RunStatement {
  readonly verb: "run";
  /** An argument, or the program's stdin. */
  readonly subject: { readonly argument: string } | { readonly port: "stdin" } | { readonly text: string };
  /** argv: a program and its arguments. script: a file of code. Otherwise the language of the text. */
  readonly as: "argv" | "script" | "shell" | "code";
  /** as script or code: the language. */
  readonly language?: string;
  /** as shell: several words are joined so before they are read. */
  readonly join?: string;
  /** Arguments that come after (argv), or are $1… (shell, script). */
  readonly args?: readonly string[];
  /** Placed before the program's name: `python -m`. */
  readonly under?: string;
  /** Only if the text begins so; this is taken off first: `!` of a git alias. */
  readonly strip?: string;
  /** Put before the text: `git ` of a git alias. */
  readonly prepend?: string;
  /** Put after the text: ` "$@"` where further words follow. */
  readonly append?: string;
  /** Items that replace a word of the command, or come at its end. `file`: lines of that file; `texts`: the argument's words. */
  readonly feed?: {
    readonly items: "stdin" | PathsBelow | { readonly file: string } | { readonly texts: string };
    readonly replace?: string | { readonly argument: string };
    /** Argument that says what parts the items, instead of blanks and ends of lines. */
    readonly parted?: string;
  };
  /** Not in the place of `place`. */
  readonly outside?: true;
  readonly cwd?: string;
  /** Arguments of shape key=value that are set in its environment. */
  readonly env?: string;
  readonly cleared?: Condition;
  readonly stdin?: EndSpec;
  readonly stdout?: EndSpec;
  readonly deferredBy?: Subject;
}

/** Later runs (and effects) are somebody else's. */
export interface BecomesStatement {
  readonly verb: "becomes";
  readonly user: { readonly argument: string } | { readonly text: string };
}

/** What is printed: paths below an argument, or the argument's text. */
export interface EmitsStatement {
  readonly verb: "emits";
  /** fixed: `argument` is the text itself. */
  readonly what: "paths" | "text" | "fixed";
  readonly argument: string;
  readonly named?: string;
}

/** The argument is accounted for, and does nothing. */
export interface UsesStatement {
  readonly verb: "uses";
  readonly arguments: readonly string[];
}

/** Something that the facts know they do not know. */
export interface DoubtStatement {
  readonly verb: "doubt";
  readonly text: string;
  readonly kind: "hidden-argument" | "opaque-code";
}

/** The place that nested runs are in. */
export interface PlaceSpec {
  /** Without it, always; `otherwise` is tried when it does not hold. */
  readonly when?: Condition;
  readonly otherwise?: PlaceSpec;
  readonly kind: Exclude<PlaceKind, "here">;
  readonly name: { readonly argument: string } | { readonly text: string };
  /** Arguments of shape volume or mount; with a leading `=` a volume as it stands: `=/:/host`. */
  readonly mounts: readonly string[];
  readonly privileged?: Condition;
  /** Arguments that name capabilities. */
  readonly capabilities: readonly string[];
  /** Namespace shared with the outside, and when. */
  readonly namespaces: readonly { readonly name: string; readonly when: Condition }[];
}
