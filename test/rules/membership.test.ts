import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { NamedSet } from "../../src/knowledge/set.ts";
import { exact, pattern } from "../../src/model/value.ts";
import type { Hit } from "../../src/rules/hits.ts";
import { Sets } from "../../src/rules/sets.ts";
import { resource, value } from "./notation.ts";

const set = (name: string, of: NamedSet["of"], members: string, except = ""): NamedSet => ({
  name,
  of,
  members: members
    .split(" ")
    .map((text) => (text.endsWith("!") ? { pattern: text.slice(0, -1), exact: true as const } : { pattern: text })),
  except: except.split(" ").filter((text) => text !== ""),
});

const sets = new Sets([
  set(
    "secret",
    "path",
    "~/.ssh **/.env **/*.pem /etc/shadow ~/.aws/credentials /proc/*/environ ~/.docker/**/key.json",
    "~/.ssh/*.pub **/test/*.pem",
  ),
  set("key", "path", "~/.ssh/id_*", "~/.ssh/*.pub"),
  set("startup", "path", "/etc/cron.d ~/.bashrc ./.envrc /etc!"),
  set("root", "path", "/!"),
  set("metadata", "host", "169.254.169.254 metadata.google.internal fd00:ec2::254 100.100.0.0/16 *.META.test"),
  set("loopback", "host", "localhost 127.0.0.0/8 ::1"),
  set("shell", "text", "sh bash *sh-posix"),
  set("sudo-rule", "text", "*NOPASSWD* *ALL=(ALL*)*"),
  set("admin", "account", "root admin-*", "admin-web"),
]);

function print(hit: Hit): readonly string[] {
  const name = sets.nameOf(hit.set);
  const words: string[] = [];
  if (hit.inside !== "no") words.push(hit.inside === "yes" ? `in ${name}` : `maybe in ${name}`);
  if (hit.sweeps !== "no") words.push(hit.sweeps === "yes" ? `above ${name}` : `maybe above ${name}`);
  return words.length > 0 ? words : [`near ${name}`];
}

const FILLINGS = ["x", "ab", "y.z", "x/a", "b/x", "x/y/z"];
const of = (text: string): string => sets.of(resource(text)).flatMap(print).sort().join("; ");
const ofText = (text: string): string => sets.ofValue("text", value(text)).flatMap(print).sort().join("; ");

describe("paths", () => {
  test.each([
    ["a member's tree is in the set", "~/.ssh/keys/a", "in secret"],
    ["a set's exceptions are not", "~/.ssh/id_rsa.pub", ""],
    ["a folder with members is above", "~/.ssh", "above key; in secret"],
    ["so is the home", "~", "above key; above secret; above startup"],
    ["and every folder over homes", "/home", "above key; above secret; above startup"],
    ["the root is above everything", "/", "above key; above secret; above startup; in root"],
    ["a member that is exact has no tree", "/etc/passwd", ""],
    ["but is itself a member", "/etc", "above secret; above startup; in startup"],
    ["root's home is a home", "/root/.ssh/id_rsa", "in key; in secret"],
    ["anybody's home is", "/home/bob/.bashrc", "in startup"],
    ["by name too", "~bob/.aws/credentials", "in secret"],
    ["on macOS as well", "/Users/bob/.aws/credentials", "in secret"],
    ["the root of process 1 is the machine's", "/proc/1/root/etc/shadow", "in secret"],
    ["a star is one folder", "/proc/77/environ", "in secret"],
    ["not two", "/proc/77/task/environ", ""],
    ["two stars are any number of folders, none included", "./.env", "in secret"],
    ["two stars reach everywhere", "/srv/app/.env", "in secret"],
    ["also upwards", "../../x/.env", "in secret"],
    ["two stars in the middle", "~/.docker/a/b/key.json", "in secret"],
    ["a folder in front of two stars is above", "~/.docker", "above secret"],
    ["a set's exceptions may lie anywhere", "./a/test/x.pem", ""],
    ["relative members are relative", "./.envrc", "in startup"],
    ["and match no other folder", "./a/.envrc", ""],
    ["case counts", "~/.SSH/id_rsa", ""],
    ["a name that begins like a member is none", "~/.sshx/id_rsa", ""],
    ["an unknown directory says nothing", ".", ""],
    ["an ordinary file", "./src/main.ts", ""],
    ["a choice of members", "{~/.ssh/id_a,~/.ssh/id_b}", "in key; in secret"],
    ["a choice with a member in it", "{/etc/shadow,/etc/hosts}", "maybe in secret"],
  ])("%s: %s", (_, path, expected) => expect(of(path)).toBe(expected));
});

describe("paths with hidden text", () => {
  test.each([
    ["wholly hidden", "$x", ""],
    ["hidden below an unknown directory", "./$x", ""],
    ["hidden below the home", "~/$x", ""],
    ["hidden below the root", "/$x", ""],
    ["a member's tree holds whatever it is", "/etc/cron.d/$x", "in startup"],
    ["a folder of members is evidence", "~/.ssh/$x", "in secret; maybe above key; maybe in key"],
    ["a folder of all sorts is near", "/etc/$x", "near secret; near startup"],
    ["half of a name is evidence", "/etc/sha$x", "maybe in secret"],
    ["less is not", "/etc/s$x", "near secret"],
    ["nothing put into a name hides it", "/etc/sha${x}dow", "maybe in secret"],
    ["nor between folders", "/etc/$x/shadow", "maybe in secret"],
    ["names behind an unset variable", "$x/etc/shadow", "maybe in secret"],
    ["one name of the root's may be anybody's", "$x/etc", ""],
    ["names behind a hidden home", "$x/.ssh/id_rsa", "maybe in key; maybe in secret"],
    ["two stars hold whatever it is", "$x/.env", "in secret"],
    ["and a name's ending", "$x.pem", "in secret"],
    ["a hidden folder between", "/home/$u/.ssh/id_rsa", "in key; in secret"],
    ["which a member's star stands for", "/proc/$pid/environ", "in secret"],
    ["a hidden name with an ordinary ending", "~/src/$x.ts", ""],
    ["an exception that every filling meets", "~/.ssh/$x.pub", ""],
  ])("%s: %s", (_, path, expected) => expect(of(path)).toBe(expected));
});

describe("paths with globs", () => {
  test.each([
    ["a glob touches all it matches", "/etc/sh*", "in secret"],
    ["however it is written", "/???/sh?d[aeiou]w", "in secret"],
    ["a class that leaves the name out does not", "/etc/sh[!a]dow", ""],
    ["a star hides no leading dot", "~/*", ""],
    ["a dot shows them", "~/.*", "above key; above secret; above startup"],
    ["a lone star in a folder of members may touch them", "~/.ssh/*", "in secret; maybe in key"],
    ["a lone star elsewhere sweeps", "/etc/*", "above secret; above startup"],
    ["over the root too", "/*", "above key; above secret; above startup"],
    ["below an unknown directory it says nothing", "./*", ""],
    ["half a name does", "./.env*", "maybe in secret; maybe in startup"],
    ["an ending that is the set's", "./*.pem", "in secret"],
    ["every home", "/home/*/.ssh/id_rsa", "in key; in secret"],
    ["a walk over everything sweeps", "/**", "above key; above root; above secret; above startup"],
    ["a walk for a name aims", "/**id_rsa", "in key"],
    ["a walk for other names does neither", "/**.log", ""],
    ["a walk finds names with dots", "~/**/*env", "maybe in secret"],
  ])("%s: %s", (_, path, expected) => expect(of(path)).toBe(expected));
});

describe("hosts", () => {
  test.each([
    ["an address", "host:169.254.169.254", "in metadata"],
    ["the same as IPv6", "host:::ffff:169.254.169.254", "in metadata"],
    ["IPv6 however it is written", "host:fd00:ec2:0:0::254", "in metadata"],
    ["a range", "host:100.100.7.9", "in metadata"],
    ["beside the range", "host:100.101.0.1", ""],
    ["a name in any case, with the root's dot", "host:Metadata.Google.Internal.", "in metadata"],
    ["below a name", "host:a.b.meta.test", "in metadata"],
    ["the name itself is not below it", "host:meta.test", ""],
    ["a name that ends alike", "host:xmeta.test", ""],
    ["a name that looks like an address's beginning", "host:169.254.169.254.evil.test", ""],
    ["hidden", "host:$h", ""],
    ["hidden below a name", "host:$h.meta.test", "in metadata"],
    ["hidden within a range", "host:127.0.$n.1", "in loopback"],
    ["half an address", "host:169.254.169.$n", "maybe in metadata"],
    ["hardly known", "host:169.$n", "near metadata"],
    ["a choice", "host:{127.0.0.1,h.test}", "maybe in loopback"],
  ])("%s: %s", (_, host, expected) => expect(of(host)).toBe(expected));
});

describe("other kinds and texts", () => {
  test.each([
    ["a member", "account:root", "in admin"],
    ["a star", "account:admin-db", "in admin"],
    ["an exception", "account:admin-web", ""],
    ["case counts", "account:Root", ""],
    ["another kind has its own sets", "group:root", ""],
    ["hidden", "account:$u", ""],
    ["half hidden", "account:ro$u", "maybe in admin"],
    ["all a star holds", "account:admin-$u", "in admin"],
  ])("%s: %s", (_, text, expected) => expect(of(text)).toBe(expected));
  test.each([
    ["a text", "bash", "in shell"],
    ["a star at the front", "my.sh-posix", "in shell"],
    ["stars on both sides", "bob ALL=(ALL:ALL) NOPASSWD: ALL", "in sudo-rule"],
    ["around hidden text", "$u ALL=(ALL) ALL", "in sudo-rule"],
    ["a text that holds a member", "bashful", ""],
  ])("%s: %s", (_, text, expected) => expect(ofText(text)).toBe(expected));
});

test("an address may stand in brackets, as in URLs", () => {
  expect(sets.ofValue("host", exact("[fd00:EC2::254]")).flatMap(print)).toEqual(["in metadata"]);
});

describe("against the definition", () => {
  const segment = fc.constantFrom("a", "b", "ab", ".x");
  const memberSegment = fc.constantFrom("a", "b", "ab", ".x", "*", "a*", "**");
  const root = fc.constantFrom("", "~", ".");
  const member = fc
    .tuple(root, fc.array(memberSegment, { minLength: 1, maxLength: 4 }))
    .map(([start, rest]) => [start, ...rest].join("/"));
  const anywhere = fc.array(segment, { minLength: 1, maxLength: 3 }).map((rest) => ["**", ...rest].join("/"));
  const path = fc
    .tuple(root, fc.array(segment, { minLength: 1, maxLength: 5 }))
    .map(([start, rest]) => [start, ...rest].join("/"));

  /** A member's tree, word by word: a star is any name or part of one, two stars are any number of names, one at least at the end. */
  function holds(pattern: readonly string[], names: readonly string[]): boolean {
    const [first, ...rest] = pattern;
    if (first === undefined) return true;
    if (names.length === 0) return false;
    if (first === "**" && rest.length > 0) return names.some((_, i) => holds(rest, names.slice(i)));
    return (
      new RegExp(`^${first.replaceAll(".", "\\.").replaceAll("*", ".*")}$`).test(names[0] ?? "") && holds(rest, names.slice(1))
    );
  }

  test("a path is in a set if a member's tree holds it", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(member, anywhere), { minLength: 1, maxLength: 4 }), path, (members, file) => {
        const own = new Sets([set("a", "path", members.join(" "))]);
        const hit = own.ofValue("path", exact(file)).some((found) => found.inside === "yes");
        expect(hit).toBe(members.some((pattern) => holds(pattern.split("/"), file.split("/"))));
      }),
      { numRuns: 500 },
    );
  });

  test("what is certain of hidden text is true of every filling", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(member, anywhere), { minLength: 1, maxLength: 4 }), path, fc.nat(), (members, file, cut) => {
        const own = new Sets([set("a", "path", members.join(" "))]);
        const at = 2 + (cut % file.length);
        const hits = own.ofValue("path", pattern([file.slice(0, at), { origin: { by: "output" } }]));
        const insides = FILLINGS.map((text) =>
          own.ofValue("path", exact(file.slice(0, at) + text)).some((hit) => hit.inside === "yes"),
        );
        if (hits.some((hit) => hit.inside === "yes")) expect(insides).not.toContain(false);
      }),
      { numRuns: 500 },
    );
  });
});

describe("names of sets", () => {
  test("a literal is a set of one, of the kind that is asked about", () => {
    const own = new Sets([]);
    const path = own.resolve("=/etc/hosts", "path");
    const host = own.resolve("=h.test", "host");
    expect([own.of(resource("/etc/hosts")).map((hit) => hit.set), own.of(resource("host:H.test")).map((hit) => hit.set)]).toEqual(
      [[path], [host]],
    );
  });
  test("texts serve as names of any kind but paths and hosts", () => {
    const own = new Sets([set("bad", "text", "left-pad")]);
    const id = own.resolve("bad", "package");
    expect(own.of(resource("package:left-pad")).map((hit) => hit.set)).toEqual([id]);
    expect(() => own.resolve("bad", "path")).toThrow("set bad is of text, not path");
  });
  test("a name nobody gave is an error", () =>
    expect(() => new Sets([]).resolve("credentail", "path")).toThrow("there is no set credentail"));
});

describe("audience", () => {
  const own = new Sets([
    {
      name: "credential",
      of: "path",
      members: [
        { pattern: "~/.aws/credentials", audience: ["*.amazonaws.com"] },
        { pattern: "~/.npmrc", audience: ["registry.npmjs.org"] },
        { pattern: "~/.ssh" },
      ],
      except: [],
    },
  ]);
  test.each([
    ["its own host", "~/.aws/credentials", "s3.amazonaws.com", "yes"],
    ["another", "~/.aws/credentials", "x.test", "no"],
    ["another's", "~/.aws/credentials", "registry.npmjs.org", "no"],
    ["loopback is no exception", "~/.aws/credentials", "127.0.0.1", "no"],
    ["a hidden host", "~/.aws/credentials", "$h", "maybe"],
    ["a hidden service of its own", "~/.aws/credentials", "$h.amazonaws.com", "yes"],
    ["a host that may be its own", "~/.aws/credentials", "s3.$h", "maybe"],
    ["a host that cannot be", "~/.aws/credentials", "$h.evil.test", "no"],
    ["a choice of hosts", "~/.aws/credentials", "{s3.amazonaws.com,x.test}", "maybe"],
    ["a choice of credentials", "{~/.aws/credentials,~/.npmrc}", "s3.amazonaws.com", "maybe"],
    ["a credential for nobody", "~/.ssh/id_rsa", "$h", "no"],
  ])("%s: %s to %s", (_, path, host, expected) => {
    expect(own.of(resource(path)).map((hit) => own.isFor(hit, value(host)))).toEqual([expected]);
  });
});
