/** bash-parser has no types of its own. Throws a SyntaxError for what it cannot read. */
declare module "bash-parser" {
  export default function parse(source: string, options?: { readonly mode?: "bash" | "posix" }): unknown;
}
