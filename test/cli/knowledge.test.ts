import { describe, expect, test } from "vitest";
import { cli } from "./fake.ts";

describe("what is known", () => {
  test.each([
    ["rules in columns", ["rules"], "exfiltration/credential-to-network  critical  A credential is sent over the network\n"],
    [
      "one rule",
      ["rules", "exfiltration/credential-to-network"],
      `\
exfiltration/credential-to-network  critical, stable
  a credential is sent over the network
  says      {from} is sent to {to}
  instead   send only the value the server needs
  about     T1048, CWE-200
  when      { flow: { from: { file: credential }, to: { network: any } } }
`,
    ],
    ["programs", ["commands"], "ls\n"],
    ["one program", ["commands", "ls"], "ls  interspersed\n  inert     -l\n"],
    ["programs as JSON", ["commands", "--format", "json"], '[\n  "ls"\n]\n'],
  ])("%s", async (_, argv, out) => expect(await cli(argv)).toEqual({ code: 0, out, err: "" }));

  test.each([
    [
      ["rules", "exfiltration/credentials-to-network"],
      'no rule exfiltration/credentials-to-network; did you mean "exfiltration/credential-to-network"?',
    ],
    [["commands", "lss"], 'no facts about lss; did you mean "ls"?'],
    [["rules", "check"], "missing required argument 'file'"],
  ])("%j", async (argv, err) => expect(await cli(argv)).toEqual({ code: 2, out: "", err: `${err}\n` }));
});
