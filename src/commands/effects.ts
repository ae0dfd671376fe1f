import type { EffectStatement, Statement } from "../knowledge/command.ts";
import type { Attributes } from "../model/effect.ts";
import { exactText, originOf } from "../model/value.ts";
import { attributesOf } from "./attributes.ts";
import { fires } from "./conditions.ts";
import type { Meant } from "./meant.ts";
import { placeOf } from "./places.ts";
import { meantBy } from "./subjects.ts";
import { isTold, tell } from "./told.ts";
import type { Work } from "./work.ts";

type EffectRule = Extract<Statement, { verb: "effect" }>;

/** `deletes: FILE`: one effect on each thing that is meant. Whether the statement fired. */
export function bindEffect(statement: EffectRule, work: Work): boolean {
  let fired = false;
  const at = statement.inside ? placeOf(work) : undefined;
  for (const meant of meantBy(statement.subject, statement, work)) {
    const facts = work.facts(meant.name, meant.given);
    if (fires(statement, facts) === "no") continue;
    fired = true;
    const attributes = attributesOf(statement.attributes, facts, work, statement.key ? meant : {});
    work.use(
      meant.given,
      isDestructive(statement.kind, attributes) && !isSmallLoss(meant, attributes) ? "destructive" : "argument",
    );
    if (meant.reading.kind !== "resource") continue;
    const { on } = meant.reading;
    const placed = at ?? meant.reading.at;
    const kind = kindFor(statement, meant);
    const { span } = meant;
    work.effect(placed ? { kind, on, attributes, span, at: placed } : { kind, on, attributes, span });
    if (isTold(meant)) tell(meant, work);
  }
  return fired;
}

/** Where a package comes from is read or connected to, whatever is done with the package. */
function kindFor(statement: EffectRule, meant: Meant): EffectStatement["kind"] {
  if (meant.reading.kind !== "resource" || meant.name === undefined || statement.kind !== "install") return statement.kind;
  if (meant.reading.on.kind === "path") return "read";
  return meant.reading.on.kind === "host" ? "connect" : statement.kind;
}

function isDestructive(kind: EffectStatement["kind"], attributes: Attributes): boolean {
  return (
    kind === "delete" ||
    attributes.truncates === true ||
    (attributes.recursive === true && (kind === "configure" || kind === "write"))
  );
}

/** A container is made again from its image; one file that the operator named is no tree. */
function isSmallLoss({ reading, given }: Meant, attributes: Attributes): boolean {
  if (reading.kind !== "resource") return false;
  // The repository still holds it: git-rm(1) refuses what was changed.
  if (exactText(attributes.how) === "tracked" && !attributes.force) return true;
  if (reading.on.kind === "container" || reading.on.kind === "image") return true;
  const by = given && originOf(given.value)?.by;
  return reading.on.kind === "path" && by === "operator" && !attributes.recursive && !attributes.truncates;
}
