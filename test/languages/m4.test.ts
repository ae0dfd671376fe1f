import { expect, test } from "vitest";
import { shown } from "./shown.ts";

const outcome = (code: string): string => shown("m4", code).split("; ").slice(0, -1).join("; ");
const after = (code: string): string => shown("m4", code).split(" -> stdout").slice(1).join("");

test.each([
  ["syscmd(`ls -l')dnl", "; runs sh: ls -l"],
  ["esyscmd(echo a, b)", "; runs sh: echo a"],
  ["define(`x', `esyscmd(`id')')x", "; runs sh: id"],
  ["m4_syscmd(id)", "; runs sh: id"],
  ["define(`run', `syscmd($1)')run(id)", "; opaque-code inline: m4 runs shell text that is made of its macros' arguments"],
  ["indir(`sys`'cmd', `id')", "; opaque-code inline: m4 code"],
  ["define(`NAME', `World')dnl\nHello NAME, eval(1+2)", ""],
])("%s", (code, expected) => expect(after(code)).toBe(expected));

test("files that are included are read", () => expect(outcome("include(`/etc/x')undivert(1)")).toContain("reads /etc/x"));
