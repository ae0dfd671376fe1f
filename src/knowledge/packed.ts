/**
 * Compiled facts repeat themselves. A control character, which no JSON text holds as it stands, stands for a phrase: so the module
 * that is read when a process starts is little more than half as long. A phrase may hold those before it.
 */
const PHRASES: readonly string[] = [
  `},{"pattern":"`,
  `{"argument":"`,
  `"," `,
  `{"verb":"effect","kind":"`,
  `"},"attributes":{`,
  `"mode":"interspersed","operands":[{"pattern`,
  `","subject":`,
  `","optional":true,"many":true}]}`,
  `{"verb":"`,
  `{"name":"`,
  `":{"`,
  `":["`,
  `":"path"`,
  `[{"option":"`,
  `}],"options":["`,
  `","status":"stable","severity":"`,
  `},{"verb":"uses","arguments":["`,
  `{"verb":"flow","from`,
  `,"does":[`,
  `","mode":"interspersed","`,
  `,"when":[`,
  `"},"to":{"port":"stdout"},"attributes":{}`,
  `","equals":["`,
  `","operands":[{"pattern":[`,
  `"},"as":"`,
  `],"types":{"`,
  `id":"`,
  `"text"`,
  `,"unless":[`,
];

/** Control characters but for those that end lines. */
const CODES = Array.from({ length: 0x20 }, (_, code) => code)
  .filter((code) => code > 0 && code !== 10 && code !== 13)
  .map((code) => String.fromCharCode(code));

const PAIRS: readonly (readonly [code: string, phrase: string])[] = PHRASES.map((phrase, i) => [CODES[i] ?? "", phrase]);

/** JSON without blanks between its parts, as a shorter text of ASCII characters. */
export function pack(json: string): string {
  const ascii = [...json].map((char) => (char <= "\x7e" ? char : escaped(char))).join("");
  const known: (readonly [code: string, phrase: string])[] = [];
  let text = ascii;
  for (const [code, phrase] of PAIRS) {
    const short = known.reduce((packed, [inner, long]) => packed.replaceAll(long, inner), phrase);
    known.push([code, short]);
    text = text.replaceAll(short, code);
  }
  return text;
}

/** The inverse of `pack`, but for `\u` escapes, which mean the same in JSON. */
export function unpack(text: string): string {
  return PAIRS.reduce((packed, [code, phrase]) => packed.replaceAll(code, phrase), text);
}

const escaped = (char: string): string =>
  char
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
