import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { nearest } from "../load/nearest.ts";
import { printProblem } from "../load/source.ts";
import type { Sandbox } from "../model/sandbox.ts";
import { type ReadConfiguration, readConfiguration } from "../sandbox/config/read.ts";
import { decode } from "./bytes.ts";
import { Failure, reason } from "./failure.ts";
import type { Io } from "./io.ts";

/** The sandboxes that a file describes. Throws a Failure if it can't be read. */
export function configurationOf(given: string, io: Pick<Io, "cwd">): ReadConfiguration {
  const path = resolve(io.cwd, given);
  return readConfiguration(textOf(path, given), given, dirname(path));
}

/** The one sandbox of `FILE`, or of `FILE#NAME`. Throws a Failure that says what is wrong, and where. */
export function sandboxOf(given: string, io: Pick<Io, "cwd">): Sandbox {
  const sign = given.lastIndexOf("#");
  const [file, name] = sign < 0 ? [given, undefined] : [given.slice(0, sign), given.slice(sign + 1)];
  const { found, problems } = configurationOf(file, io);
  const [first, ...more] = problems.map(printProblem);
  if (first !== undefined) throw new Failure(more.length === 0 ? first : `${first}; and ${more.length} more: ${more.join("; ")}`);
  const names = found.map(({ sandbox }) => sandbox.name);
  const [only] = name === undefined ? found : found.filter(({ sandbox }) => sandbox.name === name);
  if (only && (name !== undefined || found.length === 1)) return only.sandbox;
  if (name === undefined)
    throw new Failure(`${file} describes ${names.join(", ")}; write ${file}#${names[0] ?? "NAME"} for one of them`);
  const near = nearest(name, names);
  throw new Failure(`${file} has no ${name}; ${near === undefined ? `it has ${names.join(", ")}` : `did you mean "${near}"?`}`);
}

function textOf(path: string, given: string): string {
  try {
    return decode(readFileSync(path), given);
  } catch (error) {
    throw error instanceof Failure ? error : new Failure(`${given}: ${reason(error)}`);
  }
}
