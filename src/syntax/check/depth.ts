/** How deep `${` stands in `${` in source[from, to), about: an estimate of cost, not of meaning. */
export function braceDepth(source: string, from: number, to: number): number {
  const open: number[] = [];
  let braces = 0;
  let deepest = 0;
  for (let at = from; at < to; at += 1) {
    const code = source.charCodeAt(at);
    const top = open.at(-1);
    switch (code) {
      case 92:
        at += 1;
        break;
      case 34:
        if (top === 34) open.pop();
        else open.push(34);
        break;
      case 39:
        if (top !== 34) at = closingQuote(source, at, to);
        break;
      case 36: {
        const next = source.charCodeAt(at + 1);
        if (next !== 123 && next !== 40) break;
        at += 1;
        open.push(next);
        if (next === 123) braces += 1;
        if (braces > deepest) deepest = braces;
        break;
      }
      case 125:
        if (top !== 123) break;
        open.pop();
        braces -= 1;
        break;
      case 41:
        if (top === 40) open.pop();
        break;
    }
  }
  return deepest;
}

function closingQuote(source: string, at: number, to: number): number {
  const close = source.indexOf("'", at + 1);
  return close === -1 || close > to ? to : close;
}
