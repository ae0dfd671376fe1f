/** A command of a pipeline: its words, quotes removed, and how each was written. */
export interface PowerShellCommand {
  readonly words: readonly PowerShellWord[];
}

export interface PowerShellWord {
  readonly text: string;
  /** It stood in quotes. */
  readonly quoted: boolean;
}

const ENDS = ";|\n\r(){}&=,";

/**
 * about_Parsing, about_Quoting_Rules: words of all commands in a script, wherever they stand; brackets, pipes and assignments end one.
 * Undefined where characters are escaped: what is meant is not what is written.
 */
export function powershellCommands(source: string): readonly PowerShellCommand[] | undefined {
  const commands: PowerShellWord[][] = [[]];
  let text = "";
  let quoted = false;
  const endWord = (): void => {
    if (text !== "" || quoted) commands.at(-1)?.push({ text, quoted });
    text = "";
    quoted = false;
  };
  for (let at = 0; at < source.length; at++) {
    const char = source.charAt(at);
    if (char === "`") return undefined;
    if (char === '"' || char === "'") {
      const end = source.indexOf(char, at + 1);
      if (end < 0) return undefined;
      text += source.slice(at + 1, end);
      quoted ||= text.length === end - at - 1;
      at = end;
    } else if (char === "#" && text === "") {
      const end = source.indexOf("\n", at);
      at = end < 0 ? source.length : end - 1;
    } else if (char === " " || char === "\t") endWord();
    // A list of words goes on: `Remove-Item a, b`.
    else if (char === ",") endWord();
    else if (ENDS.includes(char)) {
      endWord();
      commands.push([]);
    } else text += char;
  }
  endWord();
  return commands.filter((words) => words.length > 0).map((words) => ({ words }));
}
