import { LIMITS } from "../../model/limits.ts";

/** Decompresses DEFLATE data (RFC 1951); undefined when it is no such data, or longer than a text may be. */
export function inflate(data: Uint8Array): Uint8Array | undefined {
  const input = new Bits(data);
  const out: number[] = [];
  for (let last = false; !last; ) {
    last = input.take(1) === 1;
    const type = input.take(2);
    const whole =
      type === 0 ? stored(input, out) : type === 1 ? block(input, out, FIXED) : type === 2 ? dynamic(input, out) : false;
    if (!whole || input.ended) return undefined;
  }
  return Uint8Array.from(out);
}

class Bits {
  ended = false;
  private at = 0;
  private readonly data: Uint8Array;

  constructor(data: Uint8Array) {
    this.data = data;
  }

  take(count: number): number {
    let out = 0;
    for (let i = 0; i < count; i++, this.at++) {
      const byte = this.data[this.at >> 3];
      if (byte === undefined) this.ended = true;
      out |= (((byte ?? 0) >> (this.at & 7)) & 1) << i;
    }
    return out;
  }

  align(): void {
    this.at = (this.at + 7) & ~7;
  }
}

/** Codes by their length: how many there are, and their symbols in order. */
interface Codes {
  readonly counts: readonly number[];
  readonly symbols: readonly number[];
}

function codesOf(lengths: readonly number[]): Codes {
  const counts = new Array<number>(16).fill(0);
  for (const length of lengths) counts[length] = (counts[length] ?? 0) + 1;
  counts[0] = 0;
  const symbols: number[] = [];
  for (let length = 1; length < 16; length++)
    lengths.forEach((of, symbol) => {
      if (of === length) symbols.push(symbol);
    });
  return { counts, symbols };
}

function symbol(input: Bits, { counts, symbols }: Codes): number {
  let code = 0;
  let first = 0;
  let index = 0;
  for (let length = 1; length < 16 && !input.ended; length++) {
    code |= input.take(1);
    const count = counts[length] ?? 0;
    if (code - count < first) return symbols[index + code - first] ?? -1;
    index += count;
    first = (first + count) << 1;
    code <<= 1;
  }
  return -1;
}

interface Trees {
  readonly lengths: Codes;
  readonly distances: Codes;
}

const FIXED: Trees = {
  lengths: codesOf(Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8))),
  distances: codesOf(new Array<number>(30).fill(5)),
};

const LENGTH_BASE = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
];
const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCE_BASE = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289,
  16385, 24577,
];
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

function stored(input: Bits, out: number[]): boolean {
  input.align();
  const size = input.take(16);
  input.take(16);
  for (let i = 0; i < size && !input.ended; i++) out.push(input.take(8));
  return out.length <= LIMITS.textLength;
}

function block(input: Bits, out: number[], { lengths, distances }: Trees): boolean {
  while (out.length <= LIMITS.textLength && !input.ended) {
    const found = symbol(input, lengths);
    if (found === 256) return true;
    if (found < 0 || found > 285) return false;
    if (found < 256) {
      out.push(found);
      continue;
    }
    const size = (LENGTH_BASE[found - 257] ?? 0) + input.take(LENGTH_BITS[found - 257] ?? 0);
    const code = symbol(input, distances);
    const distance = (DISTANCE_BASE[code] ?? 0) + input.take(code < 4 ? 0 : (code >> 1) - 1);
    if (code < 0 || code > 29 || distance > out.length) return false;
    for (let i = 0; i < size; i++) out.push(out[out.length - distance] ?? 0);
  }
  return false;
}

function dynamic(input: Bits, out: number[]): boolean {
  const literals = input.take(5) + 257;
  const distances = input.take(5) + 1;
  const count = input.take(4) + 4;
  const first = new Array<number>(19).fill(0);
  for (const at of ORDER.slice(0, count)) first[at] = input.take(3);
  const codes = codesOf(first);
  const lengths: number[] = [];
  while (lengths.length < literals + distances && !input.ended) {
    const found = symbol(input, codes);
    if (found < 0) return false;
    if (found < 16) lengths.push(found);
    else {
      const again = found === 16 ? (lengths.at(-1) ?? 0) : 0;
      const times = found === 16 ? 3 + input.take(2) : found === 17 ? 3 + input.take(3) : 11 + input.take(7);
      for (let i = 0; i < times; i++) lengths.push(again);
    }
  }
  return block(input, out, {
    lengths: codesOf(lengths.slice(0, literals)),
    distances: codesOf(lengths.slice(literals, literals + distances)),
  });
}
