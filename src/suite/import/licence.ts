import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

export interface Licence {
  /** SPDX identifier; undefined if the text is none that is known here. */
  readonly id: string | undefined;
  readonly file: string;
}

const FILE = /^(licen[cs]e|copying|unlicense)([._-].*)?$/i;
/** Words that only this licence has, in its first lines or its heading; the first that fit. */
const KNOWN: readonly (readonly [id: string, ...words: RegExp[]])[] = [
  ["AGPL-3.0", /gnu affero general public license/, /version 3/],
  ["LGPL-3.0", /gnu lesser general public license/, /version 3/],
  ["LGPL-2.1", /gnu lesser general public license/, /version 2\.1/],
  ["GPL-3.0", /gnu general public license/, /version 3/],
  ["GPL-2.0", /gnu general public license/, /version 2/],
  ["Apache-2.0", /apache license/, /version 2\.0/],
  ["MPL-2.0", /mozilla public license/, /2\.0/],
  ["EPL-2.0", /eclipse public license/, /2\.0/],
  ["CC-BY-NC-SA-4.0", /attribution-noncommercial-sharealike 4\.0/],
  ["CC-BY-SA-4.0", /attribution-sharealike 4\.0/],
  ["CC-BY-NC-4.0", /attribution-noncommercial 4\.0/],
  ["CC-BY-4.0", /attribution 4\.0/],
  ["CC0-1.0", /cc0 1\.0/],
  ["Unlicense", /this is free and unencumbered software/],
  ["MIT", /permission is hereby granted, free of charge/, /the above copyright notice and this permission notice/],
  ["ISC", /permission to use, copy, modify, and\/?(or )?distribute this software for any purpose/],
  ["BSD-3-Clause", /redistribution and use in source and binary forms/, /neither the name/],
  ["BSD-2-Clause", /redistribution and use in source and binary forms/],
];

/** The licence file of what a path is part of: beside it or above it, up to the root of its checkout. */
export function licenceOf(path: string): Licence | undefined {
  const start = resolve(path);
  for (let folder = start; ; folder = dirname(folder)) {
    const [name] = entriesOf(folder).filter((entry) => FILE.test(entry));
    if (name !== undefined) return { id: identify(textOf(join(folder, name))), file: join(folder, name) };
    if (existsSync(join(folder, ".git")) || dirname(folder) === folder) return undefined;
  }
}

/** A file has no entries. */
function entriesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

/** The identifier of a licence by its text; undefined if it is none that is known. */
export function identify(text: string): string | undefined {
  const plain = text.slice(0, 4_000).toLowerCase().replace(/\s+/g, " ");
  const [named] = /spdx-license-identifier: ([\w.+-]+)/i.exec(text.slice(0, 4_000))?.slice(1) ?? [];
  return named ?? KNOWN.find(([, ...words]) => words.every((word) => word.test(plain)))?.[0];
}
