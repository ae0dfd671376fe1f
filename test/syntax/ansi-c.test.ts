import { describe, expect, test } from "vitest";
import { decodeAnsiC } from "../../src/syntax/ansi-c.ts";

/** Each pair is what bash 5.2 prints for `printf %s $'…'`, in UTF-8. */
describe("inside $'…'", () => {
  test.each([
    ["plain", "plain"],
    ["\\a\\b\\e\\E\\f\\n\\r\\t\\v", "\x07\b\x1b\x1b\f\n\r\t\v"],
    ["\\\\\\'\\\"\\?", "\\'\"?"],
    ["\\x41\\x4a\\x4", "AJ\x04"],
    ["\\x4g", "\x04g"],
    ["\\x{63}url", "curl"],
    ["\\x{1263}", "c"],
    ["\\x{}tail", ""],
    ["\\x{zz", ""],
    ["\\x", "\\x"],
    ["\\101\\60\\7", "A0\x07"],
    ["\\1018", "A8"],
    ["\\501", "A"],
    ["a\\0b", "a"],
    ["a\\x00b", "a"],
    ["a\\400b", "a"],
    ["a\\u0000b", "a"],
    ["a\\c@b", "a"],
    ["\\u00e9\\u41", "éA"],
    ["\\U1F600", "😀"],
    ["\\u", "\\u"],
    ["\\xc3\\xa9", "é"],
    ["\\303\\251", "é"],
    ["\\cA\\c?\\cz", "\x01\x7f\x1a"],
    ["\\c\\\\x", "\x1cx"],
    ["\\q\\9", "\\q\\9"],
    ["a\\\nb", "a\\\nb"],
    ["a\\", "a\\"],
  ])("%j", (raw, text) => expect(decodeAnsiC(raw)).toBe(text));

  test("what a string cannot hold becomes U+FFFD", () => expect(decodeAnsiC("\\xff\\U110000\\ud800")).toBe("\ufffd\ufffd\ufffd"));
});
