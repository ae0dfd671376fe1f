import { describe, expect, test } from "vitest";
import { type Hints, readToolCall } from "../../src/intake/tool-call.ts";
import { readSandbox } from "../../src/load/sandbox.ts";
import type { Sandbox } from "../../src/model/sandbox.ts";
import type { Context } from "../../src/model/subject.ts";
import { reads } from "./shown.ts";

function sandboxNamed(name: string): Sandbox {
  const { sandbox } = readSandbox(`sandbox: ${name}\nruntime: container\n`, "s.yaml", "/");
  if (!sandbox) throw new Error("no sandbox");
  return sandbox;
}

describe("a call runs the argv that its server makes of it", () => {
  test.each<[string, string, unknown, readonly string[]]>([
    [
      "all of docker exec",
      "exec",
      {
        container: "web",
        command: ["ls", "-l"],
        user: "app",
        workdir: "/srv",
        env: ["A=b"],
        envFile: ".env",
        detach: true,
        timeout: 5000,
        parseJson: true,
        limit: 9,
        path: "/p",
        compact: false,
      },
      [
        "docker-exec",
        '["docker", "exec", "-u", "app", "-w", "/srv", "-e", "A=b", "--env-file", ".env", "web", "ls", "-l"]  · cwd="/p"  · hidden-argument: the env file .env is outside the project, and sets variables that cannot be seen',
      ],
    ],
    [
      "a container by its id",
      "exec_container",
      { container_id: "3f2", command: "ls | wc" },
      ["docker-exec-id", '["docker", "exec", "3f2", "sh", "-c", "ls | wc"]'],
    ],
    [
      "docker run",
      "run",
      { image: "alpine", command: ["id"], volumes: ["/:/h"], env: ["A=b"], network: "host", user: "0", entrypoint: "sh" },
      [
        "docker-run",
        '["docker", "run", "-v", "/:/h", "--network", "host", "--entrypoint", "sh", "-u", "0", "-e", "A=b", "alpine", "id"]',
      ],
    ],
    ["an image's own program", "run", { image: "alpine" }, ["docker-run", '["docker", "run", "alpine"]']],
    [
      "uv run",
      "uv-run",
      { command: ["python", "x.py"], withPackages: ["rich", "httpx"] },
      ["uv-run", '["uv", "run", "--with", "rich", "--with", "httpx", "python", "x.py"]'],
    ],
    [
      "pip install",
      "pip-install",
      { packages: ["a", "b"], requirements: "r.txt", indexUrl: "https://i.test/simple", extraIndexUrl: "https://e.test" },
      [
        "pip-install",
        '["pip", "install", "-r", "r.txt", "--index-url", "https://i.test/simple", "--extra-index-url", "https://e.test", "a", "b"]',
      ],
    ],
    ["uv install", "uv-install", { editable: "." }, ["uv-install", '["uv", "pip", "install", "-e", "."]']],
    [
      "a process and its arguments",
      "run",
      { command: "tar", args: ["cz", "a b"], cwd: "/w" },
      ["process-run", '["tar", "cz", "a b"]  · cwd="/w"'],
    ],
    ["a process by a shell, as node joins it", "run", { command: "ls", args: ["; id"], shell: true }, ["process-run", "ls ; id"]],
    [
      "a process by a shell of its own",
      "run",
      { command: "ls", args: ["-l"], shell: "/bin/zsh" },
      ["process-run", '["zsh", "-c", "ls -l"]'],
    ],
    [
      "its environment",
      "run",
      { command: "ls", args: [], env: { LD_PRELOAD: "/x.so" } },
      ["process-run", '["env", "LD_PRELOAD=/x.so", "ls"]'],
    ],
    ["its input", "run", { command: "sh", args: [], stdin: "id" }, ["process-run", '["sh"]  · stdin="id"']],
    [
      "ssh",
      "ssh-run",
      { host: "h.test", user: "bob", port: 2222, command: "ls; id" },
      ["ssh-run", '["ssh", "-p", "2222", "-l", "bob", "h.test", "ls; id"]'],
    ],
    ["Claude", "Bash", { command: "ls", description: "List", timeout: 9, run_in_background: true }, ["shell-text", "ls"]],
    [
      "Gemini",
      "run_shell_command",
      { command: "ls", directory: "src" },
      ["shell-text", '["env", "-C", "src", "sh", "-c", "ls"]'],
    ],
    ["Cline", "execute_command", { command: "ls", requires_approval: false }, ["shell-text", "ls"]],
    ["Cursor", "run_terminal_cmd", { command: "ls", is_background: false, explanation: "why" }, ["shell-text", "ls"]],
    ["VS Code", "run_in_terminal", { command: "ls", explanation: "why", isBackground: false }, ["shell-text", "ls"]],
    ["Kiro", "execute_bash", { command: "ls" }, ["shell-text", "ls"]],
    [
      "Codex' argv",
      "shell",
      { command: ["bash", "-lc", "ls | wc"], workdir: "/w", timeout_ms: 9 },
      ["codex-argv", '["bash", "-lc", "ls | wc"]  · cwd="/w"'],
    ],
    [
      "Codex' newer tool",
      "exec_command",
      { cmd: "ls", workdir: "/w", yield_time_ms: 9, shell: "zsh" },
      ["codex-exec-command", '["zsh", "-c", "ls"]  · cwd="/w"'],
    ],
    ["desktop-commander", "start_process", { command: "ls", timeout_ms: 9 }, ["desktop-commander", "ls"]],
    [
      "and its other shells",
      "start_process",
      { command: "ls", timeout_ms: 9, shell: "powershell.exe" },
      ["desktop-commander", '["pwsh", "-Command", "ls"]'],
    ],
    ["what is typed into a process", "interact_with_process", { pid: 7, input: "rm -rf /" }, ["process-input", "rm -rf /"]],
    [
      "mcp-server-commands",
      "run_command",
      { command: "bash", stdin: "id", workdir: "/w" },
      ["shell-text", 'bash  · cwd="/w"  · stdin="id"'],
    ],
    [
      "code and its language",
      "execute_code",
      { code: "print(1)", language: "Python" },
      ["code-with-language", '["python3", "-c", "print(1)"]'],
    ],
    ["code that is a shell's", "run_code", { code: "ls", language: "bash" }, ["code-with-language", '["bash", "-c", "ls"]']],
    ["code of a tool with one language", "run_python", { code: "1" }, ["python-code", '["python3", "-c", "1"]']],
    [
      "code in a language that is not read",
      "execute_code",
      { code: "main", language: "haskell" },
      ["code-with-language", '["haskell", "main"]  · opaque-code: code in haskell, which is not read'],
    ],
  ])("%s", (_, tool, args, wanted) => expect(reads(tool, args)).toEqual(wanted));
});

describe("a name that others use otherwise needs its server", () => {
  test.each<[string, string, string, unknown, readonly string[]]>([
    [
      "a service of docker compose",
      "mcp-server-docker",
      "run_command",
      { command: "ls", service: "db" },
      ["compose-service", '["docker", "exec", "db", "sh", "-c", "ls"]'],
    ],
    [
      "its default",
      "mcp-server-docker",
      "run_command",
      { command: "ls" },
      ["compose-service", '["docker", "exec", "the default service", "sh", "-c", "ls"]'],
    ],
    [
      "a pod",
      "kubernetes",
      "pods_exec",
      { namespace: "d", name: "web", container: "app", command: ["ls"] },
      ["pod-exec", '["kubectl", "exec", "-n", "d", "-c", "app", "web", "--", "ls"]'],
    ],
    [
      "a host that the server knows",
      "ssh-mcp",
      "exec",
      { command: "ls; id" },
      ["ssh-by-server", '["ssh", "a remote host", "ls; id"]'],
    ],
    ["the same name elsewhere", "anything", "exec", { command: "ls; id" }, ["shell-text", "ls; id"]],
  ])("%s", (_, server, tool, args, wanted) => expect(reads(tool, args, { server })).toEqual(wanted));
  test("the server may stand before the tool", () =>
    expect(reads("mcp__mcp-server-docker__run_command", { command: "ls", service: "db" })[0]).toBe("compose-service"));
  test("and names are written in many ways", () =>
    expect(
      ["runShellCommand", "run-shell-command", "Run Shell Command"].map((tool) => reads(tool, { command: "ls" })[0]),
    ).toEqual(["shell-text", "shell-text", "shell-text"]));
});

describe("a tool of any name is known by the shape of its arguments", () => {
  const schema = { type: "object", properties: { container: { type: "string" }, command: { type: "array" } } };
  test("of the call", () => expect(reads("do_it", { container: "web", command: ["ls"] })[0]).toBe("docker-exec"));
  test("of the schema, where the call leaves something out", () =>
    expect(reads("do_it", { container: "web" }, { schema })).toEqual(['problem: the call has no "command"']));
});

describe("argv and text", () => {
  test.each<[string, string, unknown, readonly string[]]>([
    [
      "a JSON array in a string is an argv",
      "exec",
      { container: "w", command: '["ls","-l"]' },
      ["docker-exec", '["docker", "exec", "w", "ls", "-l"]'],
    ],
    [
      "where a shell could read it, it is both",
      "Bash",
      { command: '["ls","$(id)"]' },
      ["shell-text", '["ls", "$(id)"]', '["ls","$(id)"]'],
    ],
    ["a test is no array", "Bash", { command: "[ -f x ] && ls" }, ["shell-text", "[ -f x ] && ls"]],
    [
      "a plain string where words are expected is a shell's",
      "exec",
      { container: "w", command: "ls; id" },
      ["docker-exec", '["docker", "exec", "w", "sh", "-c", "ls; id"]'],
    ],
    [
      "numbers among words",
      "exec",
      { container: "w", command: ["sleep", 5] },
      ["docker-exec", '["docker", "exec", "w", "sleep", "5"]'],
    ],
  ])("%s", (_, tool, args, wanted) => expect(reads(tool, args)).toEqual(wanted));
});

describe("what cannot be read is a problem, never nothing", () => {
  test.each<[string, string, unknown, string]>([
    ["a table for a command", "exec", { container: "w", command: { a: 1 } }, '"command" is a table, where text is expected'],
    ["a table among words", "exec", { container: "w", command: ["ls", {}] }, '"command[1]" is a table, where text is expected'],
    ["nothing among words", "exec", { container: "w", command: ["ls", null] }, '"command[1]" is nothing, where text is expected'],
    [
      "an array of arrays in a string",
      "exec",
      { container: "w", command: '[["ls"]]' },
      '"command[0]" is a list, where text is expected',
    ],
    ["an empty argv", "exec", { container: "w", command: [] }, '"command" is an empty list'],
    [
      "a list for a user",
      "exec",
      { container: "w", command: ["ls"], user: ["root"] },
      '"user" is a list, where text is expected',
    ],
    [
      "an environment that would be the program",
      "run",
      { command: "ls", args: [], env: { "-S": "id" } },
      '"-S=id" sets no variable',
    ],
    ["arguments that are no object", "Bash", ["ls"], "the arguments of Bash are no object"],
    ["a text for arguments", "Bash", "ls", "the arguments of Bash are no object"],
  ])("%s", (_, tool, args, problem) => expect(reads(tool, args)).toEqual([`problem: ${problem}`]));
});

test("more texts than can be judged are a problem", () =>
  expect(reads("custom_exec", { all: Array.from({ length: 300 }, (_, i) => ({ x: `${i}` })) })).toEqual([
    "problem: the call holds more texts than can be judged",
  ]));

test("nesting is no way out", () => {
  let args: unknown = { command: "id" };
  for (let i = 0; i < 100_000; i++) args = { in: args };
  expect(reads("batch", args).slice(1)).toEqual(["id"]);
});

describe("what a mapping does not know is a doubt", () => {
  test("an argument", () =>
    expect(reads("exec", { container: "w", command: ["ls"], privileged: true })[1]).toBe(
      '["docker", "exec", "w", "ls"]  · unexplained-argument: the argument "privileged" is not understood',
    ));
  test("a second command beside the first is judged too", () =>
    expect(reads("Bash", { command: "ls", pre_command: "id" }).slice(1)).toEqual([
      'ls  · unexplained-argument: the argument "pre_command" is not understood',
      "id",
    ]));
  test("also deep inside", () =>
    expect(reads("Bash", { command: "ls", hooks: [{ before: { cmd: "id" } }] }).slice(1)).toEqual([
      'ls  · unexplained-argument: the argument "hooks" is not understood',
      "id",
    ]));
  test("two folders: the one that is not taken", () =>
    expect(reads("Bash", { command: "ls", workdir: "/w", cwd: "/c" })[1]).toBe(
      'ls  · cwd="/w"  · unexplained-argument: the argument "cwd" is not understood',
    ));
  test.each<[string, string, Context]>([
    ["/etc/app.env", "an absolute path outside", { project: ["/code"] }],
    ["../x.env", "a way out", { project: ["/code"] }],
    ["~/x.env", "a home", {}],
    ["/code/../etc/x", "a detour", { project: ["/code"] }],
  ])("an env file outside the project: %s, %s", (envFile, _, context) =>
    expect(reads("exec", { container: "w", command: ["ls"], envFile }, {}, context)[1]).toContain(
      `hidden-argument: the env file ${envFile} is outside the project, and sets variables that cannot be seen`,
    ),
  );
  test.each<[string, string, Context]>([
    ["an env file from a folder outside", "/root", { project: ["/code"] }],
    ["from a folder of nobody knows where", "../x", {}],
    ["from a folder that may be anything", "/root", {}],
  ])("%s: %s", (_, path, context) =>
    expect(reads("exec", { container: "w", command: ["ls"], envFile: ".env", path }, {}, context)[1]).toContain(
      "the env file .env is outside",
    ),
  );
  test("from a folder of the project", () =>
    expect(
      reads("exec", { container: "w", command: ["ls"], envFile: ".env", path: "/code/a" }, {}, { project: ["/code"] })[1],
    ).not.toContain("env file"));
  test.each<[string, Context]>([
    ["/code/.env", { project: ["/code"] }],
    [".env", {}],
  ])("its own is not one: %s", (envFile, context) =>
    expect(reads("exec", { container: "w", command: ["ls"], envFile }, {}, context)[1]).not.toContain("env file"),
  );
});

describe("tools that no preset knows", () => {
  test.each<[string, string, unknown, readonly string[]]>([
    [
      "a name that says exec: every text",
      "custom_exec",
      { thing: "id", more: { deep: "ls" }, n: 5 },
      ["unmapped: thing, more.deep", "id", "ls"],
    ],
    [
      "an argument that says command, and doubts about the rest",
      "do_it",
      { script: "id", file: "/x" },
      ["unmapped: script", 'id  · unexplained-argument: the argument "file" is not understood'],
    ],
    [
      "code whose language is not said",
      "evaluate_expression",
      { code: "1+1" },
      ["unmapped: code", '["python3", "-c", "1+1"]  · opaque-code: code in a language that is not said'],
    ],
    [
      "commands inside lists and tables",
      "batch",
      { steps: [{ name: "a", run: [{ cmd: ["id", 5] }] }, { command: "ls" }] },
      ["unmapped: steps[0].run[0].cmd, steps[1].command", '["id", "5"]', "ls"],
    ],
    ["nothing to judge", "shell_list", {}, ["unmapped: "]],
    ["what is sent to a terminal", "send_to_terminal", { keystrokes: "id" }, ["unmapped: keystrokes", "id"]],
    ["a card reader", "create_terminal_reader", { label: "desk (2)" }, ["not exec"]],
    ["a key", "add_ssh_key", { title: "mine", key: "ssh-rsa AAAA" }, ["not exec"]],
    ["a query", "execute_sql", { sql: "select 1" }, ["not exec"]],
    ["a statement", "execute", { statement: "select count(*) from t" }, ["not exec"]],
    ["a search", "search", { query: "rm -rf /" }, ["not exec"]],
    ["a file", "read_file", { path: "/etc/shadow" }, ["not exec"]],
    ["a one-time code", "verify_login", { code: "123456" }, ["not exec"]],
  ])("%s", (_, tool, args, wanted) => expect(reads(tool, args)).toEqual(wanted));
});

test("that there is no mapping is a doubt of its own", () => {
  const reading = readToolCall("custom_exec", { thing: "id" });
  expect("subjects" in reading && reading.subjects.map(({ context }) => context.doubts?.map(({ text }) => text))).toEqual([
    ["no mapping says which argument holds the command"],
  ]);
});

describe("a declared mapping wins", () => {
  const hints: Hints = { mapping: { command: "options.run", cwd: ["dir", "folder"], ignore: ["note"] } };
  test("with arguments inside others", () =>
    expect(reads("search", { options: { run: "id" }, folder: "/w", note: "x" }, hints)).toEqual(["declared", 'id  · cwd="/w"']));
  test("what stands beside them is a doubt", () =>
    expect(reads("search", { options: { run: "id", more: { x: 1 }, pre_command: "ls" } }, hints)).toEqual([
      "declared",
      'id  · unexplained-argument: the argument "options.more" is not understood  · unexplained-argument: the argument "options.pre_command" is not understood',
      "ls",
    ]));
  test("and a call without them is a problem", () =>
    expect(reads("search", { query: "x" }, hints)).toEqual(['problem: the call has no "options.run"']));
});

describe("a container whose sandbox is known is where the program runs", () => {
  const sandbox: Sandbox = sandboxNamed("web");
  const hints: Hints = { sandboxOf: (container) => (container === "web" ? sandbox : undefined) };
  const context = (args: object) => {
    const reading = readToolCall("exec", { command: ["ls"], ...args }, hints);
    return "subjects" in reading
      ? reading.subjects.map(({ input, context: { sandbox: inside, user } }) => [input, inside?.name, inside?.user, user])
      : [];
  };
  test("how it got there is not its doing", () =>
    expect(context({ container: "web", workdir: "/w", env: ["A=b"] })).toEqual([
      [{ argv: ["env", "A=b", "ls"] }, "web", sandbox.user, undefined],
    ]));
  test("as root", () =>
    expect(context({ container: "web", user: "0:0" })).toEqual([
      [{ argv: ["ls"] }, "web", { ...sandbox.user, name: "0:0", root: "yes" }, "0:0"],
    ]));
  test("as somebody who may be root", () =>
    expect(context({ container: "web", user: "bob" })).toEqual([
      [{ argv: ["ls"] }, "web", { ...sandbox.user, name: "bob", root: "maybe" }, "bob"],
    ]));
  test("another container is entered", () =>
    expect(context({ container: "db" })).toEqual([[{ argv: ["docker", "exec", "db", "ls"] }, undefined, undefined, undefined]]));
});

describe("keys are the call's own", () => {
  test.each(["constructor", "toString", "__proto__"])("%s is no argument where nobody gave it", (name) =>
    expect(reads("x", {}, { mapping: { command: name } })).toEqual([`problem: the call has no "${name}"`]),
  );
  test("and is one where somebody did", () =>
    expect(reads("x", JSON.parse('{"__proto__":"id"}'), { mapping: { command: "__proto__" } })).toEqual(["declared", "id"]));
});
