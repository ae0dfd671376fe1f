import type { WrittenCase } from "../written.ts";
import { placeholder, type Secret, type Secrets } from "./secrets.ts";

/** Ways to write what stands for a secret: by its kind, by how it begins too, as text that might be one, and as text that can't be. */
const WAYS: readonly ((secret: Secret) => string)[] = [
  ({ kind }) => placeholder(kind),
  ({ kind, beginning }) => beginning + placeholder(kind),
  () => placeholder("credential-0"),
  () => "redacted",
];
/** With more secrets than this, all are written the same way. */
const MOST_MIXED = 3;

export interface Redacted {
  readonly given: WrittenCase;
  /** How many secrets were replaced. */
  readonly secrets: number;
}

/**
 * A case without its secrets, judged as it was with them: `judge` says how, in words that can be compared. Undefined if there is no
 * such case.
 */
export function redact(given: WrittenCase, secrets: Secrets, judge: (given: WrittenCase) => string): Redacted | undefined {
  const count = replaced(given, secrets, () => undefined).secrets;
  if (count === 0) return { given, secrets: 0 };
  const wanted = judge(given);
  for (const ways of waysFor(count)) {
    const written = replaced(given, secrets, (secret, i) => (WAYS[ways[i] ?? 0] ?? WAYS[0])?.(secret));
    if (judge(written.given) === wanted) return written;
  }
  return undefined;
}

/** Which way for each secret: all the same first. */
function* waysFor(count: number): Generator<readonly number[]> {
  for (const way of WAYS.keys()) yield Array.from({ length: count }, () => way);
  if (count > MOST_MIXED) return;
  for (let code = 0; code < WAYS.length ** count; code += 1)
    yield Array.from({ length: count }, (_, i) => Math.floor(code / WAYS.length ** i) % WAYS.length);
}

type Write = (secret: Secret, i: number) => string | undefined;

/** Every text of a case that is run, or shown, with its secrets written otherwise. */
function replaced(given: WrittenCase, secrets: Secrets, write: Write): Redacted {
  let seen = 0;
  const without = (plain: string, found: readonly Secret[]): string => {
    let written = "";
    let end = 0;
    for (const secret of found) {
      written += plain.slice(end, secret.start) + (write(secret, seen) ?? "");
      seen += 1;
      end = secret.end;
    }
    return written + plain.slice(end);
  };
  const text = (plain: string): string => without(plain, secrets.find(plain));
  const { command, commands, argv, context } = given;
  const asked = {
    ...(command === undefined ? {} : { command: text(command) }),
    ...(commands === undefined ? {} : { commands: commands.map(text) }),
    ...(argv === undefined ? {} : { argv: secrets.inWords(argv).map((found, i) => without(argv[i] ?? "", found)) }),
    ...(context?.env === undefined ? {} : { context: { ...context, env: settings(context.env, secrets, without) } }),
  };
  const name = text(given.name);
  return { given: { ...given, ...asked, name }, secrets: seen };
}

/** Variables are named as words `NAME=value` are. */
function settings(
  env: Readonly<Record<string, string>>,
  secrets: Secrets,
  without: (plain: string, found: readonly Secret[]) => string,
): Record<string, string> {
  const words = Object.entries(env).map(([name, value]) => ({ name, word: `${name}=${value}` }));
  return Object.fromEntries(
    words.map(({ name, word }) => [name, without(word, secrets.inWords([word])[0] ?? []).slice(name.length + 1)]),
  );
}
