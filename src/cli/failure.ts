import { CommanderError } from "commander";

/** Bad usage, an unreadable file, a bad pack: said in one line, exit 2. */
export class Failure extends Error {}

/** One line for stderr, without a stack. */
export function describe(error: unknown): string {
  if (error instanceof CommanderError) return explainUsage(error);
  if (error instanceof Failure) return error.message;
  return `internal error: ${oneLine(error instanceof Error ? error.message : String(error))}`;
}

/** `check rm -rf /` is a command without its quotes; a real option misspelt has a suggestion. */
function explainUsage(error: CommanderError): string {
  const message = oneLine(error.message.replace(/^error: /, ""));
  const short = error.code === "commander.unknownOption" && !message.includes("did you mean");
  return short ? `${message}; a command is written in quotes, an argv array after --argv --` : message;
}

/** Commander puts its suggestions on a line of their own: `unknown option '--profil'⏎(Did you mean --profile?)`. */
function oneLine(message: string): string {
  const lines = message
    .trim()
    .replace(/\n\(Did you mean (.*)\)$/, "; did you mean $1")
    .split("\n");
  return lines.map((line) => line.trim()).join(" ");
}

/** The reason the operating system gives, or the error's own words. */
export function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error ? error.code : undefined;
  if (code === "ENOENT") return "no such file";
  if (code === "EISDIR") return "is a folder";
  if (code === "EACCES") return "permission denied";
  return oneLine(error.message);
}
