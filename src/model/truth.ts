/** Three-valued logic: rules say `maybe` where the analysis could not decide. */
export type Truth = "yes" | "no" | "maybe";

export const not = (a: Truth): Truth => (a === "yes" ? "no" : a === "no" ? "yes" : "maybe");
export const and = (a: Truth, b: Truth): Truth =>
  a === "no" || b === "no" ? "no" : a === "yes" && b === "yes" ? "yes" : "maybe";
export const or = (a: Truth, b: Truth): Truth => (a === "yes" || b === "yes" ? "yes" : a === "no" && b === "no" ? "no" : "maybe");
