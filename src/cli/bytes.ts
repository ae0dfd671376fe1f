import { Failure } from "./failure.ts";

/** Bytes of one input, or of one line of a stream. More is refused rather than kept in memory. */
export const MOST_BYTES = 8 * 1024 * 1024;

/** A line of a stream; `bytes` is undefined when it is longer than MOST_BYTES. */
export interface Line {
  readonly number: number;
  readonly bytes: Uint8Array | undefined;
}

/** Cuts a stream at newlines, holding one line at a time. A last line without a newline counts. */
export async function* linesOf(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  let number = 1;
  let parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      size += end - start;
      yield { number: number++, bytes: size > MOST_BYTES ? undefined : Buffer.concat([...parts, chunk.subarray(start, end)]) };
      parts = [];
      size = 0;
      start = end + 1;
    }
    size += chunk.length - start;
    if (size > MOST_BYTES) parts = [];
    else if (start < chunk.length) parts.push(chunk.subarray(start));
  }
  if (size > 0) yield { number, bytes: size > MOST_BYTES ? undefined : Buffer.concat(parts) };
}

/** All of a stream as text. Throws a Failure when it is too long or not UTF-8. */
export async function textOf(stream: AsyncIterable<Uint8Array>, name: string): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new Failure(`${name} is longer than ${MOST_BYTES} bytes`);
    parts.push(chunk);
  }
  return decode(Buffer.concat(parts), name);
}

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Throws a Failure that says where the bytes stop being UTF-8. */
export function decode(bytes: Uint8Array, name: string): string {
  try {
    return strict.decode(bytes);
  } catch {
    const again = Buffer.from(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes));
    const at = bytes.findIndex((byte, i) => byte !== again[i]);
    throw new Failure(`${name} is not valid UTF-8 (byte ${at})`);
  }
}
