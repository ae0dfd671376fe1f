import { expect, test } from "vitest";
import { shown } from "./shown.ts";

test.each([
  ['{"scripts":{"build":"tsc","deploy":"./ship.sh"}}', "runs sh: tsc", "build"],
  ['{"scripts":{"prebuild":"a","build":"b","postbuild":"c"}}', "runs sh: a; runs sh: b; runs sh: c", "build"],
  ['{"scripts":{"postinstall":"a","prepare":"b","test":"c"}}', "runs sh: a; runs sh: b", "install", "prepare"],
  ['{"scripts":{"a":"echo \\u0024HOME"}}', "runs sh: echo $HOME", "a"],
  ['{"scripts":{"a":["b"]}}', "", "a"],
  ["{scripts: {a: b,}", "runs sh: b", "a"],
  ["[]", "", "a"],
])("package.json runs what is asked for: %s", (code, expected, ...asked) => {
  expect(shown("package-scripts", code, ...asked)).toBe(expected);
});

test.each([
  ['{"scripts":{"post-install-cmd":["a","@b"],"b":"c"}}', "runs sh: a; runs sh: c", "post-install-cmd"],
  [
    '{"scripts":{"a":["@php -r 1","@composer dump","V\\\\S::run","@putenv A=1"]}}',
    "runs sh: php -r 1; runs sh: composer dump",
    "a",
  ],
  ['{"scripts":{"a":"@a"}}', "", "a"],
])("composer.json: %s", (code, expected, ...asked) => {
  expect(shown("composer-scripts", code, ...asked)).toBe(expected);
});
