import { LIMITS } from "../../model/limits.ts";
import { bytesOf, textOfBytes } from "../../text/bytes.ts";
import { base, fromHex, hexOf } from "../../text/encode.ts";
import { inflate } from "./inflate.ts";

/** Text that was encoded, as it was before; undefined when the encoding is not known or does not fit. */
export function decoded(encoding: string, text: string): string | undefined {
  switch (encoding) {
    case "base64":
    case "base64url":
      return base("base64")(["-d", "-i"], text.replaceAll("-", "+").replaceAll("_", "/"));
    case "base32":
      return base("base32")(["-d", "-i"], text.toUpperCase());
    case "base16":
    case "hex":
      return fromHex(text);
    case "rot13":
    case "rot":
      return rot13(text);
    case "base85":
      return textOfGroups(text, RFC1924, false);
    case "ascii85":
      return textOfGroups(text, ASCII85, true);
    case "zlib":
    case "zip":
      return inflated(bytesOf(text), 2);
    case "gzip":
      return gunzipped(bytesOf(text));
    case "raw":
      return inflated(bytesOf(text), 0);
    default:
      return undefined;
  }
}

export function encoded(encoding: string, text: string): string | undefined {
  if (text.length > LIMITS.textLength >> 2) return undefined;
  switch (encoding) {
    case "base64":
      return base("base64")(["-w0"], text);
    case "base32":
      return base("base32")(["-w0"], text);
    case "hex":
    case "base16":
      return hexOf(bytesOf(text));
    case "rot13":
    case "rot":
      return rot13(text);
    default:
      return undefined;
  }
}

function rot13(text: string): string {
  let out = "";
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const first = code >= 97 && code <= 122 ? 97 : code >= 65 && code <= 90 ? 65 : 0;
    out += first === 0 ? text[at] : String.fromCharCode(first + ((code - first + 13) % 26));
  }
  return out;
}

const RFC1924 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~";
const ASCII85 = Array.from({ length: 85 }, (_, i) => String.fromCharCode(33 + i)).join("");

/** Five characters for four bytes (RFC 1924; Ascii85 writes four zero bytes as `z`). */
function textOfGroups(text: string, alphabet: string, zeros: boolean): string | undefined {
  const out: number[] = [];
  let group: number[] = [];
  const flush = (): void => {
    const short = 5 - group.length;
    let number = 0;
    for (let i = 0; i < 5; i++) number = number * 85 + (group[i] ?? 84);
    for (let i = 0; i < 4 - short; i++) out.push(Math.floor(number / 256 ** (3 - i)) & 255);
    group = [];
  };
  for (const char of text) {
    const digit = alphabet.indexOf(char);
    if (zeros && char === "z" && group.length === 0) out.push(0, 0, 0, 0);
    else if (digit >= 0) group.push(digit);
    else if (!" \n\t\r<~>".includes(char)) return undefined;
    if (group.length === 5) flush();
  }
  if (group.length > 1) flush();
  return textOfBytes(Uint8Array.from(out));
}

function inflated(bytes: Uint8Array, skip: number): string | undefined {
  const out = inflate(bytes.subarray(skip));
  return out ? textOfBytes(out) : undefined;
}

/** RFC 1952: a header of ten bytes, then what its flags say. */
function gunzipped(bytes: Uint8Array): string | undefined {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return undefined;
  const flags = bytes[3] ?? 0;
  let at = 10;
  if (flags & 4) at += 2 + (bytes[at] ?? 0) + 256 * (bytes[at + 1] ?? 0);
  for (const flag of [8, 16])
    if (flags & flag) {
      while (at < bytes.length && bytes[at] !== 0) at++;
      at++;
    }
  return inflated(bytes, flags & 2 ? at + 2 : at);
}
