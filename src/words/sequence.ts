/** `{1..5..2}` and `{a..e}` as bash's expand_seqterm reads them. */
export function sequence(text: string, most: number): readonly string[] | "too many" | undefined {
  const [from, to, step, ...rest] = text.split("..");
  if (from === undefined || to === undefined || rest.length > 0) return undefined;
  if (step !== undefined && !isInteger(step)) return undefined;
  const by = step === undefined ? 1n : BigInt(step.replace(/^\+/, ""));
  if (isLetter(from) && isLetter(to)) {
    const codes = count(BigInt(from.charCodeAt(0)), BigInt(to.charCodeAt(0)), by, most);
    return typeof codes === "string" ? codes : codes.map((code) => String.fromCharCode(Number(code)));
  }
  if (!isInteger(from) || !isInteger(to)) return undefined;
  const numbers = count(BigInt(from.replace(/^\+/, "")), BigInt(to.replace(/^\+/, "")), by, most);
  if (typeof numbers === "string") return numbers;
  const width = isPadded(from) || isPadded(to) ? Math.max(from.length, to.length) : 0;
  return numbers.map((n) => padded(n, width));
}

function count(from: bigint, to: bigint, step: bigint, most: number): readonly bigint[] | "too many" {
  const size = step === 0n ? 1n : step < 0n ? -step : step;
  const distance = to >= from ? to - from : from - to;
  if (distance / size >= BigInt(most)) return "too many";
  const out: bigint[] = [];
  for (let n = 0n; n * size <= distance; n++) out.push(to >= from ? from + n * size : from - n * size);
  return out;
}

const isLetter = (text: string): boolean => text.length === 1 && /^[A-Za-z]$/.test(text);
/** More digits than 64 bits hold are no sequence. */
const isInteger = (text: string): boolean => text.length <= 19 && /^[-+]?[0-9]+$/.test(text);
const isPadded = (text: string): boolean => /^-?0[0-9]/.test(text);

function padded(n: bigint, width: number): string {
  const digits = (n < 0n ? -n : n).toString();
  return n < 0n ? `-${digits.padStart(width - 1, "0")}` : digits.padStart(width, "0");
}
