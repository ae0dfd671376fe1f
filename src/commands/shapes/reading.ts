import type { PlaceChange } from "../../model/binding.ts";
import type { Resource, ResourceKind } from "../../model/resource.ts";
import type { Value } from "../../model/value.ts";

/** What an argument's text names, by its shape. */
export type Reading =
  | { readonly kind: "resource"; readonly on: Resource; readonly at?: PlaceChange }
  /** `-`: stdin where it is read, stdout where it is written. */
  | { readonly kind: "dash" }
  | { readonly kind: "stdin" | "stdout" }
  | { readonly kind: "data"; readonly value: Value };

export const named = (kind: ResourceKind, value: Value): Reading => ({ kind: "resource", on: { kind, value } });
export const resource = (on: Resource): Reading => ({ kind: "resource", on });
export const data = (value: Value): Reading => ({ kind: "data", value });
export const DASH: Reading = { kind: "dash" };
