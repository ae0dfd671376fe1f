import type { Knowledge } from "../../knowledge/knowledge.ts";
import type { NamedSet } from "../../knowledge/set.ts";
import { compileGlob, type Glob, matches } from "../../rules/glob.ts";

/** A secret in a text. */
export interface Secret {
  readonly start: number;
  readonly end: number;
  /** Kebab-case: the kind of token, or what names it. */
  readonly kind: string;
  /** With what its kind begins: `ghp_`. */
  readonly beginning: string;
}

export const placeholder = (kind: string): string => `«${kind}»`;

/** Fewer characters after its beginning are no secret that was ever in use. */
const SHORTEST = 8;
const WORD = /[A-Za-z0-9_-]/;
/** Options and headers about a secret that hold none: `--secret-id`, `--no-password`, `X-Token-TTL-Seconds`. */
const ABOUT = /^(no|export|import|list|delete|default)-|-(id|seconds|ttl|count|type)$/i;
/** What tokens are made of. */
const TOKEN = /[A-Za-z0-9_\-./+=~%]*/y;

/** A name, before what it holds: `NAME=value`, `"name": "value"`, `--name value`. */
const NAMED = /(?<![\w.-])(?<dash>--?)?(?<name>[A-Za-z][\w.-]*)["']?(?<sign>=|:[ \t]?|[ \t\n]+)/g;
const VALUE = /"(?<double>[^"\n$`\\«]+)"|'(?<single>[^'\n«]+)'|(?<plain>[^\s"'$`;&|<>(){}\\,«]+)/dy;
const AUTHORIZATION = /\bauthorization: *(?:bearer|basic|token|digest) +([^\s"'$`«]+)/dgi;
const ADDRESS = /:\/\/[^\s/:@"'$`]*:([^\s/@"'$`«]+)@/dg;
/** `curl -u name:password` */
const ACCOUNT = /(?<!\S)(?:-u|--user)[ \t=]*["']?[^\s:"'$`]+:([^\s"'$`«]+)/dg;

interface Shape {
  readonly kind: string;
  /** The known text of its pattern, piece by piece. */
  readonly pieces: readonly string[];
}

/** Finds secrets by the sets of the knowledge: kinds of tokens, and names of what holds secrets. */
export class Secrets {
  private readonly shapes: readonly Shape[];
  private readonly names: { readonly in: readonly Glob[]; readonly except: readonly Glob[] };

  constructor({ sets }: Knowledge) {
    this.shapes = sets.filter(isKind).flatMap(shapesOf);
    const named = sets.find(({ name }) => name === "secret-variable");
    this.names = {
      in: (named?.members ?? []).map(({ pattern }) => compileGlob(pattern)),
      except: (named?.except ?? []).map(compileGlob),
    };
  }

  /** In the order of their places, none inside another. */
  find(text: string): readonly Secret[] {
    const all = [...this.shapes.flatMap((shape) => shaped(shape, text)), ...this.named(text), ...unnamed(text)];
    all.sort((a, b) => a.start - b.start || b.end - a.end);
    const apart: Secret[] = [];
    for (const secret of all) if (secret.start >= (apart.at(-1)?.end ?? 0)) apart.push(secret);
    return apart;
  }

  /** The same for each word of an argv array: an option's value may be the word after it, white space and all. */
  inWords(argv: readonly string[]): readonly (readonly Secret[])[] {
    return argv.map((word, i) => {
      const before = argv[i - 1] ?? "";
      const name = optionOf(before);
      if (name !== undefined && !word.startsWith("-") && this.isSecretName(name)) return whole(word, 0, kebab(name));
      const sign = word.indexOf("=");
      const own = word.slice(0, Math.max(0, sign)).replace(/^--?/, "");
      if (/^[A-Za-z][\w.-]*$/.test(own) && this.isSecretName(own)) return whole(word, sign + 1, kebab(own));
      const colon = word.indexOf(":");
      if (colon > 0 && (before === "-u" || before === "--user") && argv.includes("curl"))
        return whole(word, colon + 1, "password");
      return this.find(word);
    });
  }

  /** `api-key` and `X-Api-Key` are named as variables are: API_KEY. */
  isSecretName(name: string): boolean {
    if (ABOUT.test(name)) return false;
    const upper = name.replace(/[.-]/g, "_").toUpperCase();
    return [upper, upper.replace(/^X_/, "")].some(
      (one) => this.names.in.some((glob) => matches(glob, one)) && !this.names.except.some((glob) => matches(glob, one)),
    );
  }

  private named(text: string): readonly Secret[] {
    return [...text.matchAll(NAMED)].flatMap((match) => {
      const { dash, name = "", sign = "" } = match.groups ?? {};
      const isPair = sign.trim() !== "" || dash !== undefined;
      if (!isPair || !this.isSecretName(name)) return [];
      // Only now, so that no value is read once for each name before it.
      VALUE.lastIndex = match.index + match[0].length;
      const places = VALUE.exec(text)?.indices?.groups;
      const at = places?.double ?? places?.single ?? places?.plain;
      return at && text[at[0]] !== "-" ? [{ start: at[0], end: at[1], kind: kebab(name), beginning: "" }] : [];
    });
  }
}

const optionOf = (word: string): string | undefined => /^--?([A-Za-z][\w.-]*)$/.exec(word)?.[1];

/** All of a word from some place on, unless it stands for a secret already. */
const whole = (word: string, start: number, kind: string): readonly Secret[] =>
  word.length === start || word.includes("«") ? [] : [{ start, end: word.length, kind, beginning: "" }];

/** A set of texts that holds what stands for its members in a case is a kind of secret. */
const isKind = ({ name, of, members }: NamedSet): boolean =>
  of === "text" && members.some(({ pattern }) => pattern === `*${placeholder(name)}*`);

function shapesOf({ name, members }: NamedSet): readonly Shape[] {
  const patterns = members.map(({ pattern }) => pattern).filter((pattern) => !pattern.includes("«"));
  const cores = patterns.map((pattern) => pattern.replace(/^\*? ?/, "").replace(/\*$/, ""));
  return [...new Set(cores)].map((core) => ({ kind: name, pieces: core.split("*").filter((piece) => piece !== "") }));
}

function shaped({ kind, pieces }: Shape, text: string): readonly Secret[] {
  const [first = "", ...rest] = pieces;
  const found: Secret[] = [];
  for (let start = text.indexOf(first); start >= 0; start = text.indexOf(first, start + 1)) {
    if (WORD.test(first.charAt(0)) && WORD.test(text.charAt(start - 1))) continue;
    const end = endOf(text, start + first.length, rest);
    if (end !== undefined && isRandom(first, text.slice(start + first.length, end)))
      found.push({ start, end, kind, beginning: first });
  }
  return found;
}

/** Words of people are shorter, or have no digits: `sk-learn`. */
const isRandom = (first: string, text: string): boolean =>
  text.length >= SHORTEST && (first.startsWith("---") || /\d/.test(text));

/** Where a token that began ends; keys in PEM armour end with it. Undefined if the rest of its shape is not there. */
function endOf(text: string, after: number, rest: readonly string[]): number | undefined {
  let at = after;
  for (const piece of rest) {
    const found = text.indexOf(piece, at);
    if (found < 0) return undefined;
    at = found + piece.length;
  }
  const armour = text.startsWith("-----", at - 5) && rest.length > 0 ? text.indexOf("-----END", at) : -1;
  const close = armour < 0 ? -1 : text.indexOf("-----", armour + 8);
  if (close >= 0) return close + 5;
  TOKEN.lastIndex = at;
  return at + (TOKEN.exec(text)?.[0].length ?? 0);
}

/** Passwords that stand where only a password stands. */
function unnamed(text: string): readonly Secret[] {
  const within = (pattern: RegExp, kind: string): Secret[] =>
    [...text.matchAll(pattern)].flatMap(({ indices, index }) => {
      const at = indices?.[1];
      // Programs other than curl take a user and a group there.
      if (!at || (pattern === ACCOUNT && text.lastIndexOf("curl", index) < 0)) return [];
      return [{ start: at[0], end: at[1], kind, beginning: "" }];
    });
  return [...within(AUTHORIZATION, "authorization"), ...within(ADDRESS, "password"), ...within(ACCOUNT, "password")];
}

const kebab = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
