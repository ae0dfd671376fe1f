import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openAnalyzer } from "../../src/cli/analyzer.ts";
import { cli } from "./fake.ts";

const folder = mkdtempSync(join(tmpdir(), "argvet-"));

/** Writes a file and runs a command line with it: `FILE` stands for its path. */
async function ran(name: string, text: string, ...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const file = join(folder, name);
  writeFileSync(file, text);
  const { code, out, err } = await cli(
    argv.map((word) => word.replace("FILE", file)),
    { open: openAnalyzer },
  );
  return { code, out: out.replaceAll(file, "FILE").replaceAll(folder, "/here"), err: err.replaceAll(file, "FILE") };
}

/** The rules that fire, with their places. */
async function found(name: string, text: string): Promise<string[]> {
  const { out } = await ran(name, text, "sandbox", "check", "FILE");
  return out.split("\n").flatMap((line) => (line.startsWith("FILE:") ? [line.slice(5).split(": ").slice(0, 2).join(" ")] : []));
}

const COMPOSE = (volumes: string): string => `services:
  web:
    image: app
    user: "1000"
    volumes: [${volumes}]
    security_opt: ["no-new-privileges:true"]
    network_mode: none
    mem_limit: 512m
    pids_limit: 100
`;
const SOCKET = COMPOSE("./app:/app:ro, /var/run/docker.sock:/var/run/docker.sock");
const GOOD = COMPOSE("./app:/app:ro");

describe("configurations", () => {
  test.each<[string, string, string, string[]]>([
    ["a good compose file", "compose.yaml", GOOD, []],
    ["a compose file with the engine's socket", "compose.yaml", SOCKET, ["5:30 critical, certain sandbox/engine-socket"]],
    [
      "a pod that sees the host's processes",
      "pod.yaml",
      `kind: Pod
spec:
  hostPID: true
  automountServiceAccountToken: false
  containers:
    - name: c
      securityContext: { runAsUser: 1000, allowPrivilegeEscalation: false, seccompProfile: { type: RuntimeDefault } }
      resources: { limits: { memory: 1Gi } }
`,
      ["3:3 high, certain sandbox/host-namespace", "6:7 low, certain sandbox/metadata"],
    ],
    [
      "a docker run line",
      "run.txt",
      "docker run --network none -m 1g --pids-limit 9 --security-opt no-new-privileges \\\n  -u 7 --cap-add SYS_MODULE alpine",
      ["2:8 high, certain sandbox/strong-capability"],
    ],
    [
      "a bubblewrap line",
      "jail.txt",
      "bwrap --unshare-all --ro-bind /usr /usr \\\n  --bind / /host --proc /proc sh",
      [
        "2:3 critical, possible sandbox/engine-socket",
        "2:3 critical, certain sandbox/host-files",
        "1:1 low, certain sandbox/unlimited",
      ],
    ],
    [
      "what docker inspect prints",
      "inspect.json",
      '[{"Name": "/web", "Config": {"User": "7"}, "HostConfig": {"NetworkMode": "none", "Memory": 9, "PidsLimit": 9,\n"SecurityOpt": ["no-new-privileges"], "Devices": [{"PathOnHost": "/dev/sda"}]}, "Mounts": []}]',
      ["2:52 critical, certain sandbox/device"],
    ],
  ])("%s", async (_, name, text, said) => {
    expect(await found(name, text)).toEqual(said);
  });
});

test("a variable for a mount is a doubt, and never safe", async () => {
  expect(await found("compose.yaml", COMPOSE('"$X:/app"'))).toContain("5:15 doubt mounts");
});

test("the engine's socket: what uses it is denied, what does not is allowed, and without it the way out is not there", async () => {
  const way = "curl -s --unix-socket /var/run/docker.sock http://d/containers/json";
  const use = await ran("compose.yaml", SOCKET, "check", "--sandbox", "FILE#web", way);
  const other = await ran("compose.yaml", SOCKET, "check", "--sandbox", "FILE#web", "ls /app");
  const without = await ran("compose.yaml", GOOD, "check", "--sandbox", "FILE#web", way);
  expect([use.code, other.code, without.code]).toEqual([1, 0, 3]);
  expect(use.out).toContain("possible here (mount /var/run/docker.sock -> /var/run/docker.sock)");
  expect(without.out).toContain("not possible in this sandbox");
});

test("the profile of a configuration judges as the configuration does", async () => {
  const { out } = await ran("compose.yaml", SOCKET, "sandbox", "profile", "FILE");
  expect(await found("web.sandbox.yaml", out)).toEqual(["1:1 critical, certain sandbox/engine-socket"]);
});

test.each([
  ["no such container", GOOD, "FILE#wbe", 'FILE has no wbe; did you mean "web"?\n'],
  [
    "another kind of file",
    "a: b\n",
    "FILE",
    "FILE:1:1: expected a profile, a compose file, a pod or workload, docker inspect's output, a devcontainer.json, a systemd service, an agent's settings, a docker run, bwrap or nsjail line\n",
  ],
])("%s: exit 2", async (_, text, given, said) => {
  const { code, err } = await ran("compose.yaml", text, "check", "--sandbox", given, "ls");
  expect({ code, err }).toEqual({ code: 2, err: said });
});

describe("suggest", () => {
  const suite = (expect: string): string =>
    `suite: s\ncases:\n  - name: a\n    command: curl -o /tmp/x https://h.test/x\n    expect: ${expect}\n`;

  test("opens the host and the folder that a case needs, and says which case", async () => {
    const { code, out } = await ran("s.yaml", suite("allow"), "sandbox", "suggest", "FILE");
    expect([code, out.split("\n").filter((line) => /# s|h\.test|target/.test(line))]).toEqual([
      0,
      ["  # s › a", "    target: /tmp", "    # s › a", "    - h.test"],
    ]);
  });

  test("nothing to make room for is said", async () => {
    expect(await ran("r.yaml", suite("record"), "sandbox", "suggest", "FILE")).toEqual({
      code: 2,
      out: "",
      err: "no case is expected to be allowed, of 1 read: there is nothing to make room for\n",
    });
  });
});
