import type { Lexis, Scanner } from "./scanner.ts";

/** Lua 5.4 manual, section 3.1. */
export const LUA: Lexis = {
  comments: ["--"],
  blockComments: [
    ["--[[", "]]"],
    ["--[=[", "]=]"],
    ["--[==[", "]==]"],
  ],
  signs: ["...", "..", "==", "~=", "<=", ">=", "//", "::", "<<", ">>"],
  lines: false,
  joins: [],
  expecting: new Set(["return", "and", "or", "not"]),
  ends: "",
  singleEscapes: "all",
  decimal: true,
  interpolate: () => undefined,
  special,
};

/** `[[ long text ]]`, `[==[ … ]==]`. */
function special(scanner: Scanner): boolean {
  if (scanner.peek() !== "[") return false;
  let level = 0;
  while (scanner.peek(1 + level) === "=") level++;
  if (scanner.peek(1 + level) !== "[") return false;
  const start = scanner.at + 2 + level;
  const close = `]${"=".repeat(level)}]`;
  const end = scanner.text.indexOf(close, start);
  const text = scanner.text.slice(start, end < 0 ? undefined : end);
  scanner.broken = end < 0;
  scanner.at = end < 0 ? scanner.text.length : end + close.length;
  const whole = text.startsWith("\n") ? text.slice(1) : text;
  scanner.push("text", whole, [whole]);
  return true;
}
