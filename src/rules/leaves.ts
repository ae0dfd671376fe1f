import type { Doubt } from "../model/doubt.ts";
import type { Effect } from "../model/effect.ts";
import type { Flow, Port } from "../model/flow.ts";
import type { Invocation } from "../model/invocation.ts";
import { and, not, or, type Truth } from "../model/truth.ts";
import { concat, exact, exactText, piecesOf, type Value } from "../model/value.ts";
import { baseName, isIn, resourceIn, settingHolds, textIn, valueIn } from "./checks.ts";
import type { DoubtLeaf, EffectLeaf, FlowLeaf, InvocationLeaf, PortCheck, SetTest } from "./conditions.ts";
import { type Hits, NO_HITS } from "./hits.ts";
import type { Sets } from "./sets.ts";

export function effectHolds(sets: Sets, leaf: EffectLeaf, effect: Effect, hits: Hits): Truth {
  if (!leaf.kinds.has(effect.kind)) return "no";
  const { attributes, programs } = effect;
  for (const flag of leaf.flags) if (!attributes[flag]) return "no";
  for (const flag of leaf.without) if (attributes[flag]) return "no";
  let truth = resourceIn(sets, leaf.on, effect.on, hits);
  if (truth === "no") return "no";
  for (const [name] of leaf.attributes) if (!attributes[name]) return "no";
  const { program, through } = leaf;
  if (program && !textIn(sets, program, programs.at(-1) ?? "")) return "no";
  if (through && !programs.slice(0, -1).some((name) => textIn(sets, through, name))) return "no";
  truth = and(truth, settingHolds(sets, leaf, effect));
  for (const [name, kind, test] of leaf.attributes) {
    const value = attributes[name];
    if (truth !== "no" && value) truth = and(truth, valueIn(sets, test, kind, value));
  }
  return truth;
}

export function flowHolds(sets: Sets, leaf: FlowLeaf, flow: Flow, from: Hits, to: Hits): Truth {
  if (!leaf.to.kinds.has(flow.to.kind) || !leaf.from.kinds.has(flow.from.kind)) return "no";
  const { steps, program } = leaf;
  if (steps && !steps.some((step) => flow.steps.includes(step))) return "no";
  if (leaf.without.some((step) => flow.steps.includes(step))) return "no";
  let truth = portHolds(sets, leaf.from, flow.from, from);
  if (truth !== "no") truth = and(truth, portHolds(sets, leaf.to, flow.to, to));
  if (truth === "no") return "no";
  if (program && !flow.programs.some((name) => textIn(sets, program, name))) return "no";
  if (leaf.outside) truth = and(truth, isOutside(sets, leaf, flow, from));
  return flow.maybe ? and(truth, "maybe") : truth;
}

function portHolds(sets: Sets, check: PortCheck, port: Port, hits: Hits): Truth {
  if (!check.kinds.has(port.kind)) return "no";
  let truth: Truth = "yes";
  switch (port.kind) {
    case "file":
      if (check.file) truth = isIn(check.file, hits, check.sweep);
      break;
    case "network":
      if (check.scheme && (port.on.scheme === undefined || !check.scheme.has(port.on.scheme))) return "no";
      if (check.network) truth = isIn(check.network, hits, false);
      if (check.exceptAddress && port.on.route) {
        truth = and(truth, not(valueIn(sets, check.exceptAddress, "text", concat([port.on.value, port.on.route]))));
      }
      break;
    case "store": {
      const test = check.store?.get(port.on.kind);
      truth = test ? isIn(test, hits, false) : "no";
      break;
    }
    case "variable":
      if (check.variable) truth = isIn(check.variable, hits, false);
      break;
    case "code":
      if (check.code && !check.code.has(port.language)) return "no";
      break;
    case "environment":
    case "process":
    case "data":
    case "input":
    case "caller":
    case "stream":
      break;
  }
  return check.except && truth !== "no" ? and(truth, not(isIn(check.except, hits, false))) : truth;
}

/** A credential is at home with the hosts it is for; a folder that merely holds it is for nobody. */
function isOutside(sets: Sets, leaf: FlowLeaf, flow: Flow, from: Hits): Truth {
  if (flow.to.kind !== "network") return "yes";
  if (flow.from.kind === "variable" && isNamedBy(flow.from.name, flow.to.on.value)) return "no";
  const test = ownTest(leaf, flow);
  if (!test) return "yes";
  let athome: Truth = "no";
  for (const hit of from) {
    if (hit.inside !== "no" && (test.any || test.ids.includes(hit.set))) athome = or(athome, sets.isFor(hit, flow.to.on.value));
  }
  return not(athome);
}

function ownTest({ from }: FlowLeaf, flow: Flow): SetTest | undefined {
  if (flow.from.kind === "variable") return from.variable;
  return flow.from.kind === "store" ? from.store?.get(flow.from.on.kind) : from.file;
}

/**
 * `curl "$WEBHOOK_URL"`: the variable is the address, and its host is who it is for. So is `$CI_API_V4_URL` for
 * `$CI_JOB_TOKEN`: the operator named the two for one service.
 */
function isNamedBy(variable: string, host: Value): boolean {
  const first = piecesOf(host)[0];
  if (typeof first !== "object" || first.origin.by !== "operator" || !first.origin.name) return false;
  const service = variable.slice(0, variable.indexOf("_") + 1);
  return first.origin.name === variable || (service.length > 2 && first.origin.name.startsWith(service));
}

export function invocationHolds(sets: Sets, leaf: InvocationLeaf, invocation: Invocation, hits: Hits): Truth {
  const { through, unless, argument, without, place } = leaf;
  if (through && invocation.through.length === 0) return "no";
  if (place?.kind && !place.kind.has(invocation.place.kind)) return "no";
  if (leaf.spelled && !(invocation.spelled && leaf.spelled.includes(invocation.spelled))) return "no";
  let truth = isIn(leaf.program, hits, false);
  if (truth === "no") return "no";
  if (through && !invocation.through.some((name) => textIn(sets, through, name))) return "no";
  if (unless && invocation.through.some((name) => textIn(sets, unless, name))) return "no";
  if (without && invocation.args.some((arg) => valueIn(sets, without, "text", arg.value) === "yes")) return "no";
  if (without && isSetIn(sets, without, invocation)) return "no";
  if (argument) {
    truth = and(
      truth,
      invocation.args.reduce<Truth>(
        (best, arg) => (best === "yes" ? best : or(best, valueIn(sets, argument, "text", arg.value))),
        "no",
      ),
    );
  }
  return truth === "no" ? "no" : and(truth, settingHolds(sets, leaf, invocation));
}

/** `NAME=value` before the program. */
function isSetIn(sets: Sets, test: SetTest, { env }: Invocation): boolean {
  for (const [name, value] of env) if (valueIn(sets, test, "text", concat([exact(`${name}=`), value])) === "yes") return true;
  return false;
}

export function doubtHolds(leaf: DoubtLeaf, doubt: Doubt): Truth {
  const { role, source } = leaf.test;
  if (role && !role.includes(doubt.role)) return "no";
  return !source || (doubt.source !== undefined && source.includes(doubt.source)) ? "yes" : "no";
}

export function hitsOfPort(sets: Sets, port: Port): Hits {
  switch (port.kind) {
    case "file":
    case "network":
    case "store":
      return sets.of(port.on);
    case "variable":
      return sets.ofText("variable", port.name);
    case "code":
    case "environment":
    case "process":
    case "data":
    case "input":
    case "caller":
    case "stream":
      return NO_HITS;
  }
}

/** Programs are known by the name their facts have, and by their own: `masscan` may have the facts of nmap. */
export function hitsOfProgram(sets: Sets, invocation: Invocation): Hits {
  const name = baseName(invocation.program);
  const own = sets.ofValue("text", name);
  const { known } = invocation;
  if (known === undefined || known === exactText(name)) return own;
  const others = sets.ofText("text", known);
  return others.length === 0 ? own : [...others, ...own];
}
