import type { Value } from "../../model/value.ts";

/**
 * Code of a general-purpose language, as little of it as its effects depend on. Python and JavaScript are both read into this, so that
 * one walk understands them; what has no place here becomes `parts`, whose parts are still looked at.
 */
export type Expr =
  | { readonly kind: "text"; readonly value: Value }
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "nothing" }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "member"; readonly object: Expr; readonly name: string }
  | { readonly kind: "index"; readonly object: Expr; readonly key: Expr }
  | {
      readonly kind: "slice";
      readonly object: Expr;
      readonly from: Expr | undefined;
      readonly to: Expr | undefined;
      readonly step: Expr | undefined;
    }
  | { readonly kind: "call"; readonly callee: Expr; readonly args: readonly Arg[] }
  | { readonly kind: "operator"; readonly sign: string; readonly left: Expr; readonly right: Expr }
  /** Texts and what is put between them: f"…", `…`. */
  | { readonly kind: "template"; readonly parts: readonly Expr[] }
  | { readonly kind: "list"; readonly items: readonly Arg[] }
  | { readonly kind: "record"; readonly entries: readonly Entry[] }
  | Definition
  /** One of these; the tests say which. */
  | { readonly kind: "either"; readonly options: readonly Expr[]; readonly test?: Expr }
  /** A comprehension. */
  | { readonly kind: "each"; readonly clauses: readonly Clause[]; readonly item: Expr }
  | { readonly kind: "assign"; readonly target: Expr; readonly value: Expr; readonly sign?: string; readonly own?: true }
  /** One after the other; the last is the value. */
  | { readonly kind: "sequence"; readonly parts: readonly Expr[] }
  /** Something else made of these. */
  | { readonly kind: "parts"; readonly parts: readonly Expr[] };

export type Definition =
  | {
      readonly kind: "function";
      readonly params: readonly Param[];
      readonly body: readonly Statement[];
      readonly generates?: true;
      /** `this` is the surrounding one. */
      readonly arrow?: true;
    }
  | { readonly kind: "class"; readonly bases: readonly Expr[]; readonly members: readonly Member[] };

export interface Arg {
  readonly value: Expr;
  /** `name=value` */
  readonly name?: string;
  /** `*list`, `...list`, `**record` */
  readonly spread?: true;
}

/** Without a key: the entries of another record. */
export interface Entry {
  readonly key: Expr | undefined;
  readonly value: Expr;
}

export interface Clause {
  readonly target: Expr;
  readonly over: Expr;
  readonly tests: readonly Expr[];
}

export interface Param {
  /** A name, or a list or record to take apart. */
  readonly target: Expr;
  readonly fallback?: Expr;
  readonly rest?: "list" | "record";
}

export interface Member {
  readonly name: string;
  readonly value: Expr;
}

export type Statement =
  | { readonly kind: "do"; readonly value: Expr }
  | { readonly kind: "define"; readonly name: string; readonly value: Definition; readonly decorators: readonly Expr[] }
  /** `name`: one thing of the module, `*` all of it; without it, the module itself. */
  | { readonly kind: "import"; readonly module: string; readonly name?: string; readonly as: string }
  | { readonly kind: "return"; readonly value: Expr }
  | {
      readonly kind: "loop";
      readonly target?: Expr;
      readonly over?: Expr;
      readonly tests: readonly Expr[];
      readonly body: readonly Statement[];
    }
  /** One of these is run, or none. */
  | { readonly kind: "branches"; readonly branches: readonly (readonly Statement[])[] }
  | { readonly kind: "block"; readonly body: readonly Statement[] };

/** What was read, and whether all of it was understood. */
export interface Program {
  readonly body: readonly Statement[];
  /** Something stands in it that is no code of the language, or is too deep. */
  readonly broken: boolean;
}

export const NOTHING: Expr = { kind: "nothing" };
