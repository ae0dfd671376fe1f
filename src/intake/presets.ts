import type { Mapping } from "./mapping.ts";

/** What an argument must be able to hold, as the tool's schema or the call itself shows. */
export type Kind = "text" | "list" | "any";

/** How the tools of some server, or of many, say what to run. */
export interface Preset {
  readonly id: string;
  /** Names of tools, lower case, with `_` for every `-`, `.` and space. */
  readonly tools: readonly string[];
  /** Words of which the server's name must have one: for names that other servers use otherwise. */
  readonly servers?: readonly string[];
  /** Arguments there must be; `a|b` is one of them. With these alone a tool of another name is recognised too, if `anyName`. */
  readonly has: Readonly<Record<string, Kind>>;
  readonly anyName?: true;
  readonly mapping: Mapping;
}

const SHELL_EXTRAS = [
  "timeout",
  "timeout_ms",
  "description",
  "explanation",
  "run_in_background",
  "is_background",
  "isBackground",
];

/** Words that a tool hands on to the program that it starts. */
const MORE = { extraArgs: "", extra_args: "", flags: "", args: "" };

/** A shell's text, wherever it may stand. */
export const SHELL: Mapping = {
  command: ["command", "cmd", "script", "commands", "command_line"],
  shell: "shell",
  stdin: "stdin",
  env: ["env", "environment"],
  cwd: ["workdir", "cwd", "directory", "working_directory", "workingDirectory", "dir", "dir_path"],
  ignore: [...SHELL_EXTRAS, "requires_approval", "safeToAutoRun", "blocking", "session_id", "dangerouslyDisableSandbox"],
};

/** The first that fits is taken: those that ask for more come first. */
export const PRESETS: readonly Preset[] = [
  {
    id: "pod-exec",
    tools: ["exec", "pods_exec", "pod_exec", "kubectl_exec", "exec_in_pod", "exec_pod"],
    has: { command: "any" },
    servers: ["kube", "k8s", "openshift"],
    mapping: {
      argv: "command",
      pod: ["name", "pod", "podName", "pod_name"],
      container: "container",
      otherwise: "a pod",
      options: { ...MORE, namespace: "-n", context: "--context" },
      ignore: ["timeout"],
    },
  },
  {
    id: "docker-exec",
    tools: ["exec", "docker_exec", "container_exec", "exec_in_container", "exec_container", "docker_container_exec"],
    has: { container: "text", command: "any" },
    anyName: true,
    mapping: {
      argv: "command",
      container: "container",
      user: "user",
      env: "env",
      envFile: "envFile",
      cwd: "workdir",
      options: MORE,
      from: "path",
      ignore: ["detach", "timeout", "parseJson", "limit", "compact", "tty", "interactive"],
    },
  },
  {
    id: "docker-exec-id",
    tools: ["exec", "docker_exec", "container_exec", "exec_in_container", "exec_container", "execute_command_container"],
    has: { container_id: "text", command: "any" },
    anyName: true,
    mapping: {
      argv: "command",
      container: "container_id",
      user: "user",
      env: "env",
      cwd: "workdir",
      ignore: ["timeout", "detach"],
    },
  },
  {
    id: "docker-run",
    tools: ["run", "docker_run", "run_container", "container_run", "create_container"],
    has: { image: "text" },
    mapping: {
      argv: "command",
      image: "image",
      user: "user",
      env: "env",
      envFile: "envFile",
      cwd: "workdir",
      options: {
        ...MORE,
        volumes: "-v",
        ports: "-p",
        network: "--network",
        entrypoint: "--entrypoint",
        name: "--name",
        detach: "-d",
        rm: "--rm",
        memory: "--memory",
        cpus: "--cpus",
        platform: "--platform",
        labels: "--label",
        hostname: "--hostname",
        restart: "--restart",
        readonly: "--read-only",
        privileged: "--privileged",
        capAdd: "--cap-add",
        cap_add: "--cap-add",
        pid: "--pid",
        ipc: "--ipc",
        devices: "--device",
        mounts: "--mount",
        securityOpt: "--security-opt",
        security_opt: "--security-opt",
      },
      from: "path",
      ignore: ["timeout", "limit", "compact", "tty", "interactive", "stdin_open"],
    },
  },
  {
    id: "compose-service",
    tools: ["run_command", "exec", "execute"],
    servers: ["docker", "compose"],
    has: { command: "text" },
    mapping: { command: "command", container: "service", otherwise: "the default service", ignore: ["timeout"] },
  },
  {
    id: "uv-run",
    tools: ["uv_run"],
    has: { command: "any" },
    mapping: {
      argv: "command",
      through: ["uv", "run"],
      options: { ...MORE, withPackages: "--with", with: "--with", python: "--python" },
      env: "env",
      cwd: "path",
      ignore: ["timeout", "compact", "limit"],
    },
  },
  {
    id: "pip-install",
    tools: ["pip_install"],
    has: {},
    mapping: pip(["pip", "install"], ["dryRun", "compact", "timeout"]),
  },
  {
    id: "uv-install",
    tools: ["uv_install"],
    has: {},
    mapping: pip(["uv", "pip", "install"], ["dryRun", "compact", "timeout"]),
  },
  {
    id: "ssh-run",
    tools: ["ssh_run", "ssh_exec", "ssh_execute", "execute_ssh", "ssh_command", "remote_exec", "run_remote_command"],
    has: { command: "any" },
    mapping: {
      command: "command",
      host: "host",
      otherwise: "a remote host",
      user: "user",
      cwd: "workdir",
      env: "env",
      options: { ...MORE, port: "-p", identityFile: "-i", proxyJump: "-J" },
      ignore: ["timeout", "limit", "compact", "connectTimeout"],
    },
  },
  {
    id: "ssh-by-server",
    tools: ["exec", "run", "execute", "execute_command", "run_command", "shell"],
    servers: ["ssh", "remote"],
    has: { command: "any" },
    mapping: {
      command: "command",
      host: "host",
      otherwise: "a remote host",
      user: "username",
      cwd: "cwd",
      options: { port: "-p" },
      ignore: ["timeout", "description"],
    },
  },
  {
    id: "process-run",
    tools: ["run", "run_process", "spawn", "spawn_process", "execute", "exec", "run_command", "execute_command"],
    has: { command: "text", args: "list" },
    anyName: true,
    mapping: {
      program: "command",
      args: "args",
      shell: "shell",
      env: "env",
      cwd: "cwd",
      stdin: "stdin",
      ignore: ["timeout", "encoding", "maxBuffer", "limit", "compact", "stripEnv", "description"],
    },
  },
  {
    id: "code-with-language",
    tools: [
      "execute_code",
      "run_code",
      "execute",
      "run",
      "eval",
      "code_interpreter",
      "run_script",
      "execute_script",
      "code_execution",
    ],
    has: { code: "text", language: "text" },
    anyName: true,
    mapping: { code: "code", language: "language", stdin: "stdin", env: "env", cwd: "cwd", ignore: ["timeout", "timeout_ms"] },
  },
  {
    id: "script-with-language",
    tools: ["run_script", "execute_script", "run", "execute"],
    has: { script: "text", language: "text" },
    anyName: true,
    mapping: { code: "script", language: "language", stdin: "stdin", env: "env", cwd: "cwd", ignore: ["timeout", "timeout_ms"] },
  },
  {
    id: "python-code",
    tools: [
      "python",
      "run_python",
      "execute_python",
      "python_repl",
      "run_python_code",
      "execute_python_code",
      "ipython",
      "mcp_run_python",
    ],
    has: { code: "text" },
    mapping: { code: "code", in: "python", cwd: "cwd", ignore: ["timeout", "timeout_ms", "description"] },
  },
  {
    id: "python-script",
    tools: ["python", "run_python", "execute_python", "run_python_script"],
    has: { script: "text" },
    mapping: { code: "script", in: "python", cwd: "cwd", ignore: ["timeout", "timeout_ms", "description"] },
  },
  {
    id: "javascript-code",
    tools: ["run_js", "run_javascript", "execute_javascript", "execute_js", "node", "run_node", "run_js_ephemeral", "javascript"],
    has: { code: "text" },
    mapping: { code: "code", in: "javascript", cwd: "cwd", ignore: ["timeout", "timeout_ms", "description"] },
  },
  {
    id: "codex-argv",
    tools: ["shell", "local_shell", "container.exec", "container_exec", "exec_command"],
    has: { command: "list" },
    mapping: {
      argv: "command",
      cwd: "workdir",
      env: "env",
      ignore: ["timeout_ms", "timeout", "with_escalated_permissions", "sandbox_permissions", "justification", "login"],
    },
  },
  {
    id: "codex-exec-command",
    tools: ["exec_command", "shell_command", "container_exec"],
    has: { cmd: "any" },
    mapping: {
      command: "cmd",
      cwd: "workdir",
      shell: "shell",
      ignore: ["yield_time_ms", "max_output_tokens", "tty", "login", "timeout_ms", "justification", "sandbox_permissions"],
    },
  },
  {
    id: "desktop-commander",
    tools: ["start_process", "execute_command"],
    has: { command: "text", timeout_ms: "any" },
    mapping: { command: "command", shell: "shell", ignore: ["timeout_ms", "verbose_timing", "origin"] },
  },
  {
    id: "process-input",
    tools: ["interact_with_process", "write_stdin", "send_input", "send_keys", "write_to_terminal", "send_terminal_text"],
    has: { "input|chars|keys|text|data": "any" },
    // Whether a shell reads it is not known; a shell is what most of these talk to.
    mapping: {
      command: ["input", "chars", "keys", "text", "data"],
      ignore: [
        "pid",
        "timeout_ms",
        "wait_for_prompt",
        "verbose_timing",
        "origin",
        "session_id",
        "yield_time_ms",
        "max_output_tokens",
      ],
    },
  },
  {
    id: "shell-text",
    tools: [
      "bash",
      "shell",
      "sh",
      "zsh",
      "terminal",
      "execute_bash",
      "run_bash",
      "bash_command",
      "run_shell_command",
      "run_shell",
      "shell_exec",
      "shell_execute",
      "execute_shell",
      "execute_shell_command",
      "run_command",
      "execute_command",
      "exec_command",
      "exec",
      "execute",
      "run_terminal_cmd",
      "run_terminal_command",
      "run_in_terminal",
      "run_commands",
      "developer_shell",
      "start_process",
      "command",
      "cli",
      "local_shell",
      "run",
    ],
    has: { "command|cmd|script|commands|command_line": "any" },
    mapping: SHELL,
  },
  {
    id: "powershell",
    tools: ["powershell", "pwsh", "run_powershell", "execute_powershell"],
    has: { command: "text" },
    mapping: { code: "command", in: "powershell", cwd: "cwd", ignore: SHELL_EXTRAS },
  },
];

function pip(through: readonly string[], ignore: readonly string[]): Mapping {
  return {
    through,
    args: "packages",
    cwd: "path",
    options: {
      ...MORE,
      requirements: "-r",
      indexUrl: "--index-url",
      extraIndexUrl: "--extra-index-url",
      editable: "-e",
      constraint: "-c",
      python: "--python",
    },
    ignore,
  };
}
