import { z } from "zod";
import { type Profile, ROWS, type Row } from "../knowledge/profile.ts";
import { DECISIONS, type Decision } from "../model/finding.ts";
import { suggest } from "./nearest.ts";
import { present } from "./present.ts";
import { mapping, table, text, yes } from "./schema.ts";
import type { Source } from "./source.ts";

const profileFile = mapping({
  profile: text,
  about: text,
  like: text.optional(),
  observe: yes.optional(),
  rows: table(z.enum(DECISIONS)).optional(),
  contained: table(z.enum(DECISIONS)).optional(),
  rules: table(z.enum(DECISIONS)).optional(),
});

/** Compiles profiles: every row is decided, by itself or by the profile it is like; rules of their own decision are there. */
export function compileProfiles(sources: readonly Source[], known: ReadonlySet<string>): readonly Profile[] {
  const profiles = new Map<string, Profile>();
  for (const source of sources) {
    const facts = source.check([], profileFile, source.value);
    if (!facts) continue;
    const base = facts.like === undefined ? undefined : profiles.get(facts.like);
    if (facts.like !== undefined && !base)
      source.problem(["like"], `no profile before this one is called "${facts.like}"${suggest(facts.like, profiles.keys())}`);
    if (profiles.has(facts.profile)) source.problem(["profile"], `there is a profile ${facts.profile} already`);
    const given = facts.rows ?? {};
    for (const row of Object.keys(given))
      if (!isRow(row)) source.problem(["rows", row], `"${row}" is no row${suggest(row, ROWS)}`, "key");
    for (const row of Object.keys(facts.contained ?? {}))
      if (!isLowered(row))
        source.problem(["contained", row], `"${row}" is no row of findings${suggest(row, ROWS.filter(isLowered))}`, "key");
    for (const rule of Object.keys(facts.rules ?? {}))
      if (!known.has(rule)) source.problem(["rules", rule], `no rule is called "${rule}"${suggest(rule, known)}`, "key");
    const rules = { ...base?.rules, ...facts.rules };
    const rows = Object.fromEntries(ROWS.map((row) => [row, given[row] ?? base?.rows[row]])) as Record<Row, Decision | undefined>;
    const open = ROWS.filter((row) => rows[row] === undefined);
    if (open.length > 0) source.problem(["rows"], `not decided: ${open.join(", ")}`, "key");
    profiles.set(facts.profile, {
      name: facts.profile,
      ...present({ observe: facts.observe, contained: facts.contained ?? base?.contained }),
      rows: rows as Record<Row, Decision>,
      ...(Object.keys(rules).length > 0 ? { rules } : {}),
    });
  }
  return [...profiles.values()];
}

const isRow = (text: string): text is Row => ROWS.some((row) => row === text);

/** Only findings cost less in a sandbox: what is not understood may get out of it. */
const isLowered = (text: string): text is Row => isRow(text) && text.startsWith("finding ");
