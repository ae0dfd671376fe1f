import { readFileSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { clean } from "../report/clean.ts";
import type { Open } from "./analyzer.ts";
import { EXIT_ERROR } from "./exit.ts";
import { describe } from "./failure.ts";
import type { Host } from "./host.ts";
import type { Io } from "./io.ts";
import { ownFile } from "./package-root.ts";

interface Subcommand {
  readonly summary: string;
  /** Only the one that is asked for is loaded. */
  readonly load: () => Promise<{ declare(command: Command, host: Host): void }>;
}

const SUBCOMMANDS = new Map<string, Subcommand>([
  ["check", { summary: "judge a command: exit 0 allow, 1 deny, 3 require_approval, 2 error", load: () => import("./check.ts") }],
  ["explain", { summary: "the whole reasoning about a command", load: () => import("./explain.ts") }],
  ["lint", { summary: "judge shell scripts: exit 0 nothing, 1 findings, 2 error", load: () => import("./lint.ts") }],
  ["rules", { summary: "the rules that are known; check files of your own", load: () => import("./rules.ts") }],
  ["hook", { summary: "answer the hook of an agent, which hands over the call on stdin", load: () => import("./hook.ts") }],
  ["test", { summary: "run suites of cases: exit 0 all as expected, 1 some not, 2 error", load: () => import("./test.ts") }],
  ["suite", { summary: "import, export, record and shrink suites", load: () => import("./suite.ts") }],
  [
    "verify",
    { summary: "run commands in a sandbox and compare with what was predicted (Linux)", load: () => import("./verify.ts") },
  ],
  ["sandbox", { summary: "check what commands run in, write its profile, or suggest one", load: () => import("./sandbox.ts") }],
  ["policy", { summary: "what is allowed to which tool: check, explain, convert", load: () => import("./policy.ts") }],
  [
    "proxy",
    { summary: "stand between an agent and a tool server (MCP), and decide every call", load: () => import("./proxy.ts") },
  ],
  ["serve", { summary: "answer other proxies and gateways over HTTP", load: () => import("./serve.ts") }],
  ["approvals", { summary: "calls that wait for approval: list, show, approve, deny", load: () => import("./approvals.ts") }],
  ["audit", { summary: "check and read the log of decisions: verify, tail, stats", load: () => import("./audit.ts") }],
  ["commands", { summary: "the programs that are known", load: () => import("./commands.ts") }],
]);

/** Runs one command line and returns its exit code. Never throws. */
export async function run(argv: readonly string[], io: Io, open: Open): Promise<number> {
  let code = 0;
  let help = "";
  try {
    const program = await declareAll(argv, {
      io,
      open,
      exit: (given) => {
        code = given;
      },
    });
    captureOutput(program, (text) => {
      help += text;
    });
    await program.parseAsync([...argv], { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) code = 0;
    else {
      io.complain(
        clean(
          error instanceof CommanderError && error.code === "commander.help"
            ? "no subcommand given; see argvet --help"
            : describe(error),
        ),
      );
      return EXIT_ERROR;
    }
  }
  if (help !== "") await io.write(help);
  return code;
}

async function declareAll(argv: readonly string[], host: Host): Promise<Command> {
  const program = new Command("argvet")
    .description("Works out what a command would do before it runs, and says allow, require_approval or deny, with reasons.")
    .version(version(), "-V, --version")
    .enablePositionalOptions();
  for (const [name, { summary, load }] of SUBCOMMANDS) {
    const subcommand = program.command(name).summary(summary).description(summary);
    if (name === argv[0] || (argv[0] === "help" && name === argv[1])) (await load()).declare(subcommand, host);
  }
  return program;
}

/** Errors become exceptions, help becomes text, in every subcommand. */
function captureOutput(command: Command, write: (text: string) => void): void {
  command.exitOverride().configureOutput({ writeOut: write, writeErr: () => undefined });
  for (const subcommand of command.commands) captureOutput(subcommand, write);
}

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(ownFile("package.json"), "utf8"));
  return typeof manifest === "object" && manifest !== null && "version" in manifest ? String(manifest.version) : "";
}
