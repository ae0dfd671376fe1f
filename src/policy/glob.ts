/** `*` is any text, `?` one character. Linear but for the backing up to the last star. */
export function matchesGlob(glob: string, text: string): boolean {
  let g = 0;
  let star = -1;
  let resume = 0;
  for (let t = 0; t < text.length; ) {
    const wanted = glob.charAt(g);
    if (wanted === "*") {
      star = g++;
      resume = t;
    } else if (g < glob.length && (wanted === "?" || wanted === text.charAt(t))) {
      g++;
      t++;
    } else if (star >= 0) {
      g = star + 1;
      t = ++resume;
    } else return false;
  }
  while (glob.charAt(g) === "*") g++;
  return g === glob.length;
}

export type Match = "yes" | "maybe" | "no";

/** A pattern with a server in it may be about a tool whose server is not known. */
export function matchesTool(pattern: string, tool: string, server: string | undefined): Match {
  if (matchesGlob(pattern, tool)) return "yes";
  const slash = pattern.indexOf("/");
  if (slash < 0) return "no";
  if (server !== undefined) return matchesGlob(pattern, `${server}/${tool}`) ? "yes" : "no";
  return matchesGlob(pattern.slice(slash + 1), tool) ? "maybe" : "no";
}
