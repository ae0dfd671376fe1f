import type { ResourceKind } from "../model/resource.ts";
import type { Span } from "../model/span.ts";
import { concat, exact, spelledOut, type Value } from "../model/value.ts";
import { valuesOf } from "./keyed.ts";
import type { Manner, Meant } from "./meant.ts";
import { clusterObjects } from "./shapes/cluster.ts";
import { readFixed } from "./shapes/read.ts";

import type { Work } from "./work.ts";

/** Resources that one text may come to. */
const MOST = 64;

interface Fixed {
  readonly kind: ResourceKind;
  readonly text: string;
}

/** `kind:text`. With `key`, once for every such key in an argument that an attribute names. */
export function fixedBy(subject: Fixed, manner: Manner, work: Work): readonly Meant[] {
  if (!manner.key) return resources(subject, undefined, work);
  const names = Object.values(manner.attributes ?? {}).flatMap((spec) =>
    spec !== true && "argument" in spec ? [spec.argument] : [],
  );
  return [...new Set(names)].flatMap((name) =>
    work.values(name).flatMap((given) =>
      valuesOf(name, given, manner, work).flatMap(({ key, value, maybe }) =>
        resources(subject, key, work).map((meant) => ({
          ...meant,
          span: given.span,
          name,
          given,
          value,
          ...(maybe ? { maybe } : {}),
        })),
      ),
    ),
  );
}

function resources({ kind, text }: Fixed, key: Value | undefined, work: Work): readonly Meant[] {
  if (kind !== "clusterObject" && !text.includes("{"))
    return [{ reading: readFixed(kind, kind === "path" ? spelledOut(text) : exact(text)), span: work.call.span }];
  return filled(text, key, work).flatMap(({ value, span }) =>
    (kind === "clusterObject" ? clusterObjects(value) : [value]).map((one) => ({ reading: readFixed(kind, one), span })),
  );
}

/** Text with `{ARGUMENT}`: one for each value; a missing argument is `*`. */
function filled(text: string, key: Value | undefined, work: Work): readonly { readonly value: Value; readonly span: Span }[] {
  const open = text.indexOf("{");
  const close = text.indexOf("}", open);
  if (open < 0 || close < 0) return [{ value: exact(text), span: work.call.span }];
  const name = text.slice(open + 1, close);
  const rest = filled(text.slice(close + 1), key, work).slice(0, MOST);
  const before = exact(text.slice(0, open));
  if (name === "KEY" && key) return rest.map((tail) => ({ value: concat([before, key, tail.value]), span: tail.span }));
  const values = work.values(name);
  for (const given of values) work.use(given, "argument");
  if (values.length === 0) return rest.map((tail) => ({ value: concat([before, exact("*"), tail.value]), span: tail.span }));
  return values
    .slice(0, MOST)
    .flatMap((given) =>
      rest.map((tail) => ({ value: concat([before, given.value, tail.value]), span: given.byDefault ? tail.span : given.span })),
    );
}
