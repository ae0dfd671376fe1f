import { describe, expect, test } from "vitest";
import { atomicRedTeam } from "../../../src/suite/import/atomic-red-team.ts";
import { falco } from "../../../src/suite/import/falco.ts";
import { gtfobins } from "../../../src/suite/import/gtfobins.ts";
import { complaints, importOf, told } from "./sample.ts";

describe("GTFOBins", () => {
  const old = `---
description: Frobs.
functions:
  shell:
    - code: frob --exec /bin/sh
    - description: Needs a temporary file.
      code: |
        TF=$(mktemp)
        frob "$TF"
  sudo:
    - code: sudo frob -x
---
`;
  const young = `---
comment: Nobs.
functions:
  file-read:
  - code: nob /path/to/input-file
    contexts:
      sudo:
      suid:
        code: ./nob -p /path/to/input-file
      unprivileged:
...
`;

  test("the old layout: Markdown of nothing but YAML", () =>
    expect(told(importOf(gtfobins, { "frob.md": old }))).toEqual([
      "frob: shell | frob --exec /bin/sh | record",
      'frob: shell (2) | TF=$(mktemp)\nfrob "$TF"\n | record',
      "frob: sudo | sudo frob -x | record",
    ]));
  test("the new layout: code of a context's own is a case of its own, shared code one", () =>
    expect(told(importOf(gtfobins, { nob: young }))).toEqual([
      "nob: file-read | nob /path/to/input-file | record",
      "nob: file-read (suid) | ./nob -p /path/to/input-file | record",
    ]));
  test("program and ability stay on each case, and the licence", () =>
    expect(importOf(gtfobins, { nob: young }, { license: "GPL-3.0" }).cases[0]).toEqual({
      suite: "GTFOBins: file-read",
      name: "nob: file-read",
      command: "nob /path/to/input-file",
      source: "GTFOBins nob#file-read",
      license: "GPL-3.0",
      expect: { decision: "record" },
    }));
  test("aliases and examples without code are counted", () => {
    const { cases, left } = importOf(gtfobins, {
      nib: "---\nalias: nob\n...\n",
      nab: "---\nfunctions:\n  shell:\n  - comment: Press b.\n...\n",
    });
    expect([cases, [...left]]).toEqual([
      [],
      [
        ["an alias of another program", 1],
        ["an example without code", 1],
      ],
    ]);
  });
  test.each([
    ["no YAML", "---\nfunctions: {\n", "nob:3:1: Flow map in block collection must be sufficiently indented and end with a }"],
    ["nothing", "# Nob\n", "nob:1:1: the file is empty"],
    ["no functions", "---\nnob: x\n", 'nob:1:1: expected YAML between "---" lines that has "functions"'],
    ["functions of another kind", "---\nfunctions:\n  shell: nob\n...\n", "nob:3:1: expected a list of examples"],
  ])("%s", (_, text, complaint) => expect(complaints(importOf(gtfobins, { nob: text }))[0]).toBe(complaint));
});

describe("Atomic Red Team", () => {
  const yaml = `attack_technique: T1003.008
display_name: "OS Credential Dumping: /etc/passwd and /etc/shadow"
atomic_tests:
- name: Read shadow
  auto_generated_guid: 00000000-0000-4000-8000-000000000001
  supported_platforms:
  - linux
  input_arguments:
    output_file:
      description: where to
      type: path
      default: /tmp/out.txt
    lines:
      type: integer
      default: 5
  executor:
    command: |
      head -n #{lines} /etc/shadow > #{output_file}
      echo \${#x} #{unknown}
    cleanup_command: rm -f #{output_file}
    name: bash
    elevation_required: true
- name: On Windows
  supported_platforms:
  - windows
  executor:
    name: powershell
    command: Get-Process
- name: Without a default
  input_arguments:
    host:
      type: string
  executor:
    name: sh
    command: "ping #{host}"
`;
  const file = { "T1003.008/T1003.008.yaml": yaml };

  test("defaults are filled in, other executors and what can't be filled in are counted", () => {
    const imported = importOf(atomicRedTeam, file);
    expect(told(imported)).toEqual(["Read shadow | head -n 5 /etc/shadow > /tmp/out.txt\necho ${#x} #{unknown}\n | record"]);
    expect([...imported.left]).toEqual([
      ["a test for powershell", 1],
      ["an argument without a default", 1],
    ]);
  });
  test("technique, test, platform, shell and the user it needs stay on each case", () =>
    expect(importOf(atomicRedTeam, file).cases.map(({ command, expect, ...rest }) => rest)).toEqual([
      {
        suite: "Atomic Red Team: T1003.008 OS Credential Dumping: /etc/passwd and /etc/shadow",
        name: "Read shadow",
        context: { shell: "bash", user: "root" },
        tags: ["linux"],
        source: "Atomic Red Team T1003.008 00000000-0000-4000-8000-000000000001",
        attack: ["T1003.008"],
      },
    ]));
  test("only tests of a technique are read from a folder", () =>
    expect(["T1003/T1003.yaml", "T1003/src/x.yaml", "Indexes/index.yaml"].filter(atomicRedTeam.wants)).toEqual([
      "T1003/T1003.yaml",
    ]));
  test.each([
    ["no tests", "attack_technique: T1\n", 'T1/T1.yaml:1:1: expected "attack_technique" and a list "atomic_tests"'],
    [
      "a test without an executor",
      "attack_technique: T1\natomic_tests:\n- name: x\n",
      'T1/T1.yaml:3:3: expected a test with "name" and "executor"',
    ],
  ])("%s", (_, text, complaint) => expect(complaints(importOf(atomicRedTeam, { "T1/T1.yaml": text }))).toEqual([complaint]));
});

describe("Falco event generator", () => {
  const go = `package syscall

import "os/exec"

const shell = "/bin/sh"

var _ = events.Register(ReadSecrets)
var _ = events.Register(RunAsDaemon, events.WithDisabled())
var _ = events.Register(OpenFile)

func ReadSecrets(h events.Helper) error {
	// exec.Command("not", "this")
	cat, err := exec.LookPath("cat")
	if err != nil {
		return err
	}
	exec.Command(cat, "/etc/shadow").Run()
	return exec.CommandContext(ctx, shell, "-c", \`echo "a\\b" > /tmp/x\`, "\\x41\\u00e9\\n",).Run()
}

func RunAsDaemon(h events.Helper) error {
	exec.Command("find", os.TempDir(), "-name", "id_rsa").Run()
	return runAsUser(h, "daemon", "ls", "-l")
}

func OpenFile(h events.Helper) error { return os.WriteFile("/etc/x", nil, 0644) }

func helper(name string) { exec.Command(name) }
`;
  const imported = importOf(falco, { "syscall/sample.go": go });

  test("programs with literal arguments are argv cases, named by their action", () =>
    expect(told(imported)).toEqual([
      'ReadSecrets | ["cat","/etc/shadow"] | record',
      'ReadSecrets (2) | ["/bin/sh","-c","echo \\"a\\\\b\\" > /tmp/x","Aé\\n"] | record',
      'RunAsDaemon | ["ls","-l"] | record',
    ]));
  test("who runs it, and where it stands", () =>
    expect(imported.cases.map(({ context, source }) => [context, source])).toEqual([
      [undefined, "Falco event generator ReadSecrets (syscall/sample.go:17)"],
      [undefined, "Falco event generator ReadSecrets (syscall/sample.go:18)"],
      [{ user: "daemon" }, "Falco event generator RunAsDaemon (syscall/sample.go:23)"],
    ]));
  test("what can't be read as a command is counted", () =>
    expect([...imported.left]).toEqual([
      ["a call with an argument that is computed", 1],
      ["an action that calls the kernel itself and starts no program", 1],
    ]));
});
