import { expect, test } from "vitest";
import { bindEnvironment, bindUnknown } from "../../src/commands/bind.ts";
import { bound, callOf, facts, printBinding } from "./bound.ts";

const tar = facts(`
command: [tar]
bundle_first: true
operands: "[MEMBER...]"
options: { "-c, --create": "", "-f, --file ARCHIVE": path, "-t NOTE": text }
inert: ["--exclude PATTERN", "-v"]
types: { MEMBER: path }
does: [{ flows: MEMBER -> ARCHIVE, when: -c }, { uses: [NOTE] }]`);

test.each([
  [
    "facts that forget stdout leave the member unexplained",
    "tar cv ~/.ssh",
    ["doubt unexplained-argument: unexplained argument ~/.ssh of tar about ~/.ssh"],
  ],
  ["an option's argument too", "tar -f /etc/x", ["doubt unexplained-argument: unexplained argument /etc/x of tar about /etc/x"]],
  ["a plain word is no path", "tar -v x", []],
  ["text is text", "tar -t /etc/passwd", []],
  ["inert arguments are harmless", "tar --exclude /etc/passwd", []],
  [
    "an unknown option, and what is glued to it",
    "tar --frob=/etc/x",
    ["doubt unknown-option: unknown option --frob of tar about /etc/x"],
  ],
  ["an unknown letter", "tar -v -Y/etc/x", ["doubt unknown-option: unknown option -Y of tar about /etc/x"]],
  [
    "hidden options may concern whatever stands beside them",
    "tar $X ~/.ssh",
    [
      "doubt hidden-argument: hidden option $X of tar by operator about ~/.ssh",
      "doubt unexplained-argument: unexplained argument ~/.ssh of tar about ~/.ssh",
    ],
  ],
  ["a hidden part of an option", "tar -v -$X", ["doubt hidden-argument: hidden option -$X of tar by operator"]],
  [
    "a hidden source beside its target",
    "tar -cf /etc/x $X",
    [
      "reads $X",
      "writes /etc/x",
      "$X -> /etc/x",
      "doubt hidden-argument: hidden argument $X of tar by operator about $X, /etc/x",
    ],
  ],
  ["known text in front is no doubt", "tar -cf x ~/$X", ["reads ~/$X", "writes x", "~/$X -> x"]],
  ["the home is known", "tar -cf x $HOME", ["reads $HOME", "writes x", "$HOME -> x"]],
  [
    "only slashes and globs are known",
    "tar -cf x $X/*",
    ["reads $X/*", "writes x", "$X/* -> x", "doubt hidden-argument: hidden argument $X/* of tar by operator about $X/*, x"],
  ],
  ["hidden text for data says nothing", "tar -t $X", []],
  ["unless it may be several words", "tar -t $*X", ["doubt hidden-argument: hidden argument $X of tar by operator"]],
])("%s: %s", (_, line, result) => expect(bound(tar, line)).toEqual(result));

const rm = facts(`
command: [rm]
operands: "A [B]"
options: { "-s CODE": code, "-g TEXT": text, "-o OUT": path }
types: { A: path, B: path }
does: [{ deletes: A, unless: OUT }, { reads: B }, { runs: CODE, as: shell }, { flows: A -> OUT }, { uses: [TEXT] }]`);

test.each([
  [
    "a destructive target",
    "rm ^x",
    ["deletes $(x)", "doubt hidden-argument: hidden argument $(x) of rm as destructive by output about $(x)"],
  ],
  [
    "one file that the operator chose",
    "rm $X",
    ["deletes $X", "doubt hidden-argument: hidden argument $X of rm by operator about $X"],
  ],
  ["code", "rm -s $X a", ["deletes a", "runs sh: $X", "doubt hidden-argument: hidden argument $X of rm as code by operator"]],
  [
    "overwritten, chosen by a program",
    "rm a -o ^x",
    [
      "reads a",
      "writes $(x)",
      "a -> $(x)",
      "doubt hidden-argument: hidden argument $(x) of rm as destructive by output about $(x), a",
    ],
  ],
  [
    "overwritten, chosen by the operator",
    "rm a -o $X",
    ["reads a", "writes $X", "a -> $X", "doubt hidden-argument: hidden argument $X of rm by operator about $X, a"],
  ],
  [
    "surplus words",
    "rm a b /etc/c",
    ["deletes a", "reads b", "doubt unexplained-argument: unexplained argument /etc/c of rm about /etc/c"],
  ],
  [
    "one word may be all that are missing",
    "cp $*X",
    ["deletes $X", "doubt hidden-argument: hidden argument $X of rm by operator about $X"],
  ],
])("%s: %s", (_, line, result) => expect(bound(rm, line)).toEqual(result));

const echo = facts('command: [echo]\nmode: none\noperands: "[TEXT...]"\ndoes: [{ flows: TEXT -> stdout }]');

test("where there are no options, hidden text is text", () => {
  expect(bound(echo, "echo $X -n")).toEqual(['"$X" -> stdout', '"-n" -> stdout']);
});

const git = facts("command: [git]\ndoes: []\nsubcommands: { log: { does: [] } }");

test.each([
  [
    "a subcommand that is not listed",
    "git frob ~/.ssh -x=/etc/y",
    ["doubt unknown-command: unknown command git frob about ~/.ssh, /etc/y"],
  ],
  ["a hidden one", "git $X ~/.ssh", ["doubt hidden-argument: hidden option $X of git by operator about ~/.ssh"]],
  ["one of several", "git {log|frob}", ["doubt unknown-command: unknown command git frob"]],
])("%s: %s", (_, line, result) => expect(bound(git, line)).toEqual(result));

test.each([
  ["paths", "frob /etc/x ~/y .ssh ./a ../b a.txt", "/etc/x, ~/y, .ssh, ./a, ../b, a.txt"],
  ["glued to options, behind equals signs", "frob --in=/a -I/b key=/c @/d -n5", "/a, /b, /c, /d"],
  [
    "URLs and hosts",
    "frob http://u@h.test:80/x 10.0.0.1 localhost evil.com h.test:22 bob@h.test:/x",
    "h.test:80, 10.0.0.1, localhost, evil.com, h.test:22, h.test, /x",
  ],
  ["numbers and words are none", "frob 5 1.5 word --flag", ""],
  ["paths inside of text", "frob see_/etc/passwd_now", "/etc/passwd"],
  ["around holes", "frob /etc/$X $HOME/x $X $X/y", "/etc/$X, /etc/, $HOME/x, $X/y"],
])("a program without facts may touch %s", (_, line, about) => {
  const doubt = `doubt unknown-command: unknown command frob${about === "" ? "" : ` about ${about}`}`;
  expect(printBinding(bindUnknown(callOf(line)))).toEqual(["stdin -> stdout ?", doubt]);
});

test("facts of every program are about variables alone", () => {
  const all = facts('command: ["*"]\nenv: { LD_PRELOAD: { loads: VALUE, type: path } }\noperands: "[A...]"\ndoes: []');
  expect(printBinding(bindEnvironment(all, callOf("p --frob x", { env: { LD_PRELOAD: "/tmp/x.so" } })))).toEqual([
    "loads /tmp/x.so",
  ]);
});

const find = facts(`
command: [find]
mode: expression
operands: "[ROOT...]"
options: { "-delete": "", "-name, -iname NAME": pattern }
inert: ["-size N", "-o", "-not"]
types: { ROOT: path }
defaults: { ROOT: . }
does: [{ deletes: paths under ROOT named NAME, when: -delete }]`);

test.each([
  ["all are of that name", "find ~ -name *.pem -delete", ["deletes ~/**/*.pem"]],
  ["of one of the names", "find ~ ( -name a -o -name b ) -delete", ["deletes ~/**/a", "deletes ~/**/b"]],
  ["a negation: of any", "find ~ ! -name a -delete", ["deletes ~/**"]],
  ["an alternative outside of parentheses: of any", "find ~ -name a -o -delete", ["deletes ~/**"]],
  ["an alternative that is no name: of any", "find ~ ( -name a -o -size 1 ) -delete", ["deletes ~/**"]],
  ["a hidden name", "find -name $X -delete", ["deletes ./**/$X"]],
])("what is found, %s: %s", (_, line, result) => expect(bound(find, line)).toEqual(result));
