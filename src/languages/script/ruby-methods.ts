import * as acts from "./acts.ts";
import { argument, plain, pure } from "./acts.ts";
import * as decode from "./decodings.ts";
import type { Act } from "./interpreter.ts";
import { joined } from "./lists.ts";
import {
  callIt,
  constant,
  evaluate,
  fileNumber,
  gets,
  gsub,
  method,
  openRead,
  packed,
  reopen,
  send,
  splitText,
  unpacked,
} from "./ruby-acts.ts";
import { expandRange, translated } from "./substitute.ts";
import { elementOf, known, listOf, text, UNKNOWN } from "./thing.ts";

/** Methods of anything. */
export const methods: ReadonlyMap<string, Act> = new Map<string, Act>([
  ["read", openRead],
  ["gets", gets],
  ["getc", acts.readOpen],
  ["readline", acts.readOpen],
  ["readlines", acts.readOpen],
  ["readpartial", acts.readOpen],
  ["sysread", acts.readOpen],
  ["recv", acts.readOpen],
  ["each_line", acts.readOpen],
  ["each_byte", acts.readOpen],
  ["write", acts.writeOpen],
  ["print", acts.writeOpen],
  ["puts", acts.writeOpen],
  ["printf", acts.writeOpen],
  ["syswrite", acts.writeOpen],
  ["write_nonblock", acts.writeOpen],
  ["send", (at, call) => (call.self?.handle ? acts.writeOpen(at, call) : send(at, call))],
  ["__send__", send],
  ["public_send", send],
  ["method", method],
  ["const_get", constant],
  ["call", callIt],
  ["()", callIt],
  ["instance_eval", evaluate],
  ["class_eval", evaluate],
  ["module_eval", evaluate],
  ["instance_exec", evaluate],
  ["eval", evaluate],
  ["accept", (at, call) => at.opened("socket", call.self?.handle?.end)],
  [
    "connect",
    (at, call) => {
      const target = call.args[0]?.pairs
        ? acts.connect(at, call.args[0].pairs.get("host") ?? UNKNOWN, call.args[0].pairs.get("port"))
        : acts.connect(at, argument(call, 0), call.args[1], "udp");
      if (call.self?.handle) call.self.handle.end = target.handle?.end;
      return UNKNOWN;
    },
  ],
  ["reopen", reopen],
  ["to_i", fileNumber],
  ["fileno", fileNumber],
  ["pack", packed],
  ["unpack", unpacked(false)],
  ["unpack1", unpacked(true)],
  ["reverse", (at, call) => (call.self?.items ? listOf([...call.self.items].reverse()) : pure(decode.reversed)(at, call))],
  ["chr", pure(decode.character)],
  ["ord", pure((one) => String(one.codePointAt(0) ?? 0))],
  ["hex", pure((one) => String(Number.parseInt(one, 16)))],
  ["downcase", pure((one) => one.toLowerCase())],
  ["upcase", pure((one) => one.toUpperCase())],
  ["capitalize", pure((one) => one.slice(0, 1).toUpperCase() + one.slice(1).toLowerCase())],
  ["strip", pure((one) => one.trim())],
  ["chomp", pure((one) => (one.endsWith("\n") ? one.slice(0, -1) : one))],
  ["to_s", acts.first],
  ["to_str", acts.first],
  ["to_sym", acts.first],
  ["to_a", acts.first],
  ["to_proc", acts.first],
  ["freeze", acts.first],
  ["dup", acts.first],
  ["itself", acts.first],
  [
    "new",
    (at, call) => ({
      ...plain(at, call),
      ...(call.self?.path === undefined ? {} : { type: call.self.path }),
      ...(call.self?.path === "IO" ? { value: argument(call, 0).value } : {}),
    }),
  ],
  ["join", (_at, call) => joined([call.self ?? UNKNOWN], known(call.args[0]) ?? "")],
  ["concat", (at, call) => pure((...all) => all.join(""))(at, call)],
  ["tr", pure((one, from = "", to = "") => translated(one, expandRange(from), expandRange(to)))],
  ["gsub", gsub],
  ["sub", gsub],
  [
    "delete",
    (at, call) => (call.self?.type === "Pathname" ? acts.onPaths("delete")(at, { ...call, args: [call.self] }) : plain(at, call)),
  ],
  ["split", (at, call) => splitText(at, call)],
  [
    "chars",
    (_at, call) =>
      known(call.self) === undefined ? plain(_at, call) : listOf([...(known(call.self) ?? "")].map((char) => text(char))),
  ],
  ["first", (_at, call) => call.self?.items?.[0] ?? elementOf(call.self ?? UNKNOWN)],
  ["last", (_at, call) => call.self?.items?.at(-1) ?? elementOf(call.self ?? UNKNOWN)],
  [
    "request",
    (at, call) => {
      if (call.self) for (const { end } of call.self.from) for (const arg of call.args) at.send(arg, end, false);
      return plain(at, call);
    },
  ],
  [
    "post",
    (at, call) => {
      if (call.self) for (const { end } of call.self.from) for (const arg of call.args) at.send(arg, end, false);
      return plain(at, call);
    },
  ],
]);
