import type { Binding, PlaceChange } from "../../model/binding.ts";
import { type Argument, exact, type Value } from "../../model/value.ts";
import { Draft } from "../binding-parts.ts";
import { knownText } from "../known-text.ts";
import { readDocuments } from "./yaml.ts";

/** Dockerfile reference (BuildKit 0.24): what `RUN` does happens inside the image that is built. */
export function readDockerfile(code: Argument): Binding | undefined {
  const text = knownText(code);
  if (text === undefined) return undefined;
  const draft = new Draft(code);
  const file = new Dockerfile(draft);
  for (const instruction of instructionsOf(text)) file.step(instruction);
  return draft.binding();
}

interface Instruction {
  readonly name: string;
  readonly rest: string;
  /** Bodies of here-documents. */
  readonly bodies: readonly string[];
}

/** Lines joined at their backslashes, comments left out, here-documents taken along. */
function instructionsOf(text: string): readonly Instruction[] {
  const lines = text.replaceAll("\r", "").split("\n");
  const mark = escapeOf(lines);
  const found: Instruction[] = [];
  for (let i = 0; i < lines.length; i++) {
    let line = (lines[i] ?? "").trim();
    if (line === "" || line.startsWith("#")) continue;
    while (line.endsWith(mark) && i + 1 < lines.length) {
      const next = (lines[++i] ?? "").trim();
      line = next.startsWith("#") ? line : `${line.slice(0, -1)} ${next}`;
    }
    const bodies: string[] = [];
    for (const word of hereWords(line)) {
      const end = lines.findIndex((one, j) => j > i && one.trim() === word);
      bodies.push(lines.slice(i + 1, end < 0 ? undefined : end).join("\n"));
      i = end < 0 ? lines.length : end;
    }
    found.push({ ...parted(line), bodies });
  }
  return found;
}

function parted(line: string): { readonly name: string; readonly rest: string } {
  const blank = line.search(/\s/);
  return { name: (blank < 0 ? line : line.slice(0, blank)).toUpperCase(), rest: blank < 0 ? "" : line.slice(blank).trim() };
}

/** The directive `# escape=\``, before all else, says what joins lines. */
function escapeOf(lines: readonly string[]): string {
  for (const line of lines) {
    const [name, value] = line.startsWith("#") ? line.slice(1).split("=") : [];
    if (value === undefined) break;
    if (name?.trim().toLowerCase() === "escape") return value.trim() === "`" ? "`" : "\\";
  }
  return "\\";
}

/** `RUN <<EOF`, `COPY <<a <<"b" /x/` */
function hereWords(line: string): readonly string[] {
  return line
    .split(" ")
    .filter((word) => word.startsWith("<<") && word.length > 2)
    .map((word) =>
      word
        .slice(word.startsWith("<<-") ? 3 : 2)
        .replaceAll('"', "")
        .replaceAll("'", ""),
    );
}

class Dockerfile {
  private image: Value = exact("image");
  private user: Value | undefined;
  private folder: Value | undefined;
  private shell: readonly string[] | undefined;
  private readonly env: { name: string; value: Value }[] = [];
  private readonly draft: Draft;

  constructor(draft: Draft) {
    this.draft = draft;
  }

  step({ name, rest, bodies }: Instruction): void {
    if (name === "FROM") this.from(rest);
    else if (name === "USER") this.user = exact(rest.split(":")[0] ?? rest);
    else if (name === "WORKDIR") this.folder = exact(rest);
    else if (name === "ENV") this.variable(rest);
    else if (name === "ADD") this.add(rest);
    else if (name === "RUN") this.run(rest, bodies);
    else if (name === "SHELL") this.shell = wordsOf(rest);
    else if (name === "ONBUILD") this.step({ ...parted(rest), bodies });
  }

  private from(rest: string): void {
    this.image = exact(rest.split(" ").find((word) => !word.startsWith("--")) ?? "image");
    this.user = undefined;
    this.folder = undefined;
    this.shell = undefined;
  }

  private variable(rest: string): void {
    const equals = rest.indexOf("=");
    const blank = rest.indexOf(" ");
    const cut = equals < 0 || (blank >= 0 && blank < equals) ? blank : equals;
    const value = rest.slice(cut + 1).replaceAll('"', "");
    if (cut > 0 && !value.includes("$") && !value.includes("=")) this.env.push({ name: rest.slice(0, cut), value: exact(value) });
  }

  /** `ADD https://h/x /x` fetches. */
  private add(rest: string): void {
    for (const word of wordsOf(rest) ?? rest.split(" ")) {
      const mark = word.indexOf("://");
      if (mark < 1) continue;
      const end = word.indexOf("/", mark + 3);
      const on = {
        kind: "host" as const,
        value: exact(word.slice(mark + 3, end < 0 ? undefined : end)),
        scheme: word.slice(0, mark),
        route: exact(end < 0 ? "" : word.slice(end)),
      };
      this.draft.effects.push({ kind: "connect", on, attributes: {}, span: this.draft.span });
    }
  }

  private run(rest: string, bodies: readonly string[]): void {
    let text = rest;
    const options: string[] = [];
    while (text.startsWith("--")) {
      const blank = text.indexOf(" ");
      options.push(blank < 0 ? text : text.slice(0, blank));
      text = blank < 0 ? "" : text.slice(blank).trim();
    }
    const { span } = this.draft;
    const place: PlaceChange = {
      kind: "build",
      name: this.image,
      ...(options.includes("--security=insecure") ? { privileged: true } : {}),
      ...(options.includes("--network=host") ? { namespaces: ["net"] } : {}),
    };
    const around = {
      span,
      enters: place,
      ...(this.user ? { becomes: this.user } : {}),
      ...(this.folder ? { cwd: this.folder } : {}),
      ...(this.env.length > 0 ? { env: [...this.env] } : {}),
    };
    const argument = (value: string): Argument => ({ value: exact(value), count: "one", span });
    const code = bodyOf(text, bodies);
    const list = wordsOf(text) ?? (this.shell && this.shell.length > 0 ? [...this.shell, code] : undefined);
    if (list) this.draft.runs.push({ as: "argv", argv: list.map(argument), ...around });
    else this.draft.runs.push({ as: "shell", shell: "sh", code: argument(code), args: [], ...around });
  }
}

/** The words of the JSON form: `["curl", "h.test"]`. */
function wordsOf(text: string): readonly string[] | undefined {
  const list = text.startsWith("[") ? readDocuments(text)?.[0] : undefined;
  return Array.isArray(list) ? list.filter((word): word is string => typeof word === "string") : undefined;
}

/** The lines of `RUN <<EOF` are the script; with a program before it they are its input. */
function bodyOf(text: string, bodies: readonly string[]): string {
  const [first, ...more] = bodies;
  if (first === undefined) return text;
  if (text.split(" ").every((word) => word.startsWith("<<"))) return [first, ...more].join("\n");
  return `${text}\n${[first, ...more].map((body, i) => `${body}\n${hereWords(text)[i] ?? "EOF"}`).join("\n")}`;
}
