/** Part of a text: plain, or an expression whose value stands there. */
export type TextPart = string | Node;

export interface Block {
  readonly params: readonly string[];
  readonly body: readonly Node[];
}

/** An expression or statement, as far as what it does to the world matters; blocks without a name are lists. */
export type Node =
  | { readonly kind: "text" | "command"; readonly parts: readonly TextPart[] }
  /** With `replacement` it is a substitution; with `code` the replacement is evaluated. */
  | { readonly kind: "regex"; readonly source: string; readonly replacement?: readonly TextPart[]; readonly code: boolean }
  | { readonly kind: "name"; readonly name: string }
  /** With its sigil, where the language has one. */
  | { readonly kind: "variable"; readonly name: string }
  | { readonly kind: "member"; readonly of: Node; readonly name: string | Node }
  | { readonly kind: "index"; readonly of: Node; readonly key: Node }
  /** `indirect`: the handle of Perl's `print {$h} …`, the program of `exec {$p} …`. */
  | {
      readonly kind: "call";
      readonly callee: Node;
      readonly args: readonly Node[];
      readonly block?: Block;
      readonly indirect?: Node;
    }
  | { readonly kind: "list"; readonly items: readonly Node[] }
  | { readonly kind: "pair"; readonly key: Node; readonly value: Node }
  | { readonly kind: "binary"; readonly op: string; readonly left: Node; readonly right: Node }
  | { readonly kind: "unary"; readonly op: string; readonly of: Node }
  | { readonly kind: "assign"; readonly op: string; readonly target: Node; readonly value: Node }
  | { readonly kind: "function"; readonly name?: string; readonly block: Block }
  /** Runs once, many times or not at all. */
  | { readonly kind: "compound"; readonly loop: boolean; readonly head: readonly Node[]; readonly body: readonly Node[] }
  | { readonly kind: "each"; readonly names: readonly string[]; readonly over: Node; readonly body: readonly Node[] }
  /** `a ? b : c` */
  | { readonly kind: "choice"; readonly test: Node; readonly options: readonly Node[] }
  /** Perl's `<HANDLE>`. */
  | { readonly kind: "read"; readonly of: string }
  /** `use`, `require` of a module by its name. */
  | { readonly kind: "module"; readonly name: string; readonly args: readonly Node[] };

export const NOTHING: Node = { kind: "list", items: [] };
