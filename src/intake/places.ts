import { type Arguments, optionWords, textAt } from "./arguments.ts";
import type { At, Mapping } from "./mapping.ts";

/** The words that take a program elsewhere; `joins`: what follows is one text for a shell there. */
export interface PlaceWords {
  readonly words: readonly string[];
  readonly joins?: true;
}

interface With {
  readonly env: readonly string[];
  readonly envFile: string | undefined;
  readonly cwd: string | undefined;
}

/** Undefined: it runs on this machine. */
export function placeWords(mapping: Mapping, args: Arguments, given: With): PlaceWords | undefined {
  const name = (at: At | undefined): string | undefined =>
    at === undefined ? undefined : (textAt(args, at) ?? mapping.otherwise);
  const options = optionWords(mapping.options, args);
  const container = name(mapping.container);
  const image = name(mapping.image);
  const pod = name(mapping.pod);
  const host = name(mapping.host);
  const user = textAt(args, mapping.user);
  const stdin = textAt(args, mapping.stdin) === undefined ? [] : ["-i"];
  // A pod's container is named besides it.
  if (pod !== undefined) {
    const which = textAt(args, mapping.container);
    return {
      words: [
        "kubectl",
        "exec",
        ...stdin,
        ...options,
        ...(which === undefined ? [] : ["-c", which]),
        pod,
        "--",
        ...inside(given),
      ],
    };
  }
  if (container !== undefined)
    return { words: ["docker", "exec", ...stdin, ...options, ...dockerOptions(given, user), container] };
  if (image !== undefined) return { words: ["docker", "run", ...stdin, ...options, ...dockerOptions(given, user), image] };
  if (host === undefined) return undefined;
  return { words: ["ssh", ...options, ...(user === undefined ? [] : ["-l", user]), host, ...inside(given)], joins: true };
}

function dockerOptions({ env, envFile, cwd }: With, user: string | undefined): readonly string[] {
  return [
    ...(user === undefined ? [] : ["-u", user]),
    ...(cwd === undefined ? [] : ["-w", cwd]),
    ...env.flatMap((setting) => ["-e", setting]),
    ...(envFile === undefined ? [] : ["--env-file", envFile]),
  ];
}

/** Where the tool that goes there has no option for it. */
function inside({ env, cwd }: With): readonly string[] {
  const words = [...(cwd === undefined ? [] : ["-C", cwd]), ...env];
  return words.length === 0 ? [] : ["env", ...words];
}
