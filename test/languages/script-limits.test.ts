import { expect, test } from "vitest";
import { shown } from "./shown.ts";

test.each(["perl", "ruby", "php", "lua"])("%s: what nests or chains without end is a doubt, not an exception", (language) => {
  const bits = ["(", "[", "{", "f(", "x.y ", "a,", "$$", "x = ", "if x do ", '"', "@{[", "a::b->", "1 + ", '"a" . ', "/ "];
  const answers = bits.map((bit) => shown(language, bit.repeat(20_000)));
  expect(answers.filter((answer) => answer.length > 1000)).toEqual([]);
});

test.each([
  ["perl", "sub f { f() } f()"],
  ["ruby", "def f; f; end; f"],
  ["php", "function f() { return f(); } f();"],
  ["lua", "local function f() return f() end f()"],
])("%s: a function that calls itself ends", (language, code) => {
  expect(shown(language, code)).toBe("");
});
