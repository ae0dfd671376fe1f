/** Plain data in one line, as YAML would have it: `{ from: { file: credential }, steps: [decode, extract] }`; lists of one without brackets. */
export function printData(value: unknown): string {
  if (Array.isArray(value)) return value.length === 1 ? printData(value[0]) : `[${value.map(printData).join(", ")}]`;
  if (typeof value !== "object" || value === null) return String(value);
  return `{ ${Object.entries(value)
    .map(([key, inner]) => `${key}: ${printData(inner)}`)
    .join(", ")} }`;
}
