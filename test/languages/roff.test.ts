import { expect, test } from "vitest";
import { shown } from "./shown.ts";

test.each([
  ["roff", ".TH X 1\n.SH NAME\nsy sh", ""],
  ["roff", ".sy sh -c id\n'pi less", "runs sh: sh -c id; runs sh: less"],
  [
    "roff",
    ".so /etc/shadow\n.open x /tmp/y",
    "reads /etc/shadow; writes /tmp/y truncates; /etc/shadow -> stdout; process -> /tmp/y",
  ],
  ["pic", ".PS\nbox\nsh X id X\n.PE", "runs sh: id"],
  ["pic", "sh { id; ls }", "runs sh: id; ls"],
])("%s: %s", (language, code, expected) => {
  expect(shown(language, code)).toBe(expected);
});

test.each([
  ["exec sh <@stdin >@stdout 2>@stderr", "runs sh < caller"],
  ["exec ls -l > /tmp/x", "runs sh: ls -l > /tmp/x"],
])("Tcl hands its own channels on: %s", (code, expected) => {
  expect(shown("tcl", code)).toBe(expected);
});
