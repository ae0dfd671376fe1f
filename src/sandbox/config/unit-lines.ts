import type { Said } from "./configured.ts";
import { wordsOf } from "./run-line.ts";

/** The settings of one section of a systemd unit; a list that is set to nothing starts anew. Source: systemd.syntax(7). */
export class UnitSection {
  private readonly said = new Map<string, Said[]>();

  constructor(text: string, section: string) {
    const lines = text.split("\n");
    let here = "";
    for (let i = 0; i < lines.length; i++) {
      const at = { line: i + 1, column: 1 };
      let line = lines[i] ?? "";
      if (/^\s*[#;]/.test(line)) continue;
      while (line.endsWith("\\") && i + 1 < lines.length) line = `${line.slice(0, -1)} ${lines[++i] ?? ""}`;
      const sign = line.indexOf("=");
      if (line.startsWith("[")) here = line.trim();
      else if (here === `[${section}]` && sign > 0)
        this.add(line.slice(0, sign).trim(), { text: line.slice(sign + 1).trim(), at });
    }
  }

  private add(key: string, value: Said): void {
    if (value.text === "") this.said.set(key, [value]);
    else this.said.set(key, [...(this.said.get(key) ?? []), value]);
  }

  keys(): readonly string[] {
    return [...this.said.keys()];
  }

  all(key: string): readonly Said[] {
    return this.said.get(key) ?? [];
  }

  last(key: string): Said | undefined {
    return this.all(key).at(-1);
  }

  /** The last word about it. */
  is(key: string, ...values: readonly string[]): boolean {
    const text = this.last(key)?.text.toLowerCase() ?? "";
    return values.length > 0 ? values.includes(text) : ["yes", "true", "on", "1"].includes(text);
  }

  words(key: string): readonly Said[] {
    return this.all(key).flatMap(({ text, at }) => wordsOf(text).map((word) => ({ text: word.text, at })));
  }
}
