import type { Data } from "./yaml.ts";

export const at = (data: Data | undefined, ...keys: readonly string[]): Data | undefined => {
  let value = data;
  for (const key of keys) value = value instanceof Map ? value.get(key) : undefined;
  return value;
};

export const textAt = (data: Data | undefined, ...keys: readonly string[]): string | undefined => {
  const value = at(data, ...keys);
  return typeof value === "string" && value !== "" ? value : undefined;
};

export const listAt = (data: Data | undefined, ...keys: readonly string[]): readonly Data[] => {
  const value = at(data, ...keys);
  return Array.isArray(value) ? value : [];
};

export const textsAt = (data: Data | undefined, ...keys: readonly string[]): readonly string[] =>
  listAt(data, ...keys).filter((item): item is string => typeof item === "string");

export const isTrue = (data: Data | undefined, ...keys: readonly string[]): boolean =>
  textAt(data, ...keys)?.toLowerCase() === "true";

/** Every table in a document, itself included. */
export function tablesOf(data: Data): readonly ReadonlyMap<string, Data>[] {
  if (typeof data === "string") return [];
  if (data instanceof Map) return [data, ...[...data.values()].flatMap(tablesOf)];
  return (data as readonly Data[]).flatMap(tablesOf);
}
