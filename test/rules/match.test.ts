import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Rule, RuleCondition } from "../../src/knowledge/rule.ts";
import type { NamedSet } from "../../src/knowledge/set.ts";
import type { Facts } from "../../src/model/finding.ts";
import { compileRules } from "../../src/rules/compile.ts";
import { judgeDoubts } from "../../src/rules/doubts.ts";
import { match } from "../../src/rules/match.ts";
import { at, container, doubt, effect, flow, invocation, printFinding, resource, together, value } from "./notation.ts";

const path = (name: string, ...members: string[]): NamedSet => ({
  name,
  of: "path",
  members: members.map((pattern) => ({ pattern })),
  except: [],
});
const text = (name: string, ...members: string[]): NamedSet => ({ ...path(name, ...members), of: "text" });

const SETS: readonly NamedSet[] = [
  {
    ...path("credential", "~/.ssh"),
    members: [{ pattern: "~/.ssh" }, { pattern: "~/.aws", audience: ["*.amazonaws.com"] }],
    except: ["~/.ssh/*.pub"],
  },
  path("startup", "/etc/cron.d", "~/.bashrc"),
  path("project-file", "./src", "~/.bashrc"),
  path("host-root", "/"),
  { ...path("metadata", "169.254.169.254"), of: "host" },
  {
    name: "secret-variable",
    of: "text",
    members: [{ pattern: "GITHUB_TOKEN", audience: ["api.github.com"] }, { pattern: "*_KEY" }],
    except: [],
  },
  text("shell", "sh", "bash"),
  text("wrapper", "env", "sudo"),
  text("setuid", "u+s", "4*"),
  text("strong", "SYS_ADMIN"),
  text("sudo-rule", "*NOPASSWD*"),
  text("docker-api", "/containers/create*"),
];

const rule = (when: RuleCondition, more: Partial<Rule> = {}): Rule => ({
  id: "test/rule",
  title: "",
  status: "stable",
  severity: "high",
  message: "found",
  remediation: "",
  attack: [],
  cwe: [],
  when,
  ...more,
});

function run(rules: readonly Rule[], facts: Facts): readonly string[] {
  return match(facts, compileRules(rules, SETS), (span) => `${span.start}`).map(printFinding);
}

const one = (when: RuleCondition, facts: Facts): string =>
  run([rule(when)], facts)
    .join("; ")
    .replace(" at 0", "")
    .replace(": found", "");

describe("effect", () => {
  const writes = (more: object): RuleCondition => ({ effect: { kind: ["write"], on: { in: { path: ["startup"] } }, ...more } });
  const sudo = { place: container({ privileged: true, capabilities: ["SYS_ADMIN"], namespaces: ["pid"] }) };
  const mounted = container({ mounts: [{ source: value("/"), target: value("/host"), writable: true }] });
  test.each<[string, RuleCondition, Facts, string]>([
    ["kind and set", writes({}), effect("write /etc/cron.d/x"), "certain"],
    ["another kind", writes({}), effect("read /etc/cron.d/x"), ""],
    ["another set", writes({}), effect("write /etc/hosts"), ""],
    ["hidden text with evidence", writes({}), effect("write ~/.bash$x"), "possible"],
    ["hidden text without", writes({}), effect("write ~/$x"), ""],
    [
      "any is everything, known or not",
      { effect: { kind: ["write"], on: { in: { path: ["any"] } } } },
      effect("write $x"),
      "certain",
    ],
    ["but only of its kind", { effect: { kind: ["write"], on: { in: { path: ["any"] } } } }, effect("write account:x"), ""],
    ["except", writes({ on: { in: { path: ["startup"] }, except: { path: ["project-file"] } } }), effect("write ~/.bashrc"), ""],
    ["a folder above is not in", writes({}), effect("write ~"), ""],
    ["unless sweeps count", writes({ on: { in: { path: ["startup"] }, sweep: true } }), effect("write ~"), "certain"],
    ["a literal", writes({ on: { in: { path: ["=/etc/passwd"] } } }), effect("write /etc/passwd"), "certain"],
    ["flags", writes({ flags: ["force"] }), effect("write ~/.bashrc", { attributes: { force: true } }), "certain"],
    ["flags that are not set", writes({ flags: ["force"] }), effect("write ~/.bashrc"), ""],
    ["without", writes({ without: ["force"] }), effect("write ~/.bashrc", { attributes: { force: true } }), ""],
    [
      "mode",
      writes({ attributes: { mode: ["setuid"] } }),
      effect("write ~/.bashrc", { attributes: { mode: value("4755") } }),
      "certain",
    ],
    [
      "a mode that is half hidden",
      writes({ attributes: { mode: ["setuid"] } }),
      effect("write ~/.bashrc", { attributes: { mode: value("u+$x") } }),
      "possible",
    ],
    ["no mode", writes({ attributes: { mode: ["setuid"] } }), effect("write ~/.bashrc"), ""],
    [
      "content around hidden text",
      writes({ attributes: { content: ["sudo-rule"] } }),
      effect("write ~/.bashrc", { attributes: { content: value("$u NOPASSWD: ALL") } }),
      "certain",
    ],
    [
      "source by paths",
      writes({ attributes: { source: ["credential"] } }),
      effect("write ~/.bashrc", { attributes: { source: value("~/.ssh/a") } }),
      "certain",
    ],
    [
      "source by text",
      writes({ attributes: { source: ["=evil"] } }),
      effect("write ~/.bashrc", { attributes: { source: value("evil") } }),
      "certain",
    ],
    ["program is the last", writes({ program: ["shell"] }), effect("write ~/.bashrc", { programs: ["sudo", "bash"] }), "certain"],
    ["not one it went through", writes({ program: ["wrapper"] }), effect("write ~/.bashrc", { programs: ["sudo", "bash"] }), ""],
    [
      "through is one before",
      writes({ through: ["wrapper"] }),
      effect("write ~/.bashrc", { programs: ["sudo", "bash"] }),
      "certain",
    ],
    ["through is not the last", writes({ through: ["shell"] }), effect("write ~/.bashrc", { programs: ["sudo", "bash"] }), ""],
    ["now", writes({ when: "now" }), effect("write ~/.bashrc", { when: { deferredBy: resource("/etc/cron.d/x") } }), ""],
    [
      "later",
      writes({ when: "later" }),
      effect("write ~/.bashrc", { when: { deferredBy: resource("/etc/cron.d/x") } }),
      "certain",
    ],
    ["user", writes({ user: ["=root"] }), effect("write ~/.bashrc", { user: value("root") }), "certain"],
    ["the caller is nobody by name", writes({ user: ["=root"] }), effect("write ~/.bashrc"), ""],
    ["a hidden user", writes({ user: ["=root"] }), effect("write ~/.bashrc", { user: value("$u") }), ""],
    ["a user that changed", writes({ user: ["changed"] }), effect("write ~/.bashrc", { user: value("$u") }), "certain"],
    ["a user that did not", writes({ user: ["changed"] }), effect("write ~/.bashrc"), ""],
    ["place", writes({ place: { kind: ["container"] } }), effect("write ~/.bashrc", { place: container() }), "certain"],
    ["another place", writes({ place: { kind: ["container"] } }), effect("write ~/.bashrc"), ""],
    ["not this place", writes({ place: { not: ["container"] } }), effect("write ~/.bashrc", { place: container() }), ""],
    ["privileged", writes({ place: { privileged: true } }), effect("write ~/.bashrc", sudo), "certain"],
    ["not privileged", writes({ place: { privileged: true } }), effect("write ~/.bashrc"), ""],
    ["capabilities", writes({ place: { capabilities: ["strong"] } }), effect("write ~/.bashrc", sudo), "certain"],
    ["no capabilities", writes({ place: { capabilities: ["strong"] } }), effect("write ~/.bashrc", { place: container() }), ""],
    ["namespaces", writes({ place: { namespaces: ["pid", "net"] } }), effect("write ~/.bashrc", sudo), "certain"],
    ["other namespaces", writes({ place: { namespaces: ["net"] } }), effect("write ~/.bashrc", sudo), ""],
    [
      "mounts",
      writes({ place: { mounts: ["host-root"], writable: true } }),
      effect("write ~/.bashrc", { place: mounted }),
      "certain",
    ],
    ["targets", writes({ place: { targets: ["=/host"] } }), effect("write ~/.bashrc", { place: mounted }), "certain"],
    [
      "a source and a target of one mount",
      writes({ place: { mounts: ["host-root"], targets: ["=/x"] } }),
      effect("write ~/.bashrc", { place: mounted }),
      "",
    ],
    ["no mount", writes({ place: { writable: true } }), effect("write ~/.bashrc", { place: container() }), ""],
  ])("%s", (_, when, facts, expected) => expect(one(when, facts)).toBe(expected));

  const host = (more: object): RuleCondition => ({
    effect: { kind: ["connect"], on: { in: { host: ["any"], unixSocket: ["any"] }, ...more } },
  });
  const to = (more: object): Facts => effect("connect host:h.test", { on: { ...resource("host:h.test"), ...more } });
  test.each<[string, RuleCondition, Facts, string]>([
    ["scheme", host({ scheme: ["tcp"] }), to({ scheme: "tcp" }), "certain"],
    ["another scheme", host({ scheme: ["tcp"] }), to({ scheme: "http" }), ""],
    ["no scheme", host({ scheme: ["tcp"] }), to({}), ""],
    ["route", host({ route: ["docker-api"] }), to({ route: value("/containers/create?name=x") }), "certain"],
    ["another route", host({ route: ["docker-api"] }), to({ route: value("/info") }), ""],
    ["no route", host({ route: ["docker-api"] }), to({}), ""],
    ["one of several kinds", host({}), effect("connect unixSocket:/run/x.sock"), "certain"],
  ])("%s", (_, when, facts, expected) => expect(one(when, facts)).toBe(expected));
});

describe("flow", () => {
  const flows = (from: object, to: object, more: object = {}): RuleCondition => ({ flow: { from, to, ...more } });
  const leak = flows({ file: ["credential"], variable: ["secret-variable"] }, { network: ["any"] }, { audience: "outside" });
  const fetched = flows({ network: ["any"] }, { code: ["shell"] });
  test.each<[string, RuleCondition, Facts, string]>([
    ["file to network", leak, flow("~/.ssh/id_rsa -> host:x.test"), "certain"],
    ["only one way to it", leak, flow("~/.ssh/id_rsa -> host:x.test", { maybe: true }), "possible"],
    ["an exception of the set", leak, flow("~/.ssh/id_rsa.pub -> host:x.test"), ""],
    ["another sink", leak, flow("~/.ssh/id_rsa -> caller"), ""],
    ["a host it is for", leak, flow("~/.aws/credentials -> host:s3.amazonaws.com"), ""],
    ["a host it is not for", leak, flow("~/.aws/credentials -> host:x.test"), "certain"],
    ["a host it may be for", leak, flow("~/.aws/credentials -> host:$h"), "possible"],
    ["a variable", leak, flow("$GITHUB_TOKEN -> host:x.test"), "certain"],
    ["a variable at home", leak, flow("$GITHUB_TOKEN -> host:api.github.com"), ""],
    ["an ordinary variable", leak, flow("$HOME -> host:x.test"), ""],
    ["a folder above", leak, flow("~ -> host:x.test"), ""],
    [
      "a folder above, when sweeps count",
      flows({ file: ["credential"], sweep: true }, { network: ["any"] }),
      flow("~ -> host:x.test"),
      "certain",
    ],
    [
      "a folder above is for nobody",
      flows({ file: ["credential"], sweep: true }, { network: ["any"] }, { audience: "outside" }),
      flow("~ -> host:s3.amazonaws.com"),
      "certain",
    ],
    ["network to code", fetched, flow("host:x.test -> code:shell"), "certain"],
    ["to code of another language", fetched, flow("host:x.test -> code:python"), ""],
    ["to any code", flows({ network: ["any"] }, { code: ["any"] }), flow("host:x.test -> code:python"), "certain"],
    ["to a set of files", flows({ network: ["any"] }, { file: ["startup"] }), flow("host:x.test -> ~/.bashrc"), "certain"],
    [
      "from a set of hosts",
      flows({ network: ["metadata"] }, { ports: ["caller"] }),
      flow("host:169.254.169.254 -> caller"),
      "certain",
    ],
    [
      "from the environment",
      flows({ ports: ["environment"] }, { network: ["any"] }),
      flow("environment -> host:x.test"),
      "certain",
    ],
    ["from the input", flows({ ports: ["input", "process"] }, { code: ["any"] }), flow("input -> code:shell"), "certain"],
    ["from a store", flows({ store: { database: ["any"] } }, { network: ["any"] }), flow("database:x -> host:x.test"), "certain"],
    ["from another store", flows({ store: { database: ["any"] } }, { network: ["any"] }), flow("clipboard:x -> host:x.test"), ""],
    [
      "to a store of a set",
      flows({ file: ["any"] }, { store: { cloudObject: ["=s3://x"] } }),
      flow("./a -> cloudObject:s3://x"),
      "certain",
    ],
    ["scheme", flows({ file: ["any"] }, { network: ["any"], scheme: ["dns"] }), flow("./a -> host:x.test"), ""],
    [
      "an exception of files",
      flows({ file: ["any"], except: ["project-file"] }, { network: ["any"] }),
      flow("./src/a -> host:x.test"),
      "",
    ],
    [
      "an exception of hosts",
      flows({ file: ["any"] }, { network: ["any"], except: ["=x.test"] }),
      flow("./a -> host:x.test"),
      "",
    ],
    [
      "an exception of variables",
      flows({ variable: ["any"], except: ["=HOME"] }, { network: ["any"] }),
      flow("$HOME -> host:x.test"),
      "",
    ],
    [
      "steps",
      flows({ ports: ["data"] }, { code: ["any"] }, { steps: ["decode"] }),
      flow("data -> code:shell", { steps: ["filter", "decode"] }),
      "certain",
    ],
    [
      "no such step",
      flows({ ports: ["data"] }, { code: ["any"] }, { steps: ["decode"] }),
      flow("data -> code:shell", { steps: ["filter"] }),
      "",
    ],
    [
      "without a step",
      flows({ file: ["any"] }, { network: ["any"] }, { without: ["hash"] }),
      flow("./a -> host:x.test", { steps: ["hash"] }),
      "",
    ],
    [
      "program",
      flows({ file: ["any"] }, { network: ["any"] }, { program: ["=curl"] }),
      flow("./a -> host:x.test", { programs: ["cat", "curl"] }),
      "certain",
    ],
    ["another program", flows({ file: ["any"] }, { network: ["any"] }, { program: ["=curl"] }), flow("./a -> host:x.test"), ""],
  ])("%s", (_, when, facts, expected) => expect(one(when, facts).replace(" 5", "")).toBe(expected));
});

describe("invocation", () => {
  const runs = (more: object): RuleCondition => ({ invocation: { program: ["shell"], ...more } });
  test.each<[string, RuleCondition, Facts, string]>([
    ["program", runs({}), invocation("bash"), "certain"],
    ["by its path", runs({}), invocation("/bin/bash"), "certain"],
    ["by the name of its facts", runs({}), invocation("bash5", { known: "bash" }), "certain"],
    [
      "with a subcommand, as known",
      { invocation: { program: ["=git push"] } },
      invocation("git push", { known: "git push" }),
      "certain",
    ],
    ["one of two", runs({}), invocation("{bash,cat}"), "possible"],
    ["half hidden", runs({}), invocation("/bin/ba$x"), "possible"],
    ["hidden", runs({}), invocation("$x"), ""],
    ["hidden in a known folder", runs({}), invocation("/bin/$x"), ""],
    ["any", { invocation: { program: ["any"] } }, invocation("$x"), "certain"],
    ["through", runs({ through: ["wrapper"] }), invocation("bash", { through: ["sudo"] }), "certain"],
    ["through nothing", runs({ through: ["wrapper"] }), invocation("bash"), ""],
    ["unless", runs({ unless: ["wrapper"] }), invocation("bash", { through: ["sudo"] }), ""],
    ["argument", runs({ argument: ["=-i"] }), invocation("bash -l -i"), "certain"],
    ["no such argument", runs({ argument: ["=-i"] }), invocation("bash -l"), ""],
    ["an argument that may be it", runs({ argument: ["=-i"] }), invocation("bash {-i,-l}"), "possible"],
    ["user", runs({ user: ["=root"] }), invocation("bash", { user: value("root") }), "certain"],
    ["place", runs({ place: { kind: ["container"] } }), invocation("bash", { place: container() }), "certain"],
    ["later", runs({ when: "later" }), invocation("bash"), ""],
  ])("%s", (_, when, facts, expected) => expect(one(when, facts)).toBe(expected));
});

describe("doubt", () => {
  test.each<[string, RuleCondition, Facts, string]>([
    ["kind", { doubt: { kind: ["syntax"] } }, doubt("syntax"), "certain"],
    ["another kind", { doubt: { kind: ["syntax"] } }, doubt("limit"), ""],
    ["role", { doubt: { kind: ["hidden-argument"], role: ["code"] } }, doubt("hidden-argument"), ""],
    ["source", { doubt: { kind: ["opaque-code"], source: ["network"] } }, doubt("opaque-code", { source: "network" }), "certain"],
    ["no source", { doubt: { kind: ["opaque-code"], source: ["network"] } }, doubt("opaque-code"), ""],
  ])("%s", (_, when, facts, expected) => expect(one(when, facts)).toBe(expected));
});

describe("all, any and not", () => {
  const shell: RuleCondition = { invocation: { program: ["shell"] } };
  const startup: RuleCondition = { effect: { kind: ["write"], on: { in: { path: ["startup"] } } } };
  const both = together(invocation("bash", { span: at(7) }), effect("write ~/.bashrc", { span: at(3) }));
  const half = together(invocation("ba$x", { span: at(7) }), effect("write ~/.bashrc", { span: at(3) }));
  test.each<[string, RuleCondition, Facts, string]>([
    ["all shows the evidence of each, in order", { all: [shell, startup] }, both, "certain at 3 7"],
    ["all is as sure as its least sure part", { all: [shell, startup] }, half, "possible at 3 7"],
    ["all lacks one", { all: [shell, startup] }, invocation("bash"), ""],
    ["any shows what is sure", { any: [shell, startup] }, half, "certain at 3"],
    ["any shows all that is sure", { any: [shell, startup] }, both, "certain at 3 7"],
    ["not", { all: [shell, { not: startup }] }, both, ""],
    ["not, of nothing", { all: [shell, { not: startup }] }, invocation("bash"), "certain"],
    ["not, of what may be", { all: [startup, { not: shell }] }, half, "possible at 3"],
    ["not alone has no evidence", { not: shell }, effect("write ~/x"), ""],
    [
      "within one another",
      { any: [{ all: [shell, { any: [startup, { doubt: { kind: ["syntax"] } }] }] }] },
      both,
      "certain at 3 7",
    ],
  ])("%s", (_, when, facts, expected) => expect(one(when, facts)).toBe(expected));
});

describe("findings", () => {
  const writes: RuleCondition = { effect: { kind: ["write"], on: { in: { path: ["startup"] } } } };
  test("what is certain silences what is possible in one rule", () => {
    const facts = together(
      effect("write ~/.bash$x", { span: at(1) }),
      effect("write ~/.bashrc", { span: at(9) }),
      effect("write /etc/cron.d/a", { span: at(4) }),
    );
    expect(run([rule(writes, { message: "{on}" })], facts)).toEqual(["certain: /etc/cron.d/a at 4 9"]);
  });
  test("a few evidences are enough", () => {
    const facts = together(...Array.from({ length: 20 }, (_, i) => effect("write ~/.bashrc", { span: at(20 - i) })));
    expect(run([rule(writes)], facts)).toEqual(["certain: found at 1 2 3 4 5 6"]);
  });
  test("the most severe come first, then the most certain", () => {
    const rules = [
      rule(writes, { id: "a/a", severity: "low", message: "low" }),
      rule(
        { effect: { kind: ["write"], on: { in: { path: ["=~/.bashrc.d"] } } } },
        { id: "a/b", severity: "critical", message: "half" },
      ),
      rule(writes, { id: "a/c", severity: "critical", message: "sure" }),
    ];
    const facts = together(effect("write ~/.bashrc"), effect("write ~/.bashrc.$x"));
    expect(run(rules, facts)).toEqual(["certain: sure at 0", "possible: half at 0", "certain: low at 0"]);
  });
  test.each<[string, RuleCondition, string, Facts, string]>([
    [
      "an effect",
      writes,
      "{program} writes {on} in {place} as {user}",
      effect("write ~/.bashrc", { programs: ["sudo", "tee"], place: container(), user: value("root") }),
      "tee writes ~/.bashrc in container web as root",
    ],
    [
      "a flow",
      { flow: { from: { file: ["any"] }, to: { network: ["any"] } } },
      "{from} is sent to {to} by {program}",
      flow("./a -> host:h.test", { programs: ["cat", "nc"] }),
      "./a is sent to h.test by nc",
    ],
    ["an invocation", { invocation: { program: ["any"] } }, "{program} runs", invocation("$x/y"), "$(x)/y runs"],
    [
      "nothing to name",
      writes,
      "{from} to {to} as {user} in {place}",
      effect("write ~/.bashrc"),
      "data to somewhere else as the caller in this machine",
    ],
    ["other braces", writes, "{on} {what} {{on}}", effect("write ~/.bashrc"), "~/.bashrc {what} {~/.bashrc}"],
    ["a slot's text in what fills it", writes, "{on}", effect("write /etc/cron.d/{user}"), "/etc/cron.d/{user}"],
  ])("message of %s", (_, when, message, facts, expected) => {
    expect(
      run([rule(when, { message })], facts)[0]
        ?.replace(/ at [0-9 ]+$/, "")
        .replace("certain: ", ""),
    ).toBe(expected);
  });
  test("a rule of a set that nobody gave", () => {
    expect(() => compileRules([rule({ invocation: { program: ["shel"] } })], SETS)).toThrow(
      "rule test/rule: there is no set shel",
    );
  });
});

describe("judged doubts", () => {
  const compiled = compileRules(
    [
      rule({ effect: { kind: ["delete"], on: { in: { path: ["startup"] } } } }, { id: "a/delete" }),
      rule({ flow: { from: { file: ["credential"] }, to: { network: ["any"] } } }, { id: "a/leak" }),
      rule({ effect: { kind: ["read"], on: { in: { path: ["project-file"] } } } }, { id: "a/low", severity: "low" }),
      rule({ invocation: { program: ["shell"] } }, { id: "a/shell" }),
      rule({ effect: { kind: ["write"], on: { in: { path: ["startup"] } } } }, { id: "a/startup" }),
      rule({ effect: { kind: ["write"], on: { in: { path: ["=/opt"] } }, flags: ["recursive"] } }, { id: "a/opt" }),
      rule(
        { all: [{ effect: { kind: ["read"], on: { in: { path: ["=/srv"] } } } }, { invocation: { program: ["shell"] } }] },
        { id: "a/srv" },
      ),
    ],
    SETS,
  );
  test.each([
    ["a member", ["~/.ssh/a"], "sensitive"],
    ["a name that may be one", ["/etc/$x"], "sensitive"],
    ["what only a rule of low severity is about", ["./src/a"], "inert"],
    ["a folder of everything", ["~", "/"], "inert"],
    ["what is bad only with a flag", ["/opt/x"], "inert"],
    ["what is bad only with something else", ["/srv/x"], "inert"],
    ["one of several", ["./a", "~/.bashrc"], "sensitive"],
    ["hidden", ["$x"], "inert"],
  ])("about %s", (_, about, expected) => {
    const [judged] = judgeDoubts(doubt("unknown-command", { about: about.map(resource) }).doubts, compiled);
    expect(judged?.sensitive ? "sensitive" : "inert").toBe(expected);
  });
  test.each([
    ["hidden-argument", "argument", "a/delete a/leak a/low a/startup a/opt a/srv"],
    ["hidden-argument", "destructive", "a/delete a/startup a/opt"],
    ["hidden-argument", "code", "a/delete a/leak a/low a/shell a/startup a/opt a/srv"],
    ["unknown-command", "argument", "a/delete a/leak a/low a/shell a/startup a/opt a/srv"],
  ] as const)("%s used as %s could meet %3$s", (kind, role, expected) => {
    expect(judgeDoubts(doubt(kind, { role }).doubts, compiled)[0]?.couldMeet.join(" ")).toBe(expected);
  });
});

describe("properties", () => {
  const names = ["~/.ssh/id_rsa", "~/.ssh/$x", "~", "/etc/cron.d/x", "~/.bash$x", "./src/a", "$x", "{~/.bashrc,./a}"];
  const facts = fc.oneof(
    fc.tuple(fc.constantFrom("write", "read", "delete"), fc.constantFrom(...names)).map(([kind, on]) => effect(`${kind} ${on}`)),
    fc
      .tuple(
        fc.constantFrom(...names, "$GITHUB_TOKEN", "environment"),
        fc.constantFrom("host:x.test", "host:$h", "code:shell", "caller"),
        fc.boolean(),
      )
      .map(([from, to, maybe]) => flow(`${from} -> ${to}`, { maybe })),
    fc.constantFrom("bash", "ba$x", "{sh,cat}", "cat").map((program) => invocation(program)),
    fc.constantFrom("syntax" as const, "limit" as const).map((kind) => doubt(kind)),
  );
  const leaf = fc.constantFrom<RuleCondition>(
    { effect: { kind: ["write", "delete"], on: { in: { path: ["startup"] }, sweep: true } } },
    { effect: { kind: ["read"], on: { in: { path: ["credential"] }, except: { path: ["=~/.ssh/id_rsa"] } } } },
    { flow: { from: { file: ["credential"], variable: ["secret-variable"] }, to: { network: ["any"] }, audience: "outside" } },
    { flow: { from: { ports: ["environment"], file: ["any"] }, to: { code: ["any"] } } },
    { invocation: { program: ["shell"] } },
    { doubt: { kind: ["syntax"] } },
  );
  const { when } = fc.letrec<{ when: RuleCondition }>((tie) => ({
    when: fc.oneof(
      { maxDepth: 3 },
      leaf,
      fc.array(tie("when"), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
      fc.array(tie("when"), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
    ),
  }));
  const rules = fc
    .array(when, { minLength: 1, maxLength: 6 })
    .map((all) => all.map((condition, i) => rule(condition, { id: `a/${i}` })));
  const some = fc.array(facts, { maxLength: 6 }).map((all) => together(...all));
  const rank = (found: ReturnType<typeof match>): ReadonlyMap<string, number> =>
    new Map(found.map((finding) => [finding.rule, finding.certainty === "certain" ? 2 : 1]));

  test("more facts never silence a rule without not, nor make it less sure", () => {
    fc.assert(
      fc.property(rules, some, some, (all, few, more) => {
        const compiled = compileRules(all, SETS);
        const before = rank(match(few, compiled, () => ""));
        const after = rank(match(together(few, more), compiled, () => ""));
        for (const [id, certainty] of before) expect(after.get(id) ?? 0).toBeGreaterThanOrEqual(certainty);
      }),
    );
  });
  test("the order of facts does not matter, nor what was matched before", () => {
    fc.assert(
      fc.property(rules, some, some, (all, facts, other) => {
        const compiled = compileRules(all, SETS);
        const first = match(facts, compiled, () => "");
        match(other, compiled, () => "");
        const reversed: Facts = {
          effects: facts.effects.toReversed(),
          flows: facts.flows.toReversed(),
          invocations: facts.invocations.toReversed(),
          doubts: facts.doubts.toReversed(),
        };
        expect(match(facts, compiled, () => "")).toEqual(first);
        expect(rank(match(reversed, compiled, () => ""))).toEqual(rank(first));
      }),
    );
  });
  test("rules do not influence one another", () => {
    fc.assert(
      fc.property(rules, some, (all, facts) => {
        const together = match(facts, compileRules(all, SETS), () => "");
        const alone = all.flatMap((only) => match(facts, compileRules([only], SETS), () => ""));
        expect(new Set(together)).toEqual(new Set(alone));
      }),
    );
  });
});
