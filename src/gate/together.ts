import type { Analyzer } from "../index.ts";
import type { Decision, Finding } from "../model/finding.ts";
import type { Input } from "../model/subject.ts";
import type { Judged, JudgedSubject } from "../policy/judge.ts";
import type { Call } from "../policy/policy.ts";
import type { Remembered } from "../state/state.ts";

const MOST_TEXT = 16_384;
const MOST_PATHS = 64;
/** Effects that leave something behind which a later call may run. */
const LEAVES: ReadonlySet<string> = new Set(["write", "append", "create"]);

/** What a call that went through leaves in the session; undefined: nothing. */
export function leftBehind(call: Call, judged: Judged, now: number): Remembered | undefined {
  const written = fileWritten(call);
  if (written !== undefined) return { at: now, tool: call.tool, ...written };
  for (const subject of judged.verdicts) {
    const paths = pathsOf(subject, (kind) => LEAVES.has(kind));
    const command = textOf(subject.subject.input);
    if (paths.length > 0 && command.length <= MOST_TEXT)
      return { at: now, tool: call.tool, paths: paths.slice(0, MOST_PATHS), command };
  }
  return undefined;
}

/** Tools that write files (`write_file { path, content }`) run nothing, but what they write may be run. */
function fileWritten({ arguments: args }: Call): { readonly paths: readonly string[]; readonly command: string } | undefined {
  if (typeof args !== "object" || args === null) return undefined;
  const given = new Map<string, unknown>(Object.entries(args));
  const path = first(given, ["path", "file_path", "filename", "file", "target_file"]);
  const content = first(given, ["content", "contents", "file_text", "text", "code_edit", "data"]);
  if (path === undefined || content === undefined || content.length > MOST_TEXT) return undefined;
  return { paths: [path], command: `printf %s ${quote(content)} > ${quote(path)}` };
}

const first = (given: ReadonlyMap<string, unknown>, names: readonly string[]): string | undefined => {
  for (const name of names) {
    const value = given.get(name);
    if (typeof value === "string") return value;
  }
  return undefined;
};

export interface Together {
  readonly decision: Decision;
  readonly finding: Finding | undefined;
  readonly earlier: Remembered;
}

const RANK: Readonly<Record<Decision, number>> = { allow: 0, require_approval: 1, deny: 2 };

/** What the call comes to after those of its session whose files it touches: judged as one command, if that is stricter than alone. */
export function judgeTogether(
  judged: Judged,
  memory: readonly Remembered[],
  analyzerFor: (profile: string) => Analyzer,
): Together | undefined {
  let worst: Together | undefined;
  for (const subject of judged.verdicts) {
    const touched = new Set(pathsOf(subject, () => true));
    for (const earlier of memory.filter(({ paths }) => paths.some((path) => touches(touched, path)))) {
      const found = judgePair(subject, earlier, analyzerFor(subject.verdict.profile));
      if (found !== undefined && RANK[found.decision] > RANK[worst?.decision ?? "allow"]) worst = found;
    }
  }
  return worst;
}

/** A relative name that an earlier call wrote is met by a path that ends with it. */
const touches = (touched: ReadonlySet<string>, path: string): boolean =>
  touched.has(path) || (!path.startsWith("/") && [...touched].some((one) => one.endsWith(`/${path}`)));

function judgePair({ subject, verdict }: JudgedSubject, earlier: Remembered, analyzer: Analyzer): Together | undefined {
  const alone = analyzer.analyze({ command: earlier.command }, subject.context);
  const both = analyzer.analyze({ command: `${earlier.command}\n${textOf(subject.input)}` }, subject.context);
  const before = Math.max(RANK[verdict.decision], RANK[alone.decision]);
  if (RANK[both.decision] <= before) return undefined;
  const known = new Set([...verdict.findings, ...alone.findings].map(({ rule }) => rule));
  return { decision: both.decision, finding: both.findings.find(({ rule }) => !known.has(rule)), earlier };
}

function pathsOf({ verdict }: JudgedSubject, counts: (kind: string) => boolean): readonly string[] {
  return verdict.effects.flatMap(({ kind, on }) => {
    if (!counts(kind) || on.kind !== "path") return [];
    return on.value.kind === "exact" ? [on.value.text] : on.value.kind === "oneOf" ? on.value.texts : [];
  });
}

const textOf = (input: Input): string => ("command" in input ? input.command : input.argv.map(quote).join(" "));
const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
