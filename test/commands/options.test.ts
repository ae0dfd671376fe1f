import { expect, test } from "vitest";
import { parse } from "../../src/commands/parse.ts";
import type { CommandSpec } from "../../src/knowledge/command.ts";
import { printValue } from "../../src/model/value.ts";
import { boundOnce, facts, words } from "./bound.ts";

/** What the words were found to be: options by their first name, arguments by theirs. */
function seen(spec: CommandSpec, line: string): string {
  const [program, ...args] = words(line);
  const parsed = parse(spec, args, program ? printValue(program.value) : "");
  const options = [...parsed.options].map(([option, truth]) => `${option.names[0]}${truth === "maybe" ? "?" : ""}`);
  const given = [...parsed.given].filter(([name]) => name !== "PROGRAM" && name !== "SUBCOMMAND");
  const named = given.map(([name, list]) => `${name}=${list.map((one) => printValue(one.value)).join(",")}`);
  const rest = [
    ...parsed.surplus.map((one) => `surplus ${printValue(one.value)}`),
    ...parsed.strange.map((one) => `${one.kind} ${one.name}`),
  ];
  return [parsed.grammar.spec.id, ...options, ...named, ...rest].join(" ");
}

const tar = facts(`
command: [tar]
bundle_first: true
operands: "[MEMBER...]"
options: { "-c, --create": "", "-x, --extract": "", "-f, --file ARCHIVE": path, "-C, --directory DIR": path, "--exclude PATTERN": pattern, "--remove-files": "", "--recursive-unlink": "" }
inert: ["-v, --verbose", "--record-size N", "-z, --gzip", "--color[=WHEN]", "-O[LEVEL]", "--version", "--verify"]
types: { MEMBER: path }
does: [{ uses: [MEMBER, ARCHIVE, DIR, PATTERN] }, { writes: ARCHIVE, when: [-c, -x, --remove-files, --recursive-unlink] }]`);

test.each([
  ["a cluster whose last letter takes the next word", "tar -cvf a b", "tar -c -v -f ARCHIVE=a MEMBER=b"],
  ["the value against the letter", "tar -cfa b", "tar -c -f ARCHIVE=a MEMBER=b"],
  ["Go's flags: an equals sign after the letter", "tar -f=a", "tar -f ARCHIVE=a"],
  ["a bundle without dash", "tar cvf a b", "tar -c -v -f ARCHIVE=a MEMBER=b"],
  ["letters of a bundle take the words that follow in order", "tar fcC a d b", "tar -f -c -C ARCHIVE=a DIR=d MEMBER=b"],
  ["long with equals sign", "tar --file=a=b", "tar -f ARCHIVE=a=b"],
  ["long with the next word", "tar --file -x", "tar -f ARCHIVE=-x"],
  ["unique prefix (getopt_long)", "tar --rem --dir d", "tar --remove-files -C DIR=d"],
  ["prefix of several: all may be meant", "tar --rec", "tar --recursive-unlink? --record-size? ambiguous --rec"],
  ["prefix of several that are all inert", "tar --ver", "tar -v"],
  ["optional argument is never the next word", "tar --color a", "tar --color MEMBER=a"],
  ["optional argument after the letter", "tar -O3 a", "tar -O MEMBER=a"],
  ["a boolean that is switched off", "tar --create=false", "tar"],
  ["operands may come before options", "tar -c a -f b", "tar -c -f ARCHIVE=b MEMBER=a"],
  ["-- ends options", "tar -c -- -f a", "tar -c MEMBER=-f,a"],
  ["a lone dash is an operand", "tar -c -", "tar -c MEMBER=-"],
  ["repeated options keep all values", "tar -f a -f b", "tar -f ARCHIVE=a,b"],
  ["an unknown letter stops its word", "tar -cYf a", "tar -c MEMBER=a option -Y"],
  ["an unknown long option", "tar --frob=/etc/x a", "tar MEMBER=a option --frob"],
  ["an empty word is an operand", "tar -c _", "tar -c MEMBER= "],
])("%s: %s", (_, line, result) => expect(seen(tar, line)).toBe(result));

const sudo = facts(`
command: [sudo]
mode: options-first
operands: "[ENV...] [COMMAND...]"
options: { "-u, --user USER": account }
inert: ["-n"]
types: { ENV: key=value, COMMAND: argv }
does: [{ uses: [ENV, USER] }, { runs: COMMAND, as: argv }]`);

test.each([
  ["the first operand ends options", "sudo -n rm -u x", "sudo -n COMMAND=rm,-u,x"],
  ["assignments are not the command", "sudo A=1 B=2 rm x=y", "sudo ENV=A=1,B=2 COMMAND=rm,x=y"],
  ["a hidden word ends options", "sudo $X -u root", "sudo COMMAND=$X,-u,root"],
  ["a hidden value of an option does not", "sudo -u $X -n rm", "sudo -u -n USER=$X COMMAND=rm"],
])("%s: %s", (_, line, result) => expect(seen(sudo, line)).toBe(result));

const find = facts(`
command: [find]
mode: expression
operands: "[ROOT...]"
options: { "-exec COMMAND...": argv, "-name NAME": pattern, "-delete": "" }
until: [";", "+"]
inert: ["-type KIND", "-O[LEVEL]"]
types: { ROOT: path }
does: [{ runs: COMMAND, as: argv }, { deletes: ROOT, when: -delete }, { uses: [NAME] }]`);

test.each([
  ["long options with one dash", "find . -name x -type f -delete", "find -name -type -delete NAME=x ROOT=."],
  ["a command up to its end", "find . -exec rm -rf {} ; -delete", "find -exec -delete COMMAND=rm,-rf,{} ROOT=."],
  ["a plus ends only after {}", "find . -exec expr 1 + {} + -delete", "find -exec -delete COMMAND=expr,1,+,{} ROOT=."],
  ["operators are words of their own", "find ( -name x ) ! -delete", "find -name -delete NAME=x"],
  ["a letter with its level", "find -O3 .", "find -O ROOT=."],
  ["what is not listed", "find . -frob", "find ROOT=. option -frob"],
])("%s: %s", (_, line, result) => expect(seen(find, line)).toBe(result));

const dd = facts(`
command: [dd]
mode: assignments
options: { "if=FILE": path, "of=TARGET": path }
inert: ["bs=N"]
does: [{ flows: FILE -> TARGET }]`);

test.each([
  ["assignments", "dd if=a of=/dev/sda bs=1M", "dd if= of= bs= FILE=a TARGET=/dev/sda"],
  ["one that is not listed", "dd frob=/etc/x", "dd option frob="],
])("%s: %s", (_, line, result) => expect(seen(dd, line)).toBe(result));

const java = facts(`
command: [java]
mode: single-dash
stops_at: ARG
operands: "[CLASS] [ARG...]"
options: { "-cp, -classpath, --class-path PATH": path, "-D[PROPERTY]": key=value, "-agentlib[AGENT]": text }
inert: ["-server"]
does: [{ uses: [PATH, PROPERTY, AGENT, CLASS, ARG] }]`);

test.each([
  ["long names with one dash", "java -cp a -server Main -x", "java -cp -server PATH=a CLASS=Main option -x"],
  ["glued to a letter", "java -Da=b Main", "java -D PROPERTY=a=b CLASS=Main"],
  ["glued to a name", "java -agentlib:x Main", "java -agentlib AGENT=:x CLASS=Main"],
  ["two dashes for one", "java --cp=a Main", "java -cp PATH=a CLASS=Main"],
])("%s: %s", (_, line, result) => expect(seen(java, line)).toBe(result));

const head = facts(`
command: [head]
operands: "[FILE...]"
inert: ["-NUM", "-c COUNT", "-q", "+NUM"]
types: { FILE: path }
does: [{ reads: FILE }]`);

test.each([
  ["a number as option", "head -20 a", "head -NUM NUM=20 FILE=a"],
  ["a number and letters", "head -20q a", "head -NUM -q NUM=20 FILE=a"],
  ["with a plus", "head +5 a", "head +NUM NUM=5 FILE=a"],
])("%s: %s", (_, line, result) => expect(seen(head, line)).toBe(result));

const git = facts(`
command: [git]
options: { "-C DIR": path, "-c CONFIG": key=value }
inert: ["--no-pager"]
does: [{ uses: [DIR, CONFIG] }]
external: git-NAME
subcommands:
  "commit, ci":
    options: { "-c, --reedit-message COMMIT": text, "-m MESSAGE": text }
    does: [{ uses: [COMMIT, MESSAGE] }]
  "stash": { does: [], operands: "[WORD...]", subcommands: { "push, save": { operands: "[FILE...]", does: [{ uses: [FILE] }] } } }
  "show-*": { operands: "[REF]", does: [{ uses: [REF] }] }`);

test.each([
  ["a subcommand by another name", "git ci -m x", "git commit -m MESSAGE=x"],
  ["options of the parent before and after", "git -C a commit -C b", "git commit -C DIR=a,b"],
  ["the subcommand's own option hides the parent's", "git -c a=b commit -c HEAD", "git commit -c -c CONFIG=a=b COMMIT=HEAD"],
  ["a subcommand of a subcommand", "git stash push a", "git stash push FILE=a"],
  ["or an operand of it", "git stash pop", "git stash WORD=pop"],
  ["a name with a star", "git show-ref x", "git show-* REF=x"],
  ["nothing that objects inherit is a subcommand", "git constructor", "git"],
])("%s: %s", (_, line, result) => expect(seen(git, line)).toBe(result));

test("a subcommand that is a program of its own", () => {
  expect(
    boundOnce(git, "git --no-pager frob x").binding.runs.map(
      (run) => run.as === "argv" && run.argv.map((word) => printValue(word.value)),
    ),
  ).toEqual([["git-frob", "x"]]);
});

const aws = facts(`
command: [aws]
other_options: VALUE
does: []
subcommands:
  "ec2 describe": { does: [] }
  "* terminate-*": { operands: "[WORD...]", does: [] }`);

test.each([
  ["an exact group without the word: the group with a star", "aws ec2 terminate-x --id i-1", "aws * terminate-* VALUE=i-1"],
  ["an unknown option with equals sign", "aws ec2 describe --x=/etc/y --z", "aws ec2 describe VALUE=/etc/y"],
  ["neither", "aws ec2 frob", "aws ec2 subcommand frob"],
])("%s: %s", (_, line, result) => expect(seen(aws, line)).toBe(result));

const python = facts(`
command: [python]
operands: "[FILE] [ARG...]"
ends: [-c]
options: { "-c CODE": code }
inert: ["-v"]
does: [{ runs: CODE, as: code, language: python, args: [ARG] }, { uses: [FILE] }]`);

test.each([
  ["after -c and its argument all is operands", "python -v -c x -v", "python -v -c CODE=x FILE=-v"],
  ["glued code", "python -cimport_os", "python -c CODE=import os"],
])("%s: %s", (_, line, result) => expect(seen(python, line)).toBe(result));

const ssh = facts(`
command: [ssh]
operands: "HOST [COMMAND...]"
stops_at: COMMAND
options: { "-p PORT": number }
inert: ["-v"]
types: { HOST: "[user@]host", COMMAND: argv }
does: [{ connects: HOST }, { runs: COMMAND, as: shell, join: " " }, { uses: [PORT] }]`);

const parallel = facts(`
command: [parallel]
operands: "[COMMAND...]"
stops_at: COMMAND
until: [":::"]
options: { "::: ITEM...": text }
mode: expression
types: { COMMAND: argv }
does: [{ runs: COMMAND, as: argv, feed: "ITEM..." }]`);

test.each([
  [ssh, "options after the first operand", "ssh h -p 22 cat -v", "ssh -p PORT=22 HOST=h COMMAND=cat,-v"],
  [ssh, "even -- belongs to the command", "ssh h git -- x", "ssh HOST=h COMMAND=git,--,x"],
])("%#: %s: %s", (spec, _, line, result) => expect(seen(spec, line)).toBe(result));

test("a word of until ends the operand, and is read as an option if it is one", () => {
  expect(seen(parallel, "parallel rm -rf ::: a b")).toBe("parallel ::: ITEM=a,b COMMAND=rm,-rf");
});

test.each([
  ["a hole in the value", "tar --file=$X", "tar -f ARCHIVE=$X"],
  ["a hole after the letter", "tar -cf$X", "tar -c -f ARCHIVE=$X"],
  ["a hole in the name", "tar --fi$X", "tar hidden --fi"],
  ["a hole among letters", "tar -c$X", "tar -c hidden -c"],
  ["known text in front: an operand", "tar -c ./$X", "tar -c MEMBER=./$X"],
  ["the first word of bundles is options", "tar $X a", "tar MEMBER=a hidden "],
])("%s: %s", (_, line, result) => expect(seen(tar, line)).toBe(result));
