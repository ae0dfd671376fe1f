import { describe, expect, test } from "vitest";
import { traced } from "./traced.ts";

type Case = readonly [command: string, facts: string];

describe("a command is its program, its words and its redirects", () => {
  test.each<Case>([
    ["date", "$ date"],
    ["A=1 date", "$ date | configures variable A"],
    ["a=x; rm -f $a \"$a y\" '$a'", "$ rm -f x x y $a | deletes ./x force | deletes ./x y force | deletes ./$a force"],
    ["date -$FLAG", "$ date -$FLAG | hidden-argument: hidden option -$FLAG of date"],
    ["$PROGRAM rm -f x", "$ $PROGRAM rm -f x | $ rm -f x | deletes ./x force | hidden-program: $PROGRAM is not known"],
    ["$(fetch) x", "$ fetch | $ $(fetch)… x | hidden-program: $(fetch)… is not known"],
    ["date -u\nrm -f x &\ntrue; rm -f y", "$ date -u | $ rm -f x | $ true | $ rm -f y | deletes ./x force | deletes ./y force"],
    ["! rm -f x", "$ rm -f x | deletes ./x force"],
    ["time rm -f x", "$ rm -f x | deletes ./x force"],
    ["> x", "writes ./x truncates how=empty"],
    [">> x date 2>&1", "$ date | appends ./x"],
    ["{ rm -f x; } > log", "$ rm -f x | writes ./log truncates | deletes ./x force"],
  ])("%s", (command, facts) => expect(traced({ command })).toBe(facts));
});

describe("a program's name may be written in many ways", () => {
  test.each<Case>([
    ['"rm" -f x', "$ rm -f x | deletes ./x force"],
    ["\\rm -f x", "$ rm -f x | deletes ./x force"],
    ["r''m -f x", "$ rm -f x, spliced | deletes ./x force"],
    ["$'\\x72m' -f x", "$ rm -f x, spliced | deletes ./x force"],
    ["r=r; ${r}m -f x", "$ rm -f x, computed | deletes ./x force"],
    [
      "/bin/r[m] -f x",
      "$ /bin/rm -f x, glob | $ /bin/r[m] -f x, glob | deletes ./x force | unknown-command: unknown command r[m]",
    ],
    ["{rm,-f,x}", "$ rm -f x, glob | deletes ./x force"],
    ["rm$IFS-f${IFS}x", "$ rm -f x, computed | deletes ./x force"],
    ["p='rm -f'; $p x", "$ rm -f x, computed | deletes ./x force"],
    ['a=(rm -f x); "${a[@]}"', "$ rm -f x, computed | deletes ./x force"],
    ["n=p p=rm; ${!n} -f x", "$ rm -f x, computed | deletes ./x force"],
  ])("%s", (command, facts) => expect(traced({ command })).toBe(facts));
});

describe("wrappers run what they are given, in their way", () => {
  test.each<Case>([
    ["env A=1 rm -f x", "$ env A=1 rm -f x | $ rm -f x, via env | configures variable A | deletes ./x force"],
    ["sudo -u bob rm -f x", "$ sudo -u bob rm -f x | $ rm -f x, via sudo, as bob | deletes ./x force"],
    [
      "nice -n 5 timeout 3 rm -f x",
      "$ nice -n 5 timeout 3 rm -f x | $ timeout 3 rm -f x, via nice | $ rm -f x, via nice timeout | deletes ./x force",
    ],
    ["env -i sh -c 'rm -f x'", "$ env -i sh -c rm -f x | $ sh -c rm -f x, via env | $ rm -f x, via env sh | deletes ./x force"],
    ["A=x sh -c 'rm -f $A'", "$ sh -c rm -f $A | $ rm -f x, via sh | configures variable A | deletes ./x force"],
    [
      "X=rm env sh -c '$X -f y'",
      "$ env sh -c $X -f y | $ sh -c $X -f y, via env | $ rm -f y, via env sh, computed | configures variable X | deletes ./y force",
    ],
    [
      "printf 'x y\\n' | xargs rm -f",
      "$ printf x y\\n | $ xargs rm -f | $ rm -f x y, via xargs | deletes ./x force | deletes ./y force",
    ],
    [
      "echo x | xargs -I{} sh -c 'rm -f {}'",
      "$ echo x | $ xargs -I{} sh -c rm -f {} | $ sh -c rm -f x, via xargs | $ rm -f x, via xargs sh | deletes ./x force",
    ],
    [
      "find . -name '*.o' -exec rm -f {} +",
      "$ find . -name *.o -exec rm -f {} + | $ rm -f ./**/*.o, via find | lists . recursive sweep | deletes ./**/*.o force",
    ],
    ["busybox rm -f x", "$ busybox rm -f x | $ rm -f x, via busybox | deletes ./x force"],
    ["command rm -f x", "$ command rm -f x | $ rm -f x | deletes ./x force"],
    ["builtin eval 'rm -f x'", "$ builtin eval rm -f x | $ eval rm -f x | $ rm -f x | deletes ./x force"],
    ["exec rm -f x", "$ exec rm -f x | $ rm -f x, via exec | deletes ./x force"],
  ])("%s", (command, facts) => expect(traced({ command })).toBe(facts));
});

describe("places", () => {
  test.each<Case>([
    [
      "docker exec web rm -f /x",
      "$ docker exec web rm -f /x | $ rm -f /x, via docker @container web | deletes /x force @container web",
    ],
    [
      "docker run -v /:/host alpine cat /host/etc/hosts",
      "$ docker run -v /:/host alpine cat /host/etc/hosts | $ cat /host/etc/hosts, via docker @container alpine | executes image alpine @container alpine | reads /etc/hosts | /etc/hosts -> caller",
    ],
    [
      "ssh h.test rm -f /x",
      "$ ssh h.test rm -f /x | $ rm -f /x, via ssh @remote h.test | connects h.test | deletes /x force @remote h.test | input -> h.test | h.test -> caller",
    ],
    [
      "ssh h.test 'cat x' \"'y z'\"",
      "$ ssh h.test cat x 'y z' | $ cat x y z, via ssh @remote h.test | connects h.test | reads ./x @remote h.test | reads ./y z @remote h.test | input -> h.test | h.test -> caller | ./x @remote h.test -> caller | ./y z @remote h.test -> caller",
    ],
    ["chroot /mnt rm -f /x", "$ chroot /mnt rm -f /x | $ rm -f /x, via chroot @chroot | deletes /mnt/x force"],
    ["nsenter -t 1 -m rm -f /x", "$ nsenter -t 1 -m rm -f /x | $ rm -f /x, via nsenter @host | deletes /x force @host"],
  ])("%s", (command, facts) => expect(traced({ command })).toBe(facts));
});

describe("what is pushed off the screen", () => {
  test.each<Case>([
    [
      "date\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\nrm -f x",
      "$ date | $ rm -f x | deletes ./x force | syntax: the command goes on out of sight",
    ],
    [
      "date;                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                        rm -f x\n",
      "$ date | $ rm -f x | deletes ./x force | syntax: the command goes on out of sight",
    ],
    ["date\n\n\nrm -f x", "$ date | $ rm -f x | deletes ./x force"],
  ])("%s", (command, facts) => expect(traced({ command })).toBe(facts));
});
