import type { DoubtKind } from "../model/doubt.ts";
import type { EffectKind } from "../model/effect.ts";
import type { Severity } from "../model/finding.ts";
import type { Transform } from "../model/flow.ts";
import type { Spelling } from "../model/invocation.ts";
import type { PlaceKind } from "../model/place.ts";
import type { ResourceKind } from "../model/resource.ts";

/** Names of sets, any of which; `any` is everything of the kind. */
export type SetNames = readonly string[];

/** A resource is of one of these kinds and in one of the sets given for its kind. */
export interface ResourceTest {
  readonly in: Readonly<Partial<Record<ResourceKind, SetNames>>>;
  readonly except?: Readonly<Partial<Record<ResourceKind, SetNames>>>;
  /** host: only these schemes. */
  readonly scheme?: readonly string[];
  /** host: the port, as digits, is in one of these text sets. */
  readonly port?: SetNames;
  /** host: the route is in one of these text sets. */
  readonly route?: SetNames;
  /** host: written so that a reader takes it for another. */
  readonly spelled?: "odd";
  /** A folder that merely contains members counts too: `tar c ~`. */
  readonly sweep?: true;
}

export interface PlaceTest {
  readonly kind?: readonly PlaceKind[];
  readonly not?: readonly PlaceKind[];
  readonly privileged?: true;
  /** Text sets. */
  readonly capabilities?: SetNames;
  readonly namespaces?: readonly string[];
  /** A mount's source is in one of these path sets. */
  readonly mounts?: SetNames;
  readonly writable?: true;
  /** A mount's target is in one of these path sets. */
  readonly targets?: SetNames;
}

interface Setting {
  readonly place?: PlaceTest;
  /** Text sets the account is in; `changed`: any that the command switched to. */
  readonly user?: SetNames;
  readonly when?: "now" | "later";
}

export interface EffectTest extends Setting {
  readonly kind: readonly EffectKind[];
  readonly on: ResourceTest;
  /** Flags that must be set. */
  readonly flags?: readonly ("recursive" | "force" | "sweep" | "truncates" | "privileged" | "interactive")[];
  /** Flags that must not be set. */
  readonly without?: readonly ("recursive" | "force" | "sweep" | "truncates" | "privileged" | "interactive")[];
  /** Attribute → text sets its value is in. `source` may also be a path set. */
  readonly attributes?: Readonly<Partial<Record<"mode" | "owner" | "method" | "content" | "how" | "source", SetNames>>>;
  /** Text sets: the last program, and any of the programs it was started through. */
  readonly program?: SetNames;
  readonly through?: SetNames;
}

export interface PortTest {
  readonly file?: SetNames;
  readonly network?: SetNames;
  /** Resource kinds other than path and host. */
  readonly store?: Readonly<Partial<Record<ResourceKind, SetNames>>>;
  /** Text sets of variable names, `any`. */
  readonly variable?: SetNames;
  readonly code?: readonly string[];
  readonly ports?: readonly ("environment" | "process" | "data" | "input" | "caller")[];
  readonly scheme?: readonly string[];
  readonly except?: SetNames;
  /** from: members of the set that are sent to a host they are for do not count. */
  readonly sweep?: true;
}

export interface FlowTest {
  readonly from: PortTest;
  readonly to: PortTest;
  /** The target is a host that the credential is for. */
  readonly audience?: "outside";
  /** At least one of these steps on the way. */
  readonly steps?: readonly Transform[];
  /** None of these steps on the way. */
  readonly without?: readonly Transform[];
  readonly program?: SetNames;
}

export interface InvocationTest extends Setting {
  /** Text sets of program names (as known: `git push`). */
  readonly program: SetNames;
  readonly through?: SetNames;
  /** It was started through nothing of these. */
  readonly unless?: SetNames;
  /** Text sets, one of which holds one of its arguments. */
  readonly argument?: SetNames;
  /** Text sets, none of which certainly holds one of its arguments: `--help`. */
  readonly without?: SetNames;
  /** Its name was written in one of these ways. */
  readonly spelled?: readonly Spelling[];
}

export interface DoubtTest {
  readonly kind: readonly DoubtKind[];
  readonly role?: readonly ("argument" | "code" | "destructive")[];
  readonly source?: readonly ("inline" | "project" | "network" | "decoded")[];
}

export type RuleCondition =
  | { readonly effect: EffectTest }
  | { readonly flow: FlowTest }
  | { readonly invocation: InvocationTest }
  | { readonly doubt: DoubtTest }
  | { readonly all: readonly RuleCondition[] }
  | { readonly any: readonly RuleCondition[] }
  | { readonly not: RuleCondition };

export interface Rule {
  /** `pack/rule`. */
  readonly id: string;
  readonly title: string;
  readonly status: "experimental" | "stable" | "deprecated";
  readonly severity: Severity;
  /** `{from}`, `{to}`, `{on}`, `{program}`, `{place}`, `{user}` are filled from what matched. */
  readonly message: string;
  readonly remediation: string;
  readonly attack: readonly string[];
  readonly cwe: readonly number[];
  readonly when: RuleCondition;
}
