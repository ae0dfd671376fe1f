import { describe, expect, test } from "vitest";
import { traced } from "./traced.ts";

type Case = readonly [command: string, facts: string];

describe("variables", () => {
  test.each<Case>([
    ['set -- a b; rm -f "$@"', "$ set -- a b | $ rm -f a b | deletes ./a force | deletes ./b force"],
    ["set -- a b; shift; rm -f $1", "$ set -- a b | $ shift | $ rm -f b | deletes ./b force"],
    ["read -r a b <<< 'x y z'; rm -f \"$b\"", "$ read -r a b | $ rm -f y z | deletes ./y z force"],
    [
      "IFS=: read a b <<< x:y; rm -f $a $b",
      "$ read a b | $ rm -f x y | configures variable IFS | deletes ./x force | deletes ./y force",
    ],
    ["read -rN2 x <<< abc; rm -f $x", "$ read -rN2 x | $ rm -f ab | deletes ./ab force"],
    ["read -r -d '' x << E\na\nb\nE\nrm -f $x", "$ read -r -d  x | $ rm -f a b | deletes ./a force | deletes ./b force"],
    ['mapfile -t l << E\na\nb\nE\nrm -f "${l[1]}"', "$ mapfile -t l | $ rm -f b | deletes ./b force"],
    ["printf -v x %s%s a b; rm -f $x", "$ printf -v x %s%s a b | $ rm -f ab | deletes ./ab force"],
    ["e=export; $e X=a; rm -f $X", "$ export X=a, computed | $ rm -f a | configures variable X | deletes ./a force"],
    [
      "command declare x=a; rm -f $x",
      "$ command declare x=a | $ declare x=a | $ rm -f a | configures variable x | deletes ./a force",
    ],
    ["declare -n r=x; x=a; rm -f $r", "$ declare -n | $ rm -f a | deletes ./a force"],
    ["declare -n r=x; r=a; rm -f $x", "$ declare -n | $ rm -f a | deletes ./a force"],
    ["declare -u x=a; rm -f $x", "$ declare -u | $ rm -f A | deletes ./A force"],
    ["declare -i n=2+3; rm -f $n", "$ declare -i | $ rm -f 5 | deletes ./5 force"],
    [
      "export X=a; sh -c 'rm -f $X'",
      "$ export | $ sh -c rm -f $X | $ rm -f a, via sh | configures variable X | deletes ./a force",
    ],
    [
      "X=a; sh -c 'rm -f $X'",
      "$ sh -c rm -f $X | $ rm -f $X, via sh | deletes $X force | hidden-argument: hidden argument $X of rm",
    ],
    ['x=1; unset x; rm -f "$x"', "$ unset x | $ rm -f  | deletes . force"],
    ["x='a'; eval \"y${x@A}\"; rm -f $yx", "$ eval yx='a' | $ rm -f a | deletes ./a force"],
    ["getopts ab o; rm -f $o", "$ getopts ab o | $ rm -f $o | deletes $o force | hidden-argument: hidden argument $o of rm"],
    ["let x=1; rm -f $x", "$ let x=1 | $ rm -f 1 | deletes ./1 force"],
  ])("%s", (command, facts) => expect(traced({ command })).toBe(facts));
});

describe("text that is expanded once more", () => {
  test.each<Case>([
    ["eval rm -f x", "$ eval rm -f x | $ rm -f x | deletes ./x force"],
    ["eval 'x=a; rm' '-f $x'", "$ eval x=a; rm -f $x | $ rm -f a | deletes ./a force"],
    ["x='a[$(rm -f b)]'; echo $((x))", "$ rm -f b | $ : a[$(rm)…] | $ echo … | deletes ./b force | data -> code shell (extract)"],
    ["[[ -v 'a[$(rm -f b)]' ]]", "$ rm -f b | $ : a[$(rm)…] | deletes ./b force | data -> code shell (extract)"],
    [
      "printf -v 'a[$(rm -f b)]' x",
      "$ printf -v a[$(rm -f b)] x | $ rm -f b | $ : a[$(rm)…] | deletes ./b force | data -> code shell (extract)",
    ],
    [
      "wait -p 'a[$(rm -f b)]'",
      "$ wait -p a[$(rm -f b)] | $ rm -f b | $ : a[$(rm)…] | deletes ./b force | data -> code shell (extract)",
    ],
    [
      "unset 'a[$(rm -f b)]'",
      "$ unset a[$(rm -f b)] | $ rm -f b | $ : a[$(rm)…] | deletes ./b force | data -> code shell (extract)",
    ],
    ["x='$(rm -f b)'; echo \"${x@P}\"", "$ rm -f b | $ : $(rm)… | $ echo … | deletes ./b force | data -> code shell (extract)"],
    ["source s a b", "$ source s a b | executes ./s | ./s -> code shell | opaque-code: ./s runs as shell"],
    ['eval "$X"', "$ eval $X | hidden-argument: $X is read as shell code"],
  ])("%s", (command, facts) => expect(traced({ command })).toBe(facts));
});

describe("what the shell calls by itself", () => {
  test.each<Case>([
    ["trap 'rm -f x' EXIT", "$ trap rm -f x EXIT | $ rm -f x | deletes ./x force"],
    ["trap 'rm -f x' INT", "$ trap rm -f x INT | $ rm -f x, via trap | deletes ./x force"],
    ["trap 'rm -f x' EXIT; exit", "$ trap rm -f x EXIT | $ exit | $ rm -f x | deletes ./x force"],
    [
      "mapfile -C 'rm -f' -c 1 a < b",
      "$ mapfile -C rm -f -c 1 a | $ rm -f 0 …, via mapfile | reads ./b | deletes ./0 force | deletes … force | ./b -> code shell | hidden-argument: … is part of shell code | hidden-argument: hidden argument … of rm",
    ],
    ["complete -C 'rm -f x' y", "$ complete -C rm -f x y | $ rm -f x, via complete | deletes ./x force"],
    ["f() { rm -f x; }; compgen -F f y", "$ compgen -F f y | $ f, via compgen | $ rm -f x, via compgen | deletes ./x force"],
    ["bind -x '\"\\C-x\": rm -f x'", '$ bind -x "\\C-x": rm -f x | $ rm -f x, via bind | deletes ./x force'],
    [
      "PROMPT_COMMAND='rm -f x'",
      "$ rm -f x, later by variable PROMPT_COMMAND | configures variable PROMPT_COMMAND | deletes ./x force later by variable PROMPT_COMMAND",
    ],
    [
      "PS4='$(rm -f x)'",
      "$ rm -f x, later by variable PS4 | $ : $(rm)…, later by variable PS4 | configures variable PS4 | deletes ./x force later by variable PS4",
    ],
    [
      "BASH_ENV=s sh -c :",
      "$ sh -c : | $ :, via sh | configures variable BASH_ENV | executes ./s | ./s -> code shell | opaque-code: ./s runs as shell",
    ],
    ["enable -f ./x.so y", "$ enable -f ./x.so y | loads ./x.so"],
  ])("%s", (command, facts) => expect(traced({ command })).toBe(facts));
});

describe("names that come to mean something else", () => {
  test.each<Case>([
    ["alias ls='rm -f'; ls x", "$ alias ls=rm -f | $ rm -f x | creates function ls how=alias | deletes ./x force"],
    [
      "alias x='true; rm -f a #'; x b",
      "$ alias x=true; rm -f a # | $ true | $ rm -f a | creates function x how=alias | deletes ./a force",
    ],
    [
      "alias a='rm '; unalias a; a x",
      "$ alias a=rm  | $ unalias a | $ a x | creates function a how=alias | unknown-command: unknown command a",
    ],
    ["ls() { rm -f x; }; ls", "$ ls | $ rm -f x | creates function ls how=function | deletes ./x force"],
    ["ls() { rm -f x; }; command ls", "$ command ls | $ ls | creates function ls how=function | lists ."],
    ["hash -p /bin/rm ls; ls -f x", "$ hash -p /bin/rm ls | $ /bin/rm -f x | creates function ls how=file | deletes ./x force"],
    ["BASH_CMDS[ls]=/bin/rm; ls -f x", "$ /bin/rm -f x | creates function ls how=file | deletes ./x force"],
    ["BASH_ALIASES[ls]='rm -f'; ls x", "$ rm -f x | creates function ls how=alias | deletes ./x force"],
    [
      "cp /bin/rm y; ./y -f x",
      "$ cp /bin/rm y | $ /bin/rm -f x, elsewhere | reads /bin/rm | writes ./y | deletes ./x force | /bin/rm -> ./y",
    ],
    [
      "ln -s /bin/rm y; ./y -f x",
      "$ ln -s /bin/rm y | $ /bin/rm -f x, elsewhere | creates ./y source=/bin/rm | deletes ./x force",
    ],
    [
      "ln -s /bin/busybox /tmp/rm; /tmp/rm -f x",
      "$ ln -s /bin/busybox /tmp/rm | $ /bin/busybox rm -f x, elsewhere | $ rm -f x, via busybox | creates /tmp/rm source=/bin/busybox | deletes ./x force",
    ],
    ["./rm -f x", "$ ./rm -f x, elsewhere | executes ./rm | deletes ./x force | ./rm -> code shell"],
    [
      "echo 'rm -f x' > b/ls; PATH=b:$PATH; ls",
      "$ echo rm -f x | $ rm -f x, via b/ls | writes ./b/ls truncates | configures variable PATH | creates function ls how=file | executes ./b/ls | deletes ./x force | data -> code shell | ./b/ls -> code shell",
    ],
    ["PATH=b:$PATH ls", "$ ls | configures variable PATH | lists ."],
    [
      "ln -s /etc l; cat l/hosts",
      "$ ln -s /etc l | $ cat l/hosts | creates ./l source=/etc | reads /etc/hosts | /etc/hosts -> caller",
    ],
    [
      "ln /etc/hosts h; cat h",
      "$ ln /etc/hosts h | $ cat h | creates ./h source=/etc/hosts | reads /etc/hosts | /etc/hosts -> caller",
    ],
    [
      "ln -s /etc/ssh /tmp/l; cat /tmp/l/../hosts",
      "$ ln -s /etc/ssh /tmp/l | $ cat /tmp/l/../hosts | creates /tmp/l source=/etc/ssh | reads /etc/hosts | /etc/hosts -> caller",
    ],
    [
      "ln -s /etc/ssh /tmp/l; cd -P /tmp/l/..; cat hosts",
      "$ ln -s /etc/ssh /tmp/l | $ cd -P /tmp/l/.. | $ cat hosts | creates /tmp/l source=/etc/ssh | reads /etc/hosts | /etc/hosts -> caller",
    ],
  ])("%s", (command, facts) => expect(traced({ command })).toBe(facts));
});

describe("code put where it runs later", () => {
  test.each<Case>([
    [
      "echo 'rm -f x' >> ~/.bashrc",
      "$ echo rm -f x | $ rm -f x, later by ~/.bashrc | appends ~/.bashrc | deletes ./x force later by ~/.bashrc",
    ],
    [
      "echo '* * * * * rm -f x' | crontab -",
      "$ echo * * * * * rm -f x | $ crontab - | $ rm -f x, via crontab, later by schedule cron | writes schedule crontab | deletes ./x force later by schedule cron | data -> code crontab",
    ],
    [
      "echo '* * * * * bob rm -f x' > /etc/cron.d/x",
      "$ echo * * * * * bob rm -f x | $ rm -f x, via system-crontab, as bob, later by schedule cron | writes /etc/cron.d/x truncates | deletes ./x force later by schedule cron",
    ],
    [
      "echo 'rm -f x' | at noon",
      "$ echo rm -f x | $ at noon | $ rm -f x, via at, later by schedule at | writes schedule at | deletes ./x force later by schedule at | data -> code shell",
    ],
    [
      "git config alias.x '!rm -f x'",
      "$ git config alias.x !rm -f x | $ rm -f x, via git, later by setting git config | configures setting git alias.x | deletes ./x force later by setting git config",
    ],
  ])("%s", (command, facts) => expect(traced({ command })).toBe(facts));
});
