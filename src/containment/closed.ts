import type { ContainmentRule } from "../knowledge/sandbox.ts";
import type { Effect } from "../model/effect.ts";
import type { Evidence, Facts, Finding } from "../model/finding.ts";
import { printResource } from "../model/resource.ts";
import type { Reach, Sandbox } from "../model/sandbox.ts";
import type { Span } from "../model/span.ts";
import { type Around, CHANGES, engineReach, touchOf } from "./reach.ts";
import { isIn, type Spot, spotsOf } from "./spots.ts";

/** What the command does that this sandbox is not made for. */
export function closedFindings(
  facts: Facts,
  reaches: readonly Reach[],
  around: Around,
  textAt: (span: Span) => string,
): readonly Finding[] {
  const { sandbox, knowledge } = around;
  const found = new Map<string, { readonly effects: Effect[]; readonly rule: ContainmentRule }>();
  facts.effects.forEach((effect, i) => {
    const id = closedBy(effect, reaches[i] ?? { to: "unknown" }, around);
    const rule = knowledge.containment.find((one) => one.id === id);
    if (!rule) return;
    const known = found.get(rule.id);
    if (known) known.effects.push(effect);
    else found.set(rule.id, { effects: [effect], rule });
  });
  const findings = [...found.values()].map(({ effects, rule }) =>
    finding(
      rule,
      effects.map(({ on }) => printResource(on)),
      effects.map(({ span }) => span),
      textAt,
    ),
  );
  return [...findings, ...engineFindings(facts, sandbox, around, textAt)];
}

function closedBy(effect: Effect, reach: Reach, around: Around): string | undefined {
  const { sandbox } = around;
  if (sandbox.runtime === "host") return undefined;
  if (effect.on.kind === "host" && effect.kind !== "listen" && reach.to === "contained" && reach.through !== "its own loopback")
    return "sandbox/connection-outside-allow-list";
  if (effect.on.kind === "package" && effect.kind === "install" && reach.to === "contained")
    return "sandbox/connection-outside-allow-list";
  if (SOMEWHERE.has(effect.on.kind) && reach.to === "contained") return "sandbox/connection-outside-allow-list";
  if (effect.on.kind !== "path" || effect.place.kind !== "here") return undefined;
  if (CHANGES.has(effect.kind)) return isWriteOutside(effect, around) ? "sandbox/write-outside-roots" : undefined;
  return isReadOutside(effect, sandbox) ? "sandbox/read-outside-mounts" : undefined;
}

const SOMEWHERE: ReadonlySet<string> = new Set(["clusterObject", "cloudObject"]);

/** Each place that the path may be is one where nothing is to be written. */
function isWriteOutside(effect: Effect, { sandbox, remounts }: Around): boolean {
  const touch = touchOf(effect, remounts);
  return spotsOf(effect.on.value, sandbox, touch.deep).some(({ spots, all }) => {
    const outside = spots.map((spot) => !isWritable(spot, sandbox));
    return all ? outside.some(Boolean) : outside.every(Boolean);
  });
}

/** Devices that take everything, and what a process has of its own. */
const ALWAYS: readonly string[] = ["/dev", "/proc/self", "/proc/thread-self"];

function isWritable({ mount, path }: Spot, sandbox: Sandbox): boolean {
  if (path === "") return true;
  if (ALWAYS.some((folder) => isIn(path, folder))) return true;
  if (mount ? !mount.writable : sandbox.readOnly) return false;
  return sandbox.writable === undefined || sandbox.writable.some((folder) => isIn(path, folder));
}

/** In a jail only what is mounted is there. */
function isReadOutside(effect: Effect, sandbox: Sandbox): boolean {
  if (sandbox.runtime !== "jail" || sandbox.unknown.some(({ about }) => about === "mounts")) return false;
  return spotsOf(effect.on.value, sandbox, false).every(({ spots }) =>
    spots.every(({ mount, path }) => path !== "" && (mount ? mount.kind === "masked" : !isAlwaysThere(path, sandbox))),
  );
}

const isAlwaysThere = (path: string, sandbox: Sandbox): boolean =>
  ["/dev", "/proc", "/sys"].some((folder) => isIn(path, folder)) ||
  path === "/" ||
  (sandbox.writable ?? []).some((folder) => isIn(path, folder)) ||
  sandbox.mounts.some(({ target }) => isIn(target, path)) ||
  sandbox.sockets.some((socket) => isIn(path, socket));

/** An engine's client where no engine can be reached. */
function engineFindings(
  { invocations }: Facts,
  sandbox: Sandbox,
  { knowledge }: Around,
  textAt: (span: Span) => string,
): readonly Finding[] {
  const rule = knowledge.containment.find(({ id }) => id === "sandbox/engine-not-here");
  if (!rule || engineReach(sandbox).to !== "contained") return [];
  const calls = invocations.filter(
    ({ known, place }) => place.kind === "here" && ENGINES.has((known ?? "").split(" ")[0] ?? "") && known?.includes(" "),
  );
  if (calls.length === 0) return [];
  return [
    finding(
      rule,
      calls.map(({ known }) => known ?? ""),
      calls.map(({ span }) => span),
      textAt,
    ),
  ];
}

const ENGINES: ReadonlySet<string> = new Set(["docker", "podman", "nerdctl", "ctr", "crictl", "docker-compose", "buildah"]);

function finding(
  rule: ContainmentRule,
  names: readonly string[],
  spans: readonly Span[],
  textAt: (span: Span) => string,
): Finding {
  const show = (span: Span): Evidence => ({ ...span, text: textAt(span) });
  const [first = { start: 0, end: 0 }, ...rest] = spans.slice(0, 6);
  const shown = [...new Set(names)];
  const more = shown.length > 3 ? ` and ${shown.length - 3} more` : "";
  return {
    rule: rule.id,
    severity: rule.severity,
    certainty: "certain",
    message: rule.message.replaceAll("{on}", () => shown.slice(0, 3).join(", ") + more),
    remediation: rule.remediation,
    attack: rule.attack,
    cwe: [],
    evidence: [show(first), ...rest.map(show)],
  };
}
