import type { Command } from "commander";
import type { Host } from "./host.ts";
import { collect } from "./options.ts";
import type { ConvertOptions } from "./policy-convert.ts";
import type { ExplainOptions } from "./policy-explain.ts";

export function declare(command: Command, host: Host): void {
  command
    .command("check")
    .summary("say what is wrong with a policy, with its place: exit 0 nothing, 2 something")
    .argument("<file...>")
    .action(async (files: readonly string[]) => host.exit(await (await import("./policy-check.ts")).check(files, host)));
  command
    .command("explain")
    .summary("what would happen to a call, and why: exit 0 allow, 1 deny, 3 require_approval, 2 error")
    .argument("<file>", "the policy")
    .argument("<call>", '{ "tool", "arguments", "server"? }, a tools/call message, or - for stdin')
    .option("--cwd <folder>", "working directory of the server, over the policy's own")
    .option("--home <folder>", "home of the user it runs as, over the policy's own")
    .option("--user <name>", "user it runs as, over the policy's own")
    .option("--env <name=value>", "environment variable it sees, repeatable", collect)
    .option("--sandbox <file[#name]>", "sandbox it runs in, where the policy names none")
    .option("--server <name>", "name of the server, if the call does not say it")
    .option("--annotation <name>", "what the tool says of itself, repeatable: destructiveHint, openWorldHint=false, …", collect)
    .option("--format <format>", "pretty or json", "pretty")
    .action(async (file: string, call: string, options: ExplainOptions) =>
      host.exit(await (await import("./policy-explain.ts")).explain(file, call, options, host)),
    );
  command
    .command("convert")
    .summary("write a policy in another format; what it cannot say goes to stderr: exit 0 all of it, 1 not all, 2 error")
    .argument("<file>", "the policy")
    .option("--from <format>", "argvet, intercept, hosted (PolicyLayer's JSON), or auto", "auto")
    .option("--to <format>", "argvet or intercept", "argvet")
    .action(async (file: string, options: ConvertOptions) =>
      host.exit(await (await import("./policy-convert.ts")).convert(file, options, host)),
    );
}
