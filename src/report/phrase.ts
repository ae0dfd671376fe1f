/** A sentence of a rule as a phrase of ours: no capital at the front (unless it is an acronym), no full stop at the end. */
export function phrase(sentence: string): string {
  const [first = "", second = ""] = sentence;
  const rest = sentence.slice(first.length).replace(/\.$/, "");
  return (second === second.toUpperCase() && second !== " " ? first : first.toLowerCase()) + rest;
}
