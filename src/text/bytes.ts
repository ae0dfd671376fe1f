/**
 * Text of programs is bytes. Bytes that are no UTF-8 are lone surrogates U+DC80…U+DCFF in our strings, so that nothing is lost when
 * a program decodes, cuts and recodes.
 */
export function bytesOf(text: string): Uint8Array {
  if (!/[\uDC80-\uDCFF]/.test(text)) return new TextEncoder().encode(text);
  const out: number[] = [];
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    if (code >= 0xdc80 && code <= 0xdcff) out.push(code - 0xdc00);
    else out.push(...new TextEncoder().encode(char));
  }
  return Uint8Array.from(out);
}

export function textOfBytes(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return escaped(bytes);
  }
}

function escaped(bytes: Uint8Array): string {
  const out: string[] = [];
  for (let i = 0; i < bytes.length; ) {
    const size = sequenceAt(bytes, i);
    const first = bytes[i] ?? 0;
    out.push(size === 0 ? String.fromCharCode(0xdc00 + first) : new TextDecoder().decode(bytes.subarray(i, i + size)));
    i += size || 1;
  }
  return out.join("");
}

/** Length of the UTF-8 sequence at `at`; 0 if there is none. */
function sequenceAt(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  const size =
    first < 0x80
      ? 1
      : first >= 0xc2 && first < 0xe0
        ? 2
        : first >= 0xe0 && first < 0xf0
          ? 3
          : first >= 0xf0 && first < 0xf5
            ? 4
            : 0;
  if (size <= 1) return size;
  const found = bytes.subarray(at, at + size);
  try {
    new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(found);
    return found.length === size ? size : 0;
  } catch {
    return 0;
  }
}
