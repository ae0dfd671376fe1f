import { describe, expect, test } from "vitest";
import { traced } from "./traced.ts";

type Case = readonly [command: string, facts: string];

describe("branches: every one that may be taken", () => {
  test.each<Case>([
    ["true && rm -f x", "$ true | $ rm -f x | deletes ./x force"],
    ["false && rm -f x", "$ false"],
    ["false || rm -f x", "$ false | $ rm -f x | deletes ./x force"],
    ["test -f x && rm -f x || rm -f y", "$ test -f x | $ rm -f x | $ rm -f y | deletes ./x force | deletes ./y force"],
    ["if false; then rm -f x; else rm -f y; fi", "$ false | $ rm -f y | deletes ./y force"],
    ["if [ -f x ]; then f=a; else f=b; fi; rm -f $f", "$ [ -f x ] | $ rm -f {a,b} | deletes {./a,./b} force"],
    ["case $X in a) rm -f a;; *) rm -f b;; esac", "$ rm -f a | $ rm -f b | deletes ./a force | deletes ./b force"],
    ["case abc in a*) rm -f a;; *) rm -f b;; esac", "$ rm -f a, foregone | deletes ./a force"],
    [
      "case a in a) rm -f a;& b) rm -f b;; esac",
      "$ rm -f a, foregone | $ rm -f b, foregone | deletes ./a force | deletes ./b force",
    ],
    ["[[ a == b ]] && rm -f x", ""],
    ["[[ $X -eq 0 ]] || rm -f x", "$ rm -f x | deletes ./x force"],
    ["(( 1 > 2 )) && rm -f x", ""],
  ])("%s", (command, facts) => expect(traced({ command })).toBe(facts));
});

describe("loops: every item runs", () => {
  test.each<Case>([
    ["for f in a b; do rm -f $f; done", "$ rm -f a | $ rm -f b | deletes ./a force | deletes ./b force"],
    [
      "for f in {1..3}; do rm -f $f; done",
      "$ rm -f 1 | $ rm -f 2 | $ rm -f 3 | deletes ./1 force | deletes ./2 force | deletes ./3 force",
    ],
    ['for f in *.o; do rm -f "$f"; done', "$ rm -f *.o | $ rm -f *.o | $ rm -f *.o | deletes ./*.o force"],
    [
      'for f; do rm -f "$f"; done',
      "$ rm -f $@ | $ rm -f $@ | $ rm -f $@ | deletes $@ force | hidden-argument: hidden argument $@ of rm",
    ],
    ["for ((i = 0; i < 2; i++)); do rm -f $i; done", "$ rm -f 0 | $ rm -f 1 | deletes ./0 force | deletes ./1 force"],
    ['while read -r f; do rm -f "$f"; done <<< a', "$ read -r f | $ rm -f a | $ read -r f | deletes ./a force"],
    [
      'while read -r f; do rm -f "$f"; done << E\na\nb\nE',
      "$ read -r f | $ rm -f a | $ read -r f | $ rm -f b | $ read -r f | deletes ./a force | deletes ./b force",
    ],
    [
      'cat list | while read -r f; do rm -f "$f"; done',
      "$ cat list | $ read -r f | $ rm -f $cat | $ read -r f | $ rm -f … | reads ./list | deletes $cat force | deletes … force | hidden-argument: hidden argument $cat of rm | hidden-argument: hidden argument … of rm",
    ],
    ["until rm -f x; do date; done", "$ rm -f x | $ date | $ rm -f x | $ date | deletes ./x force"],
    ["while :; do rm -f x; done", "$ : | $ rm -f x | deletes ./x force"],
    ["for f in a b; do break; done; rm -f $f", "$ break | $ break | $ rm -f b | deletes ./b force"],
    [
      "select f in a b; do rm -f $f; done",
      "$ rm -f a | $ rm -f b | $ rm -f b | $ rm -f b | deletes ./a force | deletes ./b force",
    ],
  ])("%s", (command, facts) => expect(traced({ command })).toBe(facts));
});

describe("functions", () => {
  test.each<Case>([
    ['f() { rm -f "$1"; }; f x', "$ f x | $ rm -f x | deletes ./x force"],
    ["f() { rm -f x; }; g() { f; }; g", "$ g | $ f | $ rm -f x | deletes ./x force"],
    ["f() { f; }; f", "$ f | $ f | executes function f recursive how=recursion"],
    [
      "f() { f | f & }; f",
      "$ f | $ f | $ f | executes process f recursive how=fork-bomb | executes process f recursive how=fork-bomb",
    ],
    ["f() { return; rm -f x; }; f; rm -f y", "$ f | $ return | $ rm -f y | deletes ./y force"],
    [
      "f() { local x=a; rm -f $x; }; x=b; f; rm -f $x",
      "$ f | $ local | $ rm -f a | $ rm -f b | deletes ./a force | deletes ./b force",
    ],
    [
      'f() { local x; rm -f "a$x"; }; x=b; f; rm -f $x',
      "$ f | $ local x | $ rm -f a | $ rm -f b | deletes ./a force | deletes ./b force",
    ],
    ["f() { rm -f x; } > log; f", "$ f | $ rm -f x | writes ./log truncates | deletes ./x force"],
    ["f() (cd d; rm -f x); f; rm -f y", "$ f | $ cd d | $ rm -f x | $ rm -f y | deletes ./d/x force | deletes ./y force"],
    [
      "[ -f x ] && f() { rm -f a; } || f() { rm -f b; }; f",
      "$ [ -f x ] | $ f | $ rm -f a | $ rm -f b | deletes ./a force | deletes ./b force",
    ],
    ["unset -f f; f() { rm -f x; }; unset f; f", "$ unset -f f | $ unset f | $ f | unknown-command: unknown command f"],
  ])("%s", (command, facts) => expect(traced({ command })).toBe(facts));
});

describe("a subshell keeps its changes to itself", () => {
  test.each<Case>([
    ['(x=a); rm -f "$x"', "$ rm -f $x | deletes $x force | hidden-argument: hidden argument $x of rm"],
    ["(cd /tmp); rm -f x", "$ cd /tmp | $ rm -f x | deletes ./x force"],
    ["cd /tmp; rm -f x", "$ cd /tmp | $ rm -f x | deletes /tmp/x force"],
    ["cd /tmp; cd -; rm -f x", "$ cd /tmp | $ cd - | $ rm -f x | deletes ./x force"],
    [
      "pushd /tmp; rm -f x; popd; rm -f x",
      "$ pushd /tmp | $ rm -f x | $ popd | $ rm -f x | deletes /tmp/x force | deletes ./x force",
    ],
    ["cd /tmp && rm -f x", "$ cd /tmp | $ rm -f x | deletes /tmp/x force"],
    ["exit; rm -f x", "$ exit"],
    ["{ exit; }; rm -f x", "$ exit"],
    ["(exit); rm -f x", "$ exit | $ rm -f x | deletes ./x force"],
  ])("%s", (command, facts) => expect(traced({ command })).toBe(facts));
});
