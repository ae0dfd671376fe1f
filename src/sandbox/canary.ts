import { FILES } from "./template.ts";

const MARK = "canary";

/** The text that only one file of the sandbox holds, and that file. */
export const CANARIES: readonly (readonly [canary: string, path: string])[] = FILES.flatMap(([path, text]) => {
  const at = text.indexOf(MARK);
  if (at < 0) return [];
  let end = at;
  while (/[a-z0-9]/.test(text[end] ?? "")) end++;
  return [[text.slice(at, end), path] as const];
});

/** Files whose canary is in the bytes: as it is, reversed, in hexadecimal, rot13, percent-encoded or base64 at any alignment. */
export function canariesIn(bytes: Buffer): readonly string[] {
  if (bytes.length === 0) return [];
  const text = bytes.toString("latin1");
  return CANARIES.filter(([canary]) => forms(canary).some((form) => text.includes(form))).map(([, path]) => path);
}

function forms(canary: string): readonly string[] {
  const hex = Buffer.from(canary).toString("hex");
  return [
    canary,
    [...canary].reverse().join(""),
    hex,
    hex.toUpperCase(),
    (hex.match(/../g) ?? []).map((byte) => `%${byte}`).join(""),
    canary.replace(/[a-z]/g, (letter) => String.fromCharCode(((letter.charCodeAt(0) - 97 + 13) % 26) + 97)),
    ...[0, 1, 2].map((shift) => base64At(canary, shift)),
  ];
}

/** The characters of the base64 text that depend on the canary alone, wherever in a group of three it begins. */
function base64At(canary: string, shift: number): string {
  const encoded = Buffer.from(`${"\0".repeat(shift)}${canary}`)
    .toString("base64")
    .replaceAll("=", "");
  const begin = shift === 0 ? 0 : shift + 1;
  const whole = Math.floor(((shift + canary.length) * 8) / 6);
  return encoded.slice(begin, whole);
}
