import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { identify, licenceOf } from "../../../src/suite/import/licence.ts";

describe("which licence a text is", () => {
  test.each([
    [
      "MIT",
      "MIT License\n\nPermission is hereby granted, free of charge, to any person\nThe above copyright notice and this permission notice shall",
    ],
    ["Apache-2.0", "                                 Apache License\n                           Version 2.0, January 2004\n"],
    ["GPL-3.0", "                    GNU GENERAL PUBLIC LICENSE\n                       Version 3, 29 June 2007\n"],
    ["GPL-2.0", "                    GNU GENERAL PUBLIC LICENSE\n                       Version 2, June 1991\n"],
    ["AGPL-3.0", "GNU AFFERO GENERAL PUBLIC LICENSE\nVersion 3, 19 November 2007\n"],
    ["LGPL-2.1", "GNU LESSER GENERAL PUBLIC LICENSE\nVersion 2.1, February 1999\n"],
    ["BSD-3-Clause", "Redistribution and use in source and binary forms\nNeither the name of"],
    ["BSD-2-Clause", "Redistribution and use in source and binary forms"],
    ["CC-BY-SA-4.0", "Attribution-ShareAlike 4.0 International"],
    ["0BSD", "SPDX-License-Identifier: 0BSD\n"],
    [undefined, "All rights reserved.\n"],
  ])("%s", (id, text) => expect(identify(text)).toBe(id));
});

describe("whose licence it is", () => {
  const root = mkdtempSync(join(tmpdir(), "argvet-licence-"));
  afterAll(() => rmSync(root, { recursive: true }));
  mkdirSync(join(root, "a/.git"), { recursive: true });
  mkdirSync(join(root, "a/lists"));
  mkdirSync(join(root, "b/.git"), { recursive: true });
  writeFileSync(join(root, "LICENSE"), "SPDX-License-Identifier: ISC\n");
  writeFileSync(join(root, "a/LICENSE.txt"), "Ours alone.\n");
  writeFileSync(join(root, "a/lists/x.txt"), "ls\n");

  test("above a file, in its checkout", () =>
    expect(licenceOf(join(root, "a/lists/x.txt"))).toEqual({ id: undefined, file: join(root, "a/LICENSE.txt") }));
  test("not above its checkout", () => expect(licenceOf(join(root, "b"))).toBeUndefined());
  test("of a folder that is no checkout, above it", () =>
    expect(licenceOf(root)).toEqual({ id: "ISC", file: join(root, "LICENSE") }));
});
