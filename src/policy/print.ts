import { stringify } from "yaml";

/** Readers of YAML 1.1 take `no` and `0777` for something else: what goes to them is quoted. */
export const printPolicy = (value: unknown, format: "argvet" | "intercept"): string =>
  stringify(value, { lineWidth: 0, aliasDuplicateObjects: false, version: format === "intercept" ? "1.1" : "1.2" });
