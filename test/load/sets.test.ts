import { expect, test } from "vitest";
import { compileKnowledge } from "../../src/load/knowledge.ts";
import { problemsOf } from "./compile.ts";

const setsOf = (text: string) => compileKnowledge([{ path: "p.yaml", text }]).data.sets;
const set = (name: string, rest: string, of = "path"): string =>
  `set: ${name}\nof: ${of}\nabout: Some.\n${rest}\nexamples: { in: [a], out: [b] }\n`;

test("members are patterns, with what is known of them", () =>
  expect(
    setsOf(
      set(
        "a",
        'members: [~, "**/.env", { path: /etc, exact: true }, { path: ~/.aws, audience: "*.amazonaws.com" }]\nexcept: ["*.pub"]',
      ),
    ),
  ).toEqual([
    {
      name: "a",
      of: "path",
      members: [
        { pattern: "~" },
        { pattern: "**/.env" },
        { pattern: "/etc", exact: true },
        { pattern: "~/.aws", audience: ["*.amazonaws.com"] },
      ],
      except: ["*.pub"],
    },
  ]));

test("includes bring members and exceptions, whatever the order in the file", () =>
  expect(
    setsOf(
      [
        set("b", "includes: a\nmembers: [/b]\nexcept: [/b/x]"),
        set("a", "includes: [c]"),
        set("c", "members: [/c]\nexcept: [/c/x]"),
      ].join("---\n"),
    )[0],
  ).toEqual({
    name: "b",
    of: "path",
    members: [{ pattern: "/b" }, { pattern: "/c" }],
    except: ["/b/x", "/c/x"],
  }));

test("examples say what is in and what is out", () =>
  expect(compileKnowledge([{ path: "p.yaml", text: set("a", "members: [x]") }]).examples.sets).toEqual([
    { file: "p.yaml", line: 5, of: "a", text: "a", inside: true },
    { file: "p.yaml", line: 5, of: "a", text: "b", inside: false },
  ]));

const refused: readonly (readonly [title: string, text: string, ...said: string[]])[] = [
  ["no examples", "set: a\nof: path\nabout: Some.\nmembers: [x]\n", 'p.yaml:1:1: "examples" is missing'],
  [
    "no example that is out",
    "set: a\nof: path\nabout: Some.\nmembers: [x]\nexamples: { in: [a] }\n",
    'p.yaml:5:1: "out" is missing',
  ],
  ["an unknown kind", set("a", "members: [x]", "pth"), 'p.yaml:2:5: "pth" is not known here; did you mean "path"?'],
  ["no members", set("a", ""), 'p.yaml:1:1: "members" is missing'],
  [
    "a name that is a word of conditions",
    set("any", "members: [x]"),
    'p.yaml:1:6: "any": a set\'s name is kebab-case, and not any or changed',
  ],
  [
    "the same name twice",
    `${set("a", "members: [x]")}---\n${set("a", "members: [y]")}`,
    "p.yaml:7:6: there is a set a already, in p.yaml",
  ],
  [
    "includes what is not there",
    set("a", "includes: [credentail]\nmembers: [x]"),
    'p.yaml:4:12: there is no set "credentail"; one of a',
  ],
  ["includes itself", `${set("a", "includes: [b]")}---\n${set("b", "includes: [a]")}`, "p.yaml:10:12: set a includes itself"],
  [
    "includes another kind",
    `${set("a", "includes: [b]")}---\n${set("b", "members: [h.test]", "host")}`,
    "p.yaml:4:12: set b is of host, not of path",
  ],
  [
    "a member of another kind",
    set("a", "members: [{ host: h.test }]"),
    'p.yaml:4:13: unknown key "host"; one of path, audience, exact',
    'p.yaml:4:11: "path" is missing: the member\'s pattern',
  ],
  [
    "exact where there are no trees",
    set("a", "members: [{ host: h.test, exact: true }]", "host"),
    "p.yaml:4:27: only a path can be exact",
  ],
];
for (const [title, text, ...said] of refused) test(`refused: ${title}`, () => expect(problemsOf(text)).toEqual(said));
