/**
 * Host names as resolvers understand them: numbers, octal, hexadecimal, full-width and circled digits, IPv4 within IPv6
 * (inet_aton(3), WHATWG URL "host parser"). The canonical form is lower case, dotted decimal, without a final dot.
 */
export function canonicalHost(text: string): string {
  const plain = isPlain(text) ? text.toLowerCase() : dots(percentDecoded(text).normalize("NFKC")).toLowerCase();
  const bare = plain.startsWith("[") && plain.endsWith("]") ? plain.slice(1, -1) : plain;
  if (bare.includes(":")) return ipv6(bare) ?? bare;
  const name = bare.endsWith(".") ? bare.slice(0, -1) : bare;
  return ipv4(name) ?? name;
}

function isPlain(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 126 || text.charAt(i) === "%") return false;
  return true;
}

/** Ideographic and half-width full stops; NFKC leaves them. */
function dots(text: string): string {
  return text.replaceAll("\u3002", ".").replaceAll("\uff0e", ".").replaceAll("\uff61", ".");
}

function percentDecoded(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** One to four numbers; the last fills all bytes that are left: `2852039166`, `169.254.43518`, `0xa9.0376.0251.254`. */
function ipv4(text: string): string | undefined {
  const parts = text.split(".");
  if (parts.length > 4) return undefined;
  const numbers: number[] = [];
  for (const part of parts) {
    const number = integer(part);
    if (number === undefined) return undefined;
    numbers.push(number);
  }
  const last = numbers.pop() ?? 0;
  const free = 4 - numbers.length;
  if (numbers.some((number) => number > 255) || last >= 256 ** free) return undefined;
  const bytes = [...numbers];
  for (let i = free - 1; i >= 0; i--) bytes.push(Math.floor(last / 256 ** i) % 256);
  return bytes.join(".");
}

function integer(text: string): number | undefined {
  if (text === "") return undefined;
  const hex = text.startsWith("0x");
  const digits = hex ? text.slice(2) : text;
  const radix = hex ? 16 : text.length > 1 && text.startsWith("0") ? 8 : 10;
  if (digits.length > 64) return undefined;
  let number = 0;
  for (const char of digits) {
    const digit = "0123456789abcdef".indexOf(char);
    if (digit < 0 || digit >= radix) return undefined;
    number = number * radix + digit;
  }
  return number;
}

/** Eight groups, shortest spelling; addresses that wrap an IPv4 one are written as that. */
function ipv6(text: string): string | undefined {
  const zone = text.indexOf("%");
  const groups = groupsOf(zone < 0 ? text : text.slice(0, zone));
  if (!groups) return undefined;
  const leading = groups.slice(0, 6).join();
  const wraps = leading === "0,0,0,0,0,65535" || leading === "100,65435,0,0,0,0" || leading === "0,0,0,0,65535,0";
  const [high = 0, low = 0] = groups.slice(6);
  if (wraps || (leading === "0,0,0,0,0,0" && high > 0)) return `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
  return compressed(groups);
}

function groupsOf(text: string): readonly number[] | undefined {
  const halves = text.split("::");
  if (halves.length > 2 || text.length > 64) return undefined;
  const [head = "", tail] = halves;
  const left = groupList(head);
  const right = tail === undefined ? [] : groupList(tail);
  if (!left || !right) return undefined;
  const missing = 8 - left.length - right.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  return [...left, ...new Array<number>(missing).fill(0), ...right];
}

function groupList(text: string): readonly number[] | undefined {
  if (text === "") return [];
  const groups: number[] = [];
  const parts = text.split(":");
  for (const [i, part] of parts.entries()) {
    if (part.includes(".") && i === parts.length - 1) {
      const bytes = ipv4(part)?.split(".").map(Number) ?? [];
      const [a = 0, b = 0, c = 0, d = 0] = bytes;
      if (bytes.length !== 4) return undefined;
      groups.push(a * 256 + b, c * 256 + d);
      continue;
    }
    const number = part.length > 4 ? undefined : integer(`0x${part}`);
    if (number === undefined || part === "") return undefined;
    groups.push(number);
  }
  return groups;
}

function compressed(groups: readonly number[]): string {
  let best = { at: -1, length: 1 };
  for (let at = 0; at < groups.length; at++) {
    let length = 0;
    while (groups[at + length] === 0) length++;
    if (length > best.length) best = { at, length };
  }
  const write = (part: readonly number[]) => part.map((group) => group.toString(16)).join(":");
  if (best.at < 0) return write(groups);
  return `${write(groups.slice(0, best.at))}::${write(groups.slice(best.at + best.length))}`;
}
