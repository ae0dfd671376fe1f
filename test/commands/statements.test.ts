import { expect, test } from "vitest";
import { type Around, bound, boundOnce, facts } from "./bound.ts";

/** A program that takes any path, with one statement and what it needs. */
const one = (does: string, more = ""): ReturnType<typeof facts> =>
  facts(`
command: [p]
operands: "[A] [B...]"
options: { "-f FILE": path, "-u URL": url, "-t TEXT": text, "-k KEY": key=value, "-c CODE": code, "-d DIR": path, "-r": "", "-m METHOD": text, "-w": "" }
types: { A: path, B: path }
${more}
does:
${does}
  - { uses: [FILE, URL, TEXT, KEY, CODE, DIR, METHOD, A, B], when: [-r, not -r], unless: -w }
  - { uses: [A], when: -r and -w }`);

test.each([
  [
    "an effect on each word",
    "- { deletes: B, recursive: -r, force: true }",
    "p -r x a b",
    ["deletes a recursive force", "deletes b recursive force"],
  ],
  ["an effect on something fixed", '- { writes: "path:/etc/hosts", when: -r }', "p -r", ["writes /etc/hosts"]],
  ["nothing when its condition fails", "- { deletes: A, when: -r }", "p a", []],
  ["nor when its exception holds", "- { deletes: A, unless: -r }", "p -r a", []],
  ["an option given as its own prefix counts", "- { deletes: A, when: -r }", "p -rt x a", ["deletes a"]],
  ["a value as detail", '- { configures: A, mode: TEXT, how: "=x" }', "p -t 777 a", ["configures a mode=777 how=x"]],
  ["the last value counts", "- { connects: URL, method: METHOD }", "p -u h -m A -m B", ["connects h method=B"]],
  ["a value out of a list, in any case", "- { deletes: A, when: METHOD = DELETE|P* }", "p -m put a", ["deletes a"]],
  ["a value that is none of them", "- { deletes: A, when: METHOD = DELETE|P* }", "p -m get a", []],
  ["what a word is decides for itself", "- { reads: B, unless: B is dash }", "p x - a", ["reads a"]],
  ["only local ones", "- { reads: B, when: B is local }", "p x h:a b http://c", ["reads b"]],
  [
    "text with the values of arguments",
    '- { configures: "setting:p {TEXT}/{METHOD}" }',
    "p -t a -t b",
    ["configures setting p a/*", "configures setting p b/*"],
  ],
  ["the value of a key", "- { reads: KEY, key: [ident*], type: path }", "p -k IdentityFile=a -k x=b", ["reads a"]],
  ["a key parted by a blank", "- { reads: KEY, key: [x], type: path }", "p -k x_a", ["reads a"]],
  [
    "a fixed subject for a key",
    '- { configures: "setting:p {KEY}", key: ["*"], content: KEY }',
    "p -k a=b",
    ["configures setting p a content=b"],
  ],
  [
    "a package and where it comes from",
    "- { installs: A, type: package }",
    "p http://h/x.tgz",
    ["installs package http://h/x.tgz", "connects http://h/x.tgz"],
  ],
] as const)("%s", (_, statement, line, result) => expect(bound(one(`  ${statement}`), line)).toEqual(result));

test.each([
  ["file to file", "- { flows: A -> FILE }", "p a -f b", ["reads a", "writes b", "a -> b"]],
  ["appended", "- { flows: A -> FILE, append: -r }", "p -r a -f b", ["reads a", "appends b", "a -> b"]],
  [
    "file to host, with how",
    "- { flows: FILE -> URL, method: METHOD, how: '=x' }",
    "p -f a -u http://h/x -m PUT",
    ["reads a how=x", "connects http://h/x method=PUT how=x", "a -> h"],
  ],
  ["stdin for a dash", "- { flows: A -> FILE }", "p - -f -", ["stdin -> stdout"]],
  ["text", "- { flows: TEXT -> URL }", "p -t a -u h", ["connects h", '"a" -> h']],
  ["into code", "- { flows: FILE -> code:shell }", "p -f a", ["reads a", "a -> code shell"]],
  ["with a step, swept", "- { flows: A -> stdout, step: encode, sweep: true }", "p a", ["reads a sweep", "a -> stdout (encode)"]],
  ["a variable", '- { flows: "variable:X -> stdout", when: -r }', "p -r", ["$X -> stdout"]],
  ["one edge for each pair", "- { flows: B -> FILE }", "p x a b -f c", ["reads a", "writes c", "reads b", "a -> c", "b -> c"]],
  [
    "into a folder that ends so",
    "- { flows: A -> DIR, into: true }",
    "p x/a -d b/",
    ["reads x/a", "writes b/", "writes b/a", "x/a -> b/", "x/a -> b/a"],
  ],
  [
    "into what may be a folder",
    "- { flows: A -> DIR, into: true }",
    "p a -d ~/.ssh",
    ["reads a", "writes ~/.ssh", "writes ~/.ssh/a", "a -> ~/.ssh"],
  ],
  ["a name in the project is a file", "- { flows: A -> DIR, into: true }", "p a -d b", ["reads a", "writes b", "a -> b"]],
  [
    "a download is named after its URL",
    "- { flows: URL -> DIR, into: true }",
    "p -u http://h/a/x.sh?y -d .",
    ["connects http://h/a/x.sh?y", "writes .", "writes ./x.sh", "h -> ./x.sh"],
  ],
  [
    "an archive's name is not its members'",
    "- { flows: A -> DIR, into: true, step: extract }",
    "p a.tgz -d /x/",
    ["reads a.tgz", "writes /x/", "a.tgz -> /x/ (extract)"],
  ],
  ["what a connected text carries", "- { connects: URL }", "p -u http://h/$K", ["connects http://h/$K", '"http://h/$K" -> h']],
  [
    "whoever connects is not connected to",
    '- { listens: "host:0.0.0.0:80", when: -r }\n  - { flows: "A -> host:0.0.0.0:80", when: -r }',
    "p -r a",
    ["listens 0.0.0.0:80", "reads a", "a -> 0.0.0.0:80"],
  ],
] as const)("flows: %s", (_, statement, line, result) => expect(bound(one(`  ${statement}`), line)).toEqual(result));

test.each([
  ["a choice is maybe", "- { flows: A -> stdout, when: METHOD = x }", "p a -m {x|y}", ["reads a", "a -> stdout ?"]],
  [
    "words that may be none",
    "- { flows: stdin -> stdout, unless: B }",
    "p a $*B",
    ["stdin -> stdout ?", "doubt hidden-argument: hidden argument $B of p by operator about $B"],
  ],
  ["a hidden value is no evidence", "- { deletes: A, when: METHOD = x }", "p a -m $M", []],
  ["a known beginning is", "- { flows: A -> stdout, when: METHOD = xy }", "p a -m x$M", ["reads a", "a -> stdout ?"]],
] as const)("maybe: %s", (_, statement, line, result) => expect(bound(one(`  ${statement}`), line)).toEqual(result));

const RUNS: readonly (readonly [title: string, statement: string, line: string, result: readonly string[], around?: Around])[] = [
  ["a program and its arguments", "- { runs: B, as: argv }", "p x rm a", ["runs rm a"]],
  ["nothing to run", "- { runs: B, as: argv }", "p x", []],
  ["under another program", "- { runs: B, as: argv, under: python -m }", "p x http.server 80", ["runs python -m http.server 80"]],
  ["text for a shell", "- { runs: CODE, as: shell, args: [A, B] }", "p -c echo_$1 a b", ["runs sh: echo $1 [a b]"]],
  ["each text on its own", "- { runs: CODE, as: shell }", "p -c a -c b", ["runs sh: a", "runs sh: b"]],
  ["words joined", "- { runs: B, as: shell, join: ' ' }", "p x rm a_b", ["runs sh: rm a b"]],
  ["code", "- { runs: CODE, as: code, language: python }", "p -c x", ["runs python: x"]],
  ["a script", "- { runs: FILE, as: script, language: python, args: [A] }", "p -f x a", ["runs python x [a]"]],
  ["a script that is stdin", "- { runs: FILE, as: script }", "p -f -", ["runs script stdin"]],
  [
    "a script from the network",
    "- { runs: FILE, as: script, language: js }",
    "p -f http://h/x",
    ["connects http://h/x", "h -> code js", "doubt opaque-code: code from h is not known as code about h"],
  ],
  ["stdin", "- { runs: stdin, as: shell, when: -r }", "p -r", ["runs sh stdin"]],
  ["a fixed program", "- { runs: '=less -R', as: argv, when: -r }", "p -r", ["runs less -R"]],
  ["only texts that begin so", "- { runs: TEXT, as: shell, strip: '!' }", "p -t !id -t id", ["runs sh: id"]],
  ["what is put before", "- { runs: TEXT, as: shell, prepend: 'git ' }", "p -t log", ["runs sh: git log"]],
  ["the value of a key", "- { runs: KEY, as: shell, key: [core.pager] }", "p -k Core.Pager=id -k x=y", ["runs sh: id"]],
  [
    "in a folder, with variables, without others",
    "- { runs: B, as: argv, cwd: DIR, env: KEY, cleared: -r }",
    "p -rd /x -k A=1 x id",
    ["runs id in /x A=1 cleared"],
  ],
  [
    "later",
    '- { runs: FILE, as: script, deferred_by: "schedule:{TEXT}" }',
    "p -f x -t daily",
    ["runs script x later by schedule daily"],
  ],
  [
    "with a connection for its streams",
    "- { runs: CODE, as: shell, stdin: URL, stdout: URL }",
    "p -c sh -u h",
    ["connects h", "runs sh: sh stdin h stdout h"],
  ],
  [
    "items from stdin at the end",
    "- { runs: B, as: argv, feed: stdin }",
    "p x rm",
    ["runs rm a b c d stdin nothing"],
    { stdin: "a b\n'c d'\n" },
  ],
  [
    "items parted by NUL hold blanks",
    "- { runs: B, as: argv, feed: stdin }",
    "p x rm",
    ["runs rm a b c stdin nothing"],
    { stdin: "a b\0c\0" },
  ],
  [
    "items parted by what an argument says",
    "- { runs: B, as: argv, feed: stdin, parted: TEXT }",
    "p -t , x rm",
    ["runs rm a b c stdin nothing"],
    { stdin: "a b,c\n" },
  ],
  [
    "items in place of a word, one run each",
    "- { runs: B, as: argv, feed: stdin, replace: '{}' }",
    "p x cp {} d/{}",
    ["runs cp a b d/a b stdin nothing", "runs cp c d/c stdin nothing"],
    { stdin: "a b\nc\n" },
  ],
  ["items that are not known", "- { runs: B, as: argv, feed: stdin }", "p x rm", ["runs rm $(stdin)… stdin nothing"]],
  [
    "a placeholder that was not given",
    "- { runs: B, as: argv, feed: stdin, replace: TEXT }",
    "p x rm {}",
    ["runs rm {} a stdin nothing"],
    { stdin: "a" },
  ],
  [
    "items out of an argument",
    "- { runs: CODE, as: shell, feed: 'B...', replace: '{}' }",
    "p -c rm_{} x a b",
    ["runs sh: rm a", "runs sh: rm b"],
  ],
  [
    "items that replace nothing in a text come at its end",
    "- { runs: CODE, as: shell, feed: 'B...', replace: '{}' }",
    "p -c rm x a b",
    ["runs sh: rm a", "runs sh: rm b"],
  ],
  [
    "items that replace nothing in a command change nothing",
    "- { runs: B, as: argv, feed: stdin, replace: '{}' }",
    "p x rm y",
    ["runs rm y stdin nothing"],
    { stdin: "a" },
  ],
  ["items out of a file", "- { runs: B, as: argv, feed: FILE }", "p -f /etc/l x rm", ["reads /etc/l", "runs rm $/etc/l…"]],
  ["paths that are found", "- { runs: B, as: argv, feed: paths under A, replace: '{}' }", "p /etc rm {}", ["runs rm /etc/**"]],
];

for (const [title, statement, line, result, around] of RUNS)
  test(`runs: ${title}`, () => expect(bound(one(`  ${statement}`), line, around)).toEqual(result));

test("a shell's own name says which shell", () => {
  const sh = facts('command: [sh, bash]\noptions: { "-c CODE": code }\ndoes: [{ runs: CODE, as: shell }]');
  expect([...bound(sh, "bash -c id"), ...bound(sh, "x -c id")]).toEqual(["runs bash: id", "runs sh: id"]);
});

test("later runs are the account's that was changed to", () => {
  const su = facts(`
command: [su]
mode: options-first
operands: "[COMMAND...]"
options: { "-u USER": account }
types: { COMMAND: argv }
does: [{ becomes: USER, default: root }, { runs: COMMAND, as: argv }]`);
  expect([...bound(su, "su -u bob id"), ...bound(su, "su id"), ...bound(su, "su -u {a|b} id")]).toEqual([
    "runs id as bob",
    "runs id as root",
    "runs id as {a,b}",
  ]);
});

const docker = facts(`
command: [docker]
does: []
subcommands:
  run:
    mode: options-first
    operands: "IMAGE [COMMAND...]"
    options: { "-v VOLUME": volume, "--mount MOUNT": mount, "--privileged": "", "--cap-add CAP": name, "--pid PID": name }
    types: { IMAGE: image, COMMAND: argv }
    place: { kind: container, name: IMAGE, mounts: [VOLUME, MOUNT], privileged: --privileged, capabilities: [CAP], namespaces: { pid: PID = host } }
    does: [{ runs: COMMAND, as: argv }, { executes: IMAGE, inside: true }]
  cp: { operands: "FROM TO", types: { FROM: "[place:]path", TO: "[place:]path" }, place: { kind: container }, does: [{ flows: FROM -> TO }] }
  host: { operands: "COMMAND...", types: { COMMAND: argv }, place: [{ kind: chroot, name: "=x", when: COMMAND = y }, { kind: host, name: "=h", mounts: ["=/:/h"] }], does: [{ runs: COMMAND, as: argv }] }`);

test.each([
  [
    "its mounts and rights",
    "docker run -v /:/h:ro --mount type=bind,src=/etc,dst=/e --privileged --cap-add A,B --pid=host i id",
    [
      "executes image i @container i [/:/h:ro /etc:/e privileged A B pid]",
      "runs id @container i [/:/h:ro /etc:/e privileged A B pid]",
    ],
  ],
  ["none of them", "docker run -v data:/x --pid=x i id", ["executes image i @container i", "runs id @container i"]],
  [
    "a right that is switched off",
    "docker run --privileged=false i id",
    ["executes image i @container i", "runs id @container i"],
  ],
  ["a path in a place", "docker cp web:/etc/x .", ["reads /etc/x @container web", "writes .", "/etc/x @container web -> ."]],
  ["a pod has a namespace", "docker cp ns/web:/x y", ["reads /x @container ns/web", "writes y", "/x @container ns/web -> y"]],
  ["the first place that holds", "docker host y", ["runs y @chroot x"]],
  ["or the next", "docker host z", ["runs z @host h [/:/h]"]],
] as const)("places: %s", (_, line, result) => expect(bound(docker, line)).toEqual(result));

test.each([
  ["paths below", "- { emits: paths under A }", "p /etc", ["prints /etc/** | …"]],
  ["paths of a name", "- { emits: paths under A named TEXT }", "p /etc -t *.pem", ["prints /etc/**/*.pem | …"]],
  ["text", "- { emits: TEXT }", "p -t a", ["prints a"]],
] as const)("prints %s", (_, statement, line, result) => expect(bound(one(`  ${statement}`), line)).toEqual(result));

test.each([
  ["a variable that the command sets", { PAGER: "id" }, ["runs sh: id"]],
  ["one that the facts do not name", { X: "id" }, []],
])("environment: %s", (_, env, result) => {
  expect(bound(one("", "env: { PAGER: { runs: VALUE, as: shell } }"), "p", { env })).toEqual(result);
});

const tar = facts(`
command: [t]
operands: "[MEMBER...]"
options: { "-C DIR": path, "-p PORT": number, "-h HOST": host, "-s SOCKET": unixSocket }
types: { MEMBER: path }
relative: { MEMBER: DIR }
defaults: { DIR: . }
hosts: { HOST: { scheme: tcp, port: PORT } }
does: [{ reads: MEMBER }, { connects: HOST }, { uses: [DIR, PORT] }, { connects: SOCKET }]`);

test.each([
  ["relative paths lie under a folder", "t -C ~ .ssh /etc/x ~/y", ["reads ~/.ssh", "reads /etc/x", "reads ~/y"]],
  ["a default is no such folder", "t a", ["reads a"]],
  [
    "a hidden folder stays in front",
    "t -C $D a",
    ["reads $D/a", "doubt hidden-argument: hidden argument $D of t by operator about $D"],
  ],
  ["scheme and port of a host", "t -h h.test -p 22", ["connects tcp://h.test:22"]],
] as const)("completed: %s", (_, line, result) => expect(bound(tar, line)).toEqual(result));

test("all readings of a word that is one of several", () => {
  const spec = facts(
    'command: [p]\noperands: "[A]"\noptions: { "-d": "", "-r": "" }\ntypes: { A: path }\ndoes: [{ deletes: A, when: -d }, { flows: A -> stdout, when: -r }]',
  );
  expect(bound(spec, "p {-d|-r} a")).toEqual(["deletes a", "reads a", "a -> stdout ?"]);
});

test("which statements fired", () => {
  expect(boundOnce(tar, "t -h h").fired.map((statement) => statement.verb)).toEqual(["effect", "uses"]);
});
