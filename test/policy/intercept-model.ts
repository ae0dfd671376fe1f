/** Intercept's decision for conditions of arguments, written down a second time: what the converted policy is compared with. */

export interface Model {
  readonly default: "allow" | "deny";
  readonly hide: readonly string[];
  readonly tools: Readonly<Record<string, { readonly rules: readonly ModelRule[] }>>;
}

export interface ModelRule {
  readonly name: string;
  readonly action: "evaluate" | "deny";
  readonly conditions?: readonly { readonly path: string; readonly op: string; readonly value: unknown }[];
}

export function allowedBy(model: Model, tool: string, args: unknown): boolean {
  if (model.hide.includes(tool) || model.hide.includes("*")) return false;
  const own = Object.hasOwn(model.tools, tool) ? model.tools[tool] : undefined;
  if (model.default === "deny" && own === undefined) return false;
  const rules = [...(own?.rules ?? []), ...(tool === "*" ? [] : (model.tools["*"]?.rules ?? []))];
  return rules.every(({ action, conditions = [] }) => action === "evaluate" && conditions.every((one) => passes(one, args)));
}

function passes(
  { path, op, value }: { readonly path: string; readonly op: string; readonly value: unknown },
  args: unknown,
): boolean {
  let at: unknown = args;
  for (const key of path.slice("args.".length).split(".")) {
    if (typeof at !== "object" || at === null || Array.isArray(at) || !Object.hasOwn(at, key))
      return op === "exists" && value === false;
    at = Reflect.get(at, key);
  }
  switch (op) {
    case "exists":
      return (at !== null) === value;
    case "eq":
      return same(at, value);
    case "neq":
      return !same(at, value);
    case "in":
      return (value as unknown[]).some((item) => same(at, item));
    case "not_in":
      return !(value as unknown[]).some((item) => same(at, item));
    case "contains":
      if (typeof at === "string") return typeof value === "string" && at.includes(value);
      return Array.isArray(at) && at.some((item) => same(item, value));
    case "regex":
      return typeof at === "string" && new RegExp(String(value)).test(at);
  }
  if (typeof at !== "number" || typeof value !== "number") return false;
  return op === "lt" ? at < value : op === "lte" ? at <= value : op === "gt" ? at > value : at >= value;
}

/** As they are printed, but numbers by value; no scalar is printed as a table is. */
function same(a: unknown, b: unknown): boolean {
  if (typeof a === "number" && typeof b === "number") return a === b;
  return print(a) === print(b);
}

function print(value: unknown): string {
  if (value === null) return "<nil>";
  if (Array.isArray(value)) return `[${value.map(print).join(" ")}]`;
  return typeof value === "object" ? `map[${Object.keys(value).join(" ")}]` : String(value);
}
