import { base } from "../../text/encode.ts";
import { escaped } from "./escapes.ts";

const BASE64 = base("base64");

export const fromBase64 = (text: string): string | undefined =>
  BASE64(["-d", "-i"], text.replaceAll("-", "+").replaceAll("_", "/"));
export const toBase64 = (text: string): string | undefined => BASE64(["-w", "0"], text);

export function fromHex(text: string): string | undefined {
  const digits = text.replaceAll(/\s/g, "");
  if (digits.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(digits)) return undefined;
  let out = "";
  for (let i = 0; i < digits.length; i += 2) out += String.fromCharCode(Number.parseInt(digits.slice(i, i + 2), 16));
  return out;
}

/** The number a literal spells: `0x41`, `0101`, `65`. */
export function numberOf(text: string): number | undefined {
  const plain = text.replaceAll("_", "").trim();
  if (/^0[0-7]+$/.test(plain)) return Number.parseInt(plain, 8);
  if (plain === "" || !Number.isFinite(Number(plain))) return undefined;
  return Number(plain);
}

export function character(text: string): string | undefined {
  const code = numberOf(text);
  return code === undefined || code < 0 || code > 0x10ffff ? undefined : String.fromCodePoint(Math.floor(code));
}

export const characters = (...codes: readonly string[]): string | undefined => {
  const all = codes.map(character);
  return all.every((one) => one !== undefined) ? all.join("") : undefined;
};

/** Perl's and Ruby's `pack`, as far as it makes text of numbers or digits. */
export function pack(template: string, items: readonly string[]): string | undefined {
  const letter = template[0] ?? "";
  if (letter === "H") return fromHex(items[0] ?? "");
  if (letter === "m") return toBase64(items[0] ?? "");
  if (letter === "B") return fromBits(items[0] ?? "");
  if (letter === "A" || letter === "a") return items.join("");
  if ("CcUW".includes(letter) && letter !== "") return characters(...items);
  return undefined;
}

export function unpack(template: string, text: string): string | undefined {
  const letter = template[0] ?? "";
  if (letter === "m") return fromBase64(text);
  if (letter === "A" || letter === "a") return text;
  if (letter === "H") return [...text].map((char) => char.charCodeAt(0).toString(16).padStart(2, "0")).join("");
  return undefined;
}

function fromBits(bits: string): string | undefined {
  if (bits.length % 8 !== 0 || !/^[01]*$/.test(bits)) return undefined;
  let out = "";
  for (let i = 0; i < bits.length; i += 8) out += String.fromCharCode(Number.parseInt(bits.slice(i, i + 8), 2));
  return out;
}

export const rot13 = (text: string): string =>
  text.replaceAll(/[a-zA-Z]/g, (char) => {
    const start = char <= "Z" ? 65 : 97;
    return String.fromCharCode(((char.charCodeAt(0) - start + 13) % 26) + start);
  });

export const reversed = (text: string): string => [...text].reverse().join("");

export function fromPercent(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return undefined;
  }
}

/** `%s`, `%d`, `%c`, `%x` filled in. */
export function format(template: string, ...args: readonly string[]): string | undefined {
  let out = "";
  let next = 0;
  for (let i = 0; i < template.length; i++) {
    if (template[i] !== "%") {
      out += template[i];
      continue;
    }
    const verb = template[++i] ?? "";
    const arg = verb === "%" ? "%" : args[next++];
    if (arg === undefined || !"sdcxiu%q".includes(verb)) return undefined;
    out += verb === "c" ? (character(arg) ?? "") : verb === "x" ? Number(arg).toString(16) : arg;
  }
  return out;
}

/** Backslashes of a text that is read once more: `stripcslashes`. */
export function unescaped(text: string): string {
  let out = "";
  for (let i = 0; i < text.length; ) {
    if (text[i] !== "\\") {
      out += text[i++];
      continue;
    }
    const [char, length] = escaped(text, i + 1);
    out += char;
    i += 1 + Math.max(1, length);
  }
  return out;
}

export function cut(text: string, start: string, length?: string): string | undefined {
  const [from, size] = [Number(start), length === undefined ? undefined : Number(length)];
  if (!Number.isInteger(from) || (size !== undefined && !Number.isInteger(size))) return undefined;
  const begin = from < 0 ? Math.max(0, text.length + from) : from;
  return text.slice(begin, size === undefined ? undefined : size < 0 ? text.length + size : begin + size);
}
