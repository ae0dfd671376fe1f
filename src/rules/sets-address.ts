/** Eight groups of sixteen bits. An IPv4 address is written as IPv6 does: ::ffff:a.b.c.d (RFC 4291, 2.5.5.2). */
export type Address = readonly number[];

export interface Range {
  readonly address: Address;
  /** Leading bits that count. */
  readonly bits: number;
}

export function parseAddress(text: string): Address | undefined {
  if (!text.includes(":")) {
    const octets = parseOctets(text.split("."));
    return octets?.length === 4 ? mapped(octets) : undefined;
  }
  const [plain = ""] = text.split("%");
  const halves = plain.split("::");
  if (plain.length > 45 || halves.length > 2) return undefined;
  const [front, back] = halves.map(parseGroups);
  if (front === undefined || (halves.length === 2 && back === undefined)) return undefined;
  if (back === undefined) return front.length === 8 ? front : undefined;
  const zeros = 8 - front.length - back.length;
  return zeros < 1 ? undefined : [...front, ...new Array<number>(zeros).fill(0), ...back];
}

export function parseRange(text: string): Range | undefined {
  const slash = text.indexOf("/");
  const address = parseAddress(slash < 0 ? text : text.slice(0, slash));
  if (!address) return undefined;
  const bits = slash < 0 ? 128 : Number(text.slice(slash + 1)) + (text.includes(":") ? 0 : 96);
  return Number.isInteger(bits) && bits >= 0 && bits <= 128 ? { address, bits } : undefined;
}

export function inRange(address: Address, range: Range): boolean {
  for (let i = 0, bits = range.bits; bits > 0; i++, bits -= 16) {
    const shift = bits >= 16 ? 0 : 16 - bits;
    if ((address[i] ?? 0) >> shift !== (range.address[i] ?? 0) >> shift) return false;
  }
  return true;
}

/** The range that known leading octets leave: `169.254.` is 169.254.0.0/16. */
export function rangeOfPrefix(text: string): Range | undefined {
  const octets = parseOctets(text.split(".").slice(0, -1));
  if (!octets || octets.length === 0 || octets.length > 3) return undefined;
  return { address: mapped([...octets, 0, 0, 0].slice(0, 4)), bits: 96 + 8 * octets.length };
}

function parseGroups(text: string): number[] | undefined {
  if (text === "") return [];
  const groups: number[] = [];
  const parts = text.split(":");
  for (const [i, part] of parts.entries()) {
    if (i === parts.length - 1 && part.includes(".")) {
      const octets = parseOctets(part.split("."));
      if (octets?.length !== 4) return undefined;
      groups.push(...mapped(octets).slice(6));
    } else if (part.length > 4 || !consistsOf(part.toLowerCase(), "0123456789abcdef")) return undefined;
    else groups.push(Number.parseInt(part, 16));
  }
  return groups;
}

const consistsOf = (text: string, characters: string): boolean =>
  text !== "" && [...text].every((char) => characters.includes(char));

function parseOctets(parts: readonly string[]): number[] | undefined {
  const octets = parts.map((part) => (part.length <= 3 && consistsOf(part, "0123456789") ? Number(part) : 256));
  return octets.every((octet) => octet < 256) ? octets : undefined;
}

function mapped(octets: readonly number[]): Address {
  const [a = 0, b = 0, c = 0, d = 0] = octets;
  return [0, 0, 0, 0, 0, 0xffff, a * 256 + b, c * 256 + d];
}
