import { type Importer, linesIn, textOf } from "./gathering.ts";

/** A command a line. Lines that a shell would take for a comment, and empty ones, are none. */
export const text: Importer = {
  format: "text",
  about: "a file with a command a line, or - for stdin",
  wants: (name) => name.endsWith(".txt"),
  read(file, gathering) {
    const all = textOf(file, gathering);
    if (all === undefined) return;
    for (const { line, number } of linesIn(all)) {
      const command = line.trim();
      if (command === "" || command.startsWith("#")) continue;
      gathering.add({ suite: file.name, command, source: `${file.name}:${number}` });
    }
  },
};
