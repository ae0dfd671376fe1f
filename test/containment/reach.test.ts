import { expect, test } from "vitest";
import { analyze } from "../../src/index.ts";
import { readSandbox } from "../../src/load/sandbox.ts";
import { printProblem } from "../../src/load/source.ts";

const WEB = `
sandbox: web
runtime: container
lifetime: ephemeral
user: { name: root, home: /root }
mounts:
  - { source: ./src, target: /app, writable: true }
  - { source: /etc, target: /host/etc }
  - { source: data, target: /data, writable: true }
network: { allow: ["api.test:443", "*.pypi.org", "10.0.0.0/8"] }
`;
const { sandbox } = readSandbox(WEB, "web.sandbox.yaml", "/home/me");

/** Decision, and where each effect ends up. */
function judged(command: string): string {
  if (!sandbox) throw new Error("the profile does not read");
  const { decision, containment } = analyze({ command }, { sandbox });
  const reaches = containment?.reaches.map(({ to, as }) => (as === undefined ? to : `${to} ${as}`)) ?? [];
  return [decision, ...reaches].join(", ");
}

test.each([
  ["the container's own files are nobody's", "rm -rf /var", "allow, contained"],
  ["a mount is the host's", "rm -rf /app", "deny, host /home/me/src"],
  ["what is above a mount holds it", "rm -rf /", "deny, host /home/me/src"],
  ["a home is inside", "rm -rf ~/x", "allow, contained"],
  ["a path through the own process", "echo x > /proc/self/root/app/y", "allow, host /home/me/src/y"],
  ["a link does not hide a mount", "ln -s /host/etc e; cat e/shadow", "deny, unknown, host /etc/shadow"],
  ["a volume outlives the container", "rm -rf /data/x", "require_approval, host data"],
  ["a read-only mount can't be written", "echo x >> /host/etc/crontab", "require_approval, contained"],
  ["a credential as the host names it", "cat /host/etc/shadow", "deny, host /etc/shadow"],
  ["an allowed host", "curl https://api.test", "allow, network"],
  ["the same host, another port", "curl https://api.test:8443", "require_approval, contained"],
  ["another host", "curl https://x.test", "require_approval, contained"],
  ["the own loopback", "curl http://localhost:80", "allow, contained"],
  ["a variable may lead anywhere", 'rm -rf "$(cat x)"', "require_approval, unknown, unknown"],
])("%s: %s", (_, command, said) => expect(judged(command)).toBe(said));

test.each([
  ["runtime: contaner", '2:10: "contaner" is not known here; did you mean "container"?'],
  ["runtime: container\nmount: []", '3:1: unknown key "mount"; did you mean "mounts"?'],
  ["runtime: container\ncapabilities: [SYS_ADMN]", '3:16: no capability is called "SYS_ADMN"; did you mean "SYS_ADMIN"?'],
  [
    "runtime: container\nnetwork: none\nnamespaces: [network]",
    "3:1: there is no network, yet the network namespace of the host is shared",
  ],
  ["runtime: container\nmounts: [{ source: /a, target: b }]", '3:32: "b" is not an absolute path'],
])("a bad profile says where: %j", (text, said) => {
  const { problems } = readSandbox(`sandbox: x\n${text}\n`, "x");
  expect(problems.map(printProblem)).toContain(`x:${said}`);
});
