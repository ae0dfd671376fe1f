/** Words after which a secret stands, in names of keys, options and variables. */
const SECRET = [
  "password",
  "passwd",
  "pwd",
  "secret",
  "token",
  "apikey",
  "api_key",
  "api-key",
  "authorization",
  "bearer",
  "basic",
  "credential",
  "private",
];
const HIDDEN = "‹hidden›";
/** What separates the words of a command. */
const BREAKS = new Set(" \t\n\r\"'`=:;|&()<>,{}[]");
const LONG = 20;

/** Arguments as a log may keep them: structure and ordinary words stay, what looks like a secret goes. */
export function redact(value: unknown, named = false): unknown {
  if (typeof value === "string") return named ? HIDDEN : redactText(value);
  if (Array.isArray(value)) return value.map((item) => redact(item, named));
  if (typeof value !== "object" || value === null) return named ? HIDDEN : value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, redact(inner, named || isSecret(key))]));
}

function redactText(text: string): string {
  let shown = "";
  let word = "";
  let hide = false;
  const flush = (): void => {
    if (word === "") return;
    shown += hide || looksRandom(word) ? HIDDEN : word;
    hide = isSecret(word);
    word = "";
  };
  for (const char of text) {
    if (!BREAKS.has(char)) word += char;
    else {
      flush();
      shown += char;
    }
  }
  flush();
  return shown;
}

const isSecret = (word: string): boolean => {
  const lower = word.toLowerCase();
  return SECRET.some((name) => lower.includes(name));
};

/** A key is long and mixes letters with digits; a path or a host has dots and slashes. */
function looksRandom(word: string): boolean {
  return (
    word.length >= LONG &&
    !word.includes("/") &&
    !word.includes(".") &&
    [...word].some(isDigit) &&
    [...word].some((char) => !isDigit(char) && char !== "-")
  );
}

const isDigit = (char: string): boolean => char >= "0" && char <= "9";
