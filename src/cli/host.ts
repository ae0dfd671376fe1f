import type { Open } from "./analyzer.ts";
import type { Io } from "./io.ts";

/** What a subcommand is declared with. */
export interface Host {
  readonly io: Io;
  readonly open: Open;
  /** The exit code, once known. */
  exit(code: number): void;
}
