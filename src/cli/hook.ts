import type { Command } from "commander";
import { AGENTS } from "../hooks/agents.ts";
import { judgeHook } from "../hooks/judge.ts";
import { textOf } from "./bytes.ts";
import type { Host } from "./host.ts";
import { addSharedOptions, oneWord, type SharedOptions, worldOf } from "./options.ts";

interface Options extends SharedOptions {
  readonly agent: string;
}

export function declare(command: Command, { io, open, exit }: Host): void {
  addSharedOptions(command)
    .requiredOption("--agent <name>", [...AGENTS.keys()].join(", "))
    .action(async (options: Options) => {
      const name = oneWord("--agent", options.agent, [...AGENTS.keys()]);
      const agent = AGENTS.get(name);
      if (!agent) return;
      const answer = judgeHook(await textOf(io.stdin, "<stdin>"), agent, await open(options), await worldOf(options, io));
      if (answer.out !== "") await io.write(answer.out);
      if (answer.err !== "") io.complain(answer.err.trimEnd());
      exit(answer.code);
    });
}
