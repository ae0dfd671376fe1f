import { describe, expect, test } from "vitest";
import { shellOf } from "../../src/sources/script.ts";

describe("which shell reads a script", () => {
  test.each([
    ["its first line says", "#!/bin/sh\n", "x", { shell: "sh" }],
    ["with options", "#!/bin/bash -eu\n", "x", { shell: "bash" }],
    ["through env", "#!/usr/bin/env zsh\n", "x.sh", { shell: "zsh" }],
    ["through env -S with a setting", "#!/usr/bin/env -S A=1 dash -e\n", "x", { shell: "dash" }],
    ["with a blank before and Windows line ends", "#! /bin/ksh\r\n", "x", { shell: "ksh" }],
    ["another name of a shell", "#!/bin/mksh\n", "x", { shell: "ksh" }],
    ["no first line: the file's name", "echo\n", "a/b.zsh", { shell: "zsh" }],
    ["neither: bash", "echo\n", "a/b", { shell: "bash" }],
    ["a comment is no first line", "# !/bin/zsh\n", "x.zsh", { shell: "zsh" }],
    [".sh may be any of them", "echo\n", "x.sh", { shell: "bash" }],
    ["not a shell", "#!/usr/bin/env python3\n", "x.sh", { other: "python3" }],
  ])("%s", (_, text, file, shell) => expect(shellOf(text, file)).toEqual(shell));
});
