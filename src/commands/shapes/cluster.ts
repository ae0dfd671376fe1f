import { exact, exactText, type Value } from "../../model/value.ts";

/** Short names of `kubectl api-resources`. */
const SHORT: ReadonlyMap<string, string> = new Map([
  ["po", "pod"],
  ["svc", "service"],
  ["ns", "namespace"],
  ["no", "node"],
  ["cm", "configmap"],
  ["sa", "serviceaccount"],
  ["deploy", "deployment"],
  ["ds", "daemonset"],
  ["sts", "statefulset"],
  ["rs", "replicaset"],
  ["rc", "replicationcontroller"],
  ["cj", "cronjob"],
  ["ing", "ingress"],
  ["netpol", "networkpolicy"],
  ["pv", "persistentvolume"],
  ["pvc", "persistentvolumeclaim"],
  ["sc", "storageclass"],
  ["crd", "customresourcedefinition"],
  ["csr", "certificatesigningrequest"],
  ["hpa", "horizontalpodautoscaler"],
  ["pdb", "poddisruptionbudget"],
  ["quota", "resourcequota"],
  ["limits", "limitrange"],
  ["ep", "endpoints"],
  ["ev", "event"],
  ["pc", "priorityclass"],
]);

/** `TYPE/NAME` with the type in full: `po,secrets/x` are two, and of `secret/db/*` the name is already in the type. */
export function clusterObjects(value: Value): readonly Value[] {
  const text = exactText(value);
  if (text === undefined || !text.includes("/")) return [value];
  const parts = text.split("/");
  if (parts.length < 3) return typed(parts[0] ?? "", parts[1] ?? "", value);
  const objects: Value[] = [];
  for (let i = 0; i + 1 < parts.length; i += 2) objects.push(...typed(parts[i] ?? "", parts[i + 1] ?? "", value));
  return objects;
}

function typed(types: string, name: string, { from }: Value): readonly Value[] {
  return types.split(",").map((type) => exact(`${fullType(type)}/${name}`, from));
}

/** `pods`, `Pod`, `po`, `pods.v1.core`. */
export function fullType(type: string): string {
  const [first = ""] = type.toLowerCase().split(".");
  const short = SHORT.get(first);
  if (short !== undefined) return short;
  if (first === "endpoints" || first === "all") return first;
  if (first.endsWith("ies")) return `${first.slice(0, -3)}y`;
  if (first.endsWith("sses")) return first.slice(0, -2);
  return first.endsWith("s") && !first.endsWith("ss") ? first.slice(0, -1) : first;
}
