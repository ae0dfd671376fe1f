import type { Binding } from "../model/binding.ts";
import { type Argument, exact, exactText } from "../model/value.ts";
import { Draft } from "./binding-parts.ts";
import { mayReachOut } from "./unread.ts";

/**
 * AppleScript Language Guide, `do shell script`: the string that follows runs in sh. The rest tells applications what to do;
 * `display dialog … with hidden answer` asks for a password.
 */
export function readAppleScript(code: Argument): Binding | undefined {
  const text = exactText(code.value);
  if (text === undefined) return undefined;
  const draft = new Draft(code);
  const marker = "do shell script";
  let rest = "";
  let from = 0;
  for (let at = text.indexOf(marker); at >= 0; at = text.indexOf(marker, from)) {
    rest += text.slice(from, at);
    const read = stringAfter(text, at + marker.length);
    if (read) draft.shell(exact(read.text, code.value.from));
    else draft.opaque("AppleScript runs shell text that is not known");
    from = read ? read.end : at + marker.length;
  }
  if (text.includes("with hidden answer"))
    draft.effects.push({
      kind: "read",
      on: { kind: "screen", value: exact("a password that it asks for") },
      attributes: {},
      span: code.span,
    });
  if (mayReachOut(exact(rest + text.slice(from)))) draft.opaque("AppleScript code");
  return draft.binding();
}

function stringAfter(text: string, start: number): { readonly text: string; readonly end: number } | undefined {
  let at = start;
  while (text[at] === " ") at++;
  if (text[at] !== '"') return undefined;
  let out = "";
  for (at++; at < text.length && text[at] !== '"'; at++) out += text[at] === "\\" ? (text[++at] ?? "") : text[at];
  return { text: out, end: at + 1 };
}
