/** How code in a language is run, the code being the last word. */
const RUNNERS: ReadonlyMap<string, readonly string[]> = new Map(
  (
    [
      ["python python3 py ipython jupyter", ["python3", "-c"]],
      ["javascript js node nodejs typescript ts jsx tsx", ["node", "-e"]],
      ["bash", ["bash", "-c"]],
      ["sh shell shellscript terminal posix", ["sh", "-c"]],
      ["zsh", ["zsh", "-c"]],
      ["dash", ["dash", "-c"]],
      ["ksh", ["ksh", "-c"]],
      ["fish", ["fish", "-c"]],
      ["ruby rb", ["ruby", "-e"]],
      ["perl pl", ["perl", "-e"]],
      ["php", ["php", "-r"]],
      ["lua", ["lua", "-e"]],
      ["r rscript", ["Rscript", "-e"]],
      ["powershell pwsh ps1 ps", ["pwsh", "-Command"]],
      ["cmd batch bat", ["cmd", "/c"]],
      ["applescript osascript", ["osascript", "-e"]],
      ["awk", ["awk"]],
      ["sqlite sqlite3", ["sqlite3", "database.db"]],
      ["sql postgres postgresql psql", ["psql", "-c"]],
      ["mysql", ["mysql", "-e"]],
    ] as const
  ).flatMap(([names, words]) => names.split(" ").map((name): [string, readonly string[]] => [name, words])),
);

/** The argv that runs the code, or undefined where the language is not known. */
export function runnerOf(language: string, code: string): readonly string[] | undefined {
  const words = RUNNERS.get(programName(language));
  return words && [...words, code];
}

/** `/bin/bash`, `powershell.exe` and `Python` by their plain names. */
export function programName(path: string): string {
  const name = path.trim().toLowerCase();
  const start = Math.max(name.lastIndexOf("/"), name.lastIndexOf("\\")) + 1;
  return name.endsWith(".exe") ? name.slice(start, -4) : name.slice(start);
}
