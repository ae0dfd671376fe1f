import { isMap, isSeq, parseDocument } from "yaml";
import { writeProfile } from "../profile/write.ts";
import type { Forced, Suggestion } from "./suggest.ts";

const SHOWN = 3;

/** The profile, each opening under a comment with the cases that force it. */
export function printSuggestion({ sandbox, openings, left, allowed }: Suggestion): string {
  const document = parseDocument(writeProfile(sandbox));
  const folders = openings.filter(({ kind }) => kind === "folder").sort((a, b) => (a.name < b.name ? -1 : 1));
  const hosts = openings.filter(({ kind }) => kind === "host").sort((a, b) => (a.name < b.name ? -1 : 1));
  comment(document.get("mounts"), folders);
  comment(document.getIn(["network", "allow"]), hosts);
  document.commentBefore = ` allows ${allowed.length} cases; ${left.length} are left out`;
  return document.toString({ lineWidth: 0 });
}

function comment(list: unknown, openings: readonly Forced[]): void {
  if (!isSeq(list)) return;
  list.items.forEach((item, i) => {
    const node = isMap(item) ? item : list.get(i, true);
    const opening = openings[i];
    if (opening && node && typeof node === "object") Object.assign(node, { commentBefore: ` ${forcedBy(opening)}` });
  });
}

function forcedBy({ by }: Forced): string {
  const names = [...new Set(by.map(({ suite, name }) => `${suite} › ${name}`))];
  const more = names.length > SHOWN ? `; and ${names.length - SHOWN} more` : "";
  return `${names.slice(0, SHOWN).join("; ")}${more}`.replace(/\s+/g, " ");
}
