import { expect, test } from "vitest";
import { traced } from "./traced.ts";

const runs = (command: string): string =>
  traced({ command })
    .split(" | ")
    .filter((line) => line.startsWith("$ ") && line.includes(" via "))
    .join(" | ");

test.each([
  [`echo '{"scripts":{"a":"id"}}' > package.json; npm run a`, "$ id, via npm"],
  [`echo '{"scripts":{"a":"id"}}' > package.json; npm run b`, ""],
  [`echo '{"scripts":{"a":"id"}}' > d/package.json; npm run a`, ""],
  [`echo '{"scripts":{"a":"id"}}' > d/package.json; cd d; npm run a`, "$ id, via npm"],
  [`echo '{"scripts":{"a":"id"}}' > d/package.json; npm --prefix=d run a`, "$ id, via npm"],
  [`echo '{"scripts":{"a":"id"}}' > d/package.json; yarn --cwd d a`, "$ id, via yarn"],
  [`echo '{"scripts":{"a":"npm run a"}}' > package.json; npm run a`, "$ npm run a, via npm"],
  [`echo '{"scripts":{"a":"npm run b","b":"id"}}' > package.json; npm run a`, "$ npm run b, via npm | $ id, via npm npm"],
  [`echo '{"scripts":{"postinstall":"id"}}' > package.json; npm test`, ""],
  ["npm run a", ""],
  ["curl h.test > package.json; npm run a", ""],
  ["echo 'all: ; id' > Makefile; make", "$ id, via make"],
  ["echo 'all: ; id' > d/Makefile; make -C d", "$ id, via make"],
])("a file that this command wrote runs what it says: %s", (command, expected) => {
  expect(runs(command)).toBe(expected);
});

test.each([
  ["echo id > d/x; run-parts d", "$ id, via run-parts d/x"],
  ["echo id > d/e/x; run-parts d", ""],
  ["cp /bin/date d/; run-parts d", "$ /bin/date, via run-parts, elsewhere"],
  ["ln -s /bin/date d/git-x; git --exec-path=d x", "$ git-x, via git | $ /bin/date, via git, elsewhere"],
  ["echo id > h/pre-push; git -c core.hooksPath=h push", "$ id, via git h/pre-push"],
  ["echo id > h/other; git -c core.hooksPath=h push", ""],
  ["echo id > h/pre-push; git -c core.hooksPath=h status", ""],
])("programs put where another looks for them: %s", (command, expected) => {
  expect(runs(command)).toBe(expected);
});

test.each([
  ["f=$(mktemp); echo id > $f; sh $f", "$ id, via sh"],
  ["f=$(mktemp); g=$(mktemp); echo id > $f; sh $g", ""],
  ["f=$(mktemp); echo id > $f; echo date > $f; sh $f", "$ date, via sh"],
  ["f=$(mktemp); echo id > $f; $f", "$ id, via /tmp/tmp.*"],
  ["d=$(mktemp -d); cp /bin/sh $d/x; $d/x -c id", "$ id, via sh"],
  ["d=$(mktemp -d); ln -s /bin/sh $d/x; $d/x -c id", "$ id, via sh"],
])("a name that mktemp made is one name: %s", (command, expected) => {
  expect(runs(command)).toBe(expected);
});
