import type { Binding, End } from "../model/binding.ts";
import { type Argument, exact } from "../model/value.ts";
import { Draft } from "./binding-parts.ts";
import { knownText } from "./known-text.ts";
import { metaCommand } from "./sql-meta.ts";
import { type SqlWord, statementsOf } from "./sql-words.ts";

export type Dialect = "psql" | "mysql" | "sqlite";

/**
 * SQL and the commands of the client that reads it (psql 15, mysql 8.0, sqlite3 3.40). Most of it stays in the database; what leaves it are
 * the client's shells, files the server or client reads and writes, and what cannot be taken back.
 */
export function readSql(dialect: Dialect): (code: Argument) => Binding | undefined {
  return (code) => {
    const text = knownText(code);
    if (text === undefined) return undefined;
    const draft = new Draft(code);
    for (const statement of statementsOf(text, dialect)) {
      if ("meta" in statement) metaCommand(draft, dialect, statement.meta);
      else new Statement(statement.words, draft).read();
    }
    return draft.binding();
  };
}

/** Functions that read a file of the server. */
const READERS: ReadonlySet<string> = new Set([
  "load_file",
  "pg_read_file",
  "pg_read_binary_file",
  "readfile",
  "lo_import",
  "pg_ls_dir",
  "bfilename",
]);
const WRITERS: ReadonlySet<string> = new Set(["lo_export", "writefile"]);

class Statement {
  private readonly words: readonly SqlWord[];
  private readonly draft: Draft;

  constructor(words: readonly SqlWord[], draft: Draft) {
    this.words = words;
    this.draft = draft;
  }

  read(): void {
    const [first, second] = [this.at(0), this.at(1)];
    if (first === "drop") this.dropped();
    else if (first === "truncate") this.deletes("truncate", second === "table" ? 2 : 1);
    else if (first === "delete" && second === "from" && !this.has("where")) this.deletes("truncate", 2);
    else if (first === "copy") this.copies();
    else if (first === "load" && second === "data") this.loads();
    else if (first === "attach") this.attaches();
    else if (first === "create" && this.has("language")) this.language();
    this.outfile();
    this.functions();
  }

  private at(i: number): string {
    const word = this.words[i];
    return word && !word.quoted ? word.text.toLowerCase() : "";
  }

  private has(word: string): boolean {
    return this.words.some((_, i) => this.at(i) === word);
  }

  /** The text after a word. */
  private after(i: number): string | undefined {
    return this.words[i + 1]?.quoted ? this.words[i + 1]?.text : undefined;
  }

  /** `DROP TABLE IF EXISTS a, b`: what can be made again by reading its definition is left out. */
  private dropped(): void {
    const kinds = ["database", "schema", "table", "tablespace", "keyspace"];
    const at = kinds.includes(this.at(1)) ? 2 : this.at(1) === "owned" ? 3 : -1;
    if (at > 0) this.deletes("drop", at);
  }

  private deletes(how: string, from: number): void {
    let i = from;
    while (["if", "exists", "only"].includes(this.at(i))) i++;
    const name = this.words[i]?.text ?? "*";
    this.draft.effects.push({
      kind: "delete",
      on: { kind: "database", value: exact(name) },
      attributes: { how: exact(how) },
      span: this.draft.span,
    });
  }

  /** PostgreSQL: `COPY t TO PROGRAM 'cmd'`, `COPY t FROM '/file'`. */
  private copies(): void {
    const program = this.words.findIndex((_, i) => this.at(i) === "program");
    const command = program > 0 ? this.after(program) : undefined;
    if (command !== undefined) this.draft.shell(exact(command));
    const [to, from] = ["to", "from"].map((word) => this.words.findIndex((_, i) => this.at(i) === word));
    const target = to !== undefined && to > 0 ? this.after(to) : undefined;
    const source = from !== undefined && from > 0 ? this.after(from) : undefined;
    if (target !== undefined) this.draft.writes(exact(target), this.store());
    if (source !== undefined) this.draft.reads(exact(source), this.store());
  }

  private store(): End {
    return { kind: "resource", on: { kind: "database", value: exact("*") }, span: this.draft.span };
  }

  private loads(): void {
    const at = this.words.findIndex((_, i) => this.at(i) === "infile");
    const file = at > 0 ? this.after(at) : undefined;
    if (file !== undefined) this.draft.reads(exact(file), this.store());
  }

  private attaches(): void {
    const file = this.words.find((word) => word.quoted)?.text;
    if (file !== undefined && file !== ":memory:" && file !== "") this.draft.path("write", exact(file));
  }

  /** Functions in languages that leave the database: C, untrusted Python and Perl. */
  private language(): void {
    const at = this.words.findIndex((_, i) => this.at(i) === "language");
    const name = (this.words[at + 1]?.text ?? "").toLowerCase();
    if (name === "c")
      for (const word of this.words) if (word.quoted && word.text.includes("/")) this.draft.path("load", exact(word.text));
    if (name === "c" || name.endsWith("u")) this.draft.opaque(`a function in ${name}`);
  }

  private outfile(): void {
    for (let i = 1; i < this.words.length; i++) {
      const word = this.at(i);
      const file = word === "outfile" || word === "dumpfile" ? this.after(i) : undefined;
      if (file !== undefined)
        this.draft.writes(exact(file), { kind: "data", value: exact(this.texts(i)), span: this.draft.span });
    }
  }

  private texts(end: number): string {
    return this.words
      .slice(0, end)
      .flatMap((word) => (word.quoted ? [word.text] : []))
      .join("\n");
  }

  private functions(): void {
    for (let i = 0; i + 1 < this.words.length; i++) {
      const name = this.at(i);
      if (name === "xp_cmdshell") this.command(i);
      if (this.words[i + 1]?.text !== "(") continue;
      const argument = this.words.slice(i + 2, i + 8).find((word) => word.quoted)?.text;
      if (argument === undefined) continue;
      if (READERS.has(name)) this.draft.reads(exact(argument));
      else if (WRITERS.has(name)) this.draft.writes(exact(argument));
      else if (name === "load_extension") this.draft.path("load", exact(argument));
      else if (name === "sys_exec" || name === "sys_eval" || name === "do_system") this.draft.shell(exact(argument));
    }
  }

  /** SQL Server's shell. */
  private command(i: number): void {
    const command = this.words.slice(i + 1, i + 4).find((word) => word.quoted)?.text;
    if (command !== undefined) this.draft.shell(exact(command));
  }
}
