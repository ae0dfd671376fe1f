import { existsSync } from "node:fs";
import { userInfo } from "node:os";
import { resolve } from "node:path";
import type { Command } from "commander";
import { clean } from "../report/clean.ts";
import { openState } from "../state/open.ts";
import { APPROVAL_STATUS, type Approval, type State, StateError } from "../state/state.ts";
import { Failure } from "./failure.ts";
import type { Host } from "./host.ts";
import type { Io } from "./io.ts";
import { FORMATS, oneWord } from "./options.ts";

interface Where {
  readonly state: string;
}

interface List extends Where {
  readonly status?: string;
  readonly format: string;
}

const STATE = ["--state <where>", "the state that the proxy was given: a file, or redis://…"] as const;

export function declare(command: Command, { io, exit }: Host): void {
  command
    .command("list")
    .description("calls that wait, and those decided in the last day")
    .requiredOption(...STATE)
    .option("--status <status>", APPROVAL_STATUS.join(", "))
    .option("--format <format>", "pretty or json", "pretty")
    .action(async (options: List) => {
      const format = oneWord("--format", options.format, FORMATS);
      const status = options.status === undefined ? undefined : oneWord("--status", options.status, APPROVAL_STATUS);
      const all = await within(options, io, (state) => state.approvals());
      const shown = all.filter((approval) => status === undefined || approval.status === status);
      await io.write(format === "json" ? `${JSON.stringify(shown, null, 2)}\n` : shown.map(inOneLine).join(""));
    });
  command
    .command("show")
    .description("one call with its arguments")
    .argument("<id>", "id of the approval")
    .requiredOption(...STATE)
    .action(
      async (id: string, options: Where) =>
        void (await io.write(atLength(known(id, await within(options, io, (state) => state.approval(id)))))),
    );
  for (const [name, status, done] of [
    ["approve", "approved", "let one call through, once"],
    ["deny", "denied", "refuse one call"],
  ] as const)
    command
      .command(name)
      .description(done)
      .argument("<id>", "id of the approval")
      .requiredOption(...STATE)
      .option("--by <name>", "whose word it is (default: the account's name)")
      .action(async (id: string, options: Where & { by?: string }) => {
        const by = options.by ?? userInfo().username;
        const now = known(id, await within(options, io, (state) => state.decide(id, status, by)));
        const counts = now.status === status && now.by === by;
        await io.write(
          clean(
            counts ? `${id} ${status} by ${by}` : `${id} is ${now.status} already${now.by === undefined ? "" : `, by ${now.by}`}`,
          ).concat("\n"),
        );
        exit(counts ? 0 : 1);
      });
}

async function within<Result>({ state: where }: Where, io: Io, work: (state: State) => Promise<Result>): Promise<Result> {
  if (where === "memory") throw new Failure("--state memory: only the proxy itself sees it; give both a file or redis://…");
  // Not to be made here: whoever mistypes the name would see an empty list.
  if (!where.includes("://") && !existsSync(resolve(io.cwd, where))) throw new Failure(`--state ${where}: no such file`);
  try {
    const state = await openState(where.includes("://") ? where : resolve(io.cwd, where), io.complain);
    try {
      return await work(state);
    } finally {
      await state.close();
    }
  } catch (error) {
    throw error instanceof StateError ? new Failure(error.message) : error;
  }
}

function known(id: string, approval: Approval | undefined): Approval {
  if (approval === undefined) throw new Failure(`no approval is called ${id}; see argvet approvals list`);
  return approval;
}

const inOneLine = ({ id, status, tool, session, reason }: Approval): string =>
  `${clean([id, status, tool, session, reason].join("  "))}\n`;

function atLength({ id, status, by, created, expires, server, tool, session, reason, shown }: Approval): string {
  const lines = [
    `${id}  ${status}${by === undefined ? "" : ` by ${by}`}`,
    `tool     ${server === undefined ? "" : `${server}/`}${tool}`,
    `session  ${session}`,
    `reason   ${reason}`,
    `asked    ${new Date(created).toISOString()}, until ${new Date(expires).toISOString()}`,
    shown,
  ];
  return lines.map((line) => `${clean(line)}\n`).join("");
}
