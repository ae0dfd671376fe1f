import { closeSync, openSync, writeFileSync } from "node:fs";
import type { Look } from "../report/pretty.ts";
import { REPORTERS, type Reporter, type Tested, type TestReport, testReport } from "../report/tests.ts";
import { Failure, reason } from "./failure.ts";
import type { Io } from "./io.ts";
import { oneWord } from "./options.ts";

const ENOUGH = 64 * 1024;

/** The reports that were asked for, each written to stdout or to its file as cases run. */
export class Reports {
  private readonly outputs: readonly Output[];
  private readonly io: Io;

  /** @throws Failure for an unknown reporter, or a file that can't be written. */
  constructor(wanted: readonly string[], look: Look, io: Io) {
    this.io = io;
    this.outputs = (wanted.length === 0 ? ["pretty"] : wanted).map((text) => outputOf(text, look, io));
  }

  /** False once nobody reads any of them. */
  async one(tested: Tested): Promise<boolean> {
    let read = false;
    for (const output of this.outputs) if (await output.write(output.report.one(tested))) read = true;
    return read;
  }

  /** `more`: what else is said to people, after the report for them; on stderr if stdout has another. */
  async end(more: string): Promise<void> {
    for (const output of this.outputs) {
      await output.write(output.report.end() + (output.reporter === "pretty" ? more : ""));
      output.close();
    }
    if (this.outputs.some(({ reporter, toFile }) => reporter === "pretty" && !toFile)) return;
    for (const line of more.split("\n")) if (line !== "") this.io.complain(line);
  }
}

interface Output {
  readonly reporter: Reporter;
  readonly report: TestReport;
  readonly toFile: boolean;
  /** False once nobody reads it. */
  write(text: string): Promise<boolean> | boolean;
  close(): void;
}

function outputOf(text: string, look: Look, io: Io): Output {
  const sign = text.indexOf("=");
  const reporter = oneWord("--reporter", sign < 0 ? text : text.slice(0, sign), REPORTERS);
  const report = testReport(reporter, look);
  if (sign >= 0) return { reporter, report, toFile: true, ...fileOutput(text.slice(sign + 1)) };
  const write = async (more: string): Promise<boolean> => more === "" || (await io.write(more));
  return { reporter, report, toFile: false, write, close: () => undefined };
}

function fileOutput(path: string): Pick<Output, "write" | "close"> {
  const file = attempt(path, () => openSync(path, "w"));
  let held = "";
  const flush = (): void => attempt(path, () => writeFileSync(file, held));
  return {
    write: (text) => {
      held += uncoloured(text);
      if (held.length < ENOUGH) return true;
      flush();
      held = "";
      return true;
    },
    close: () => {
      flush();
      closeSync(file);
    },
  };
}

/** Colours are all that can be left of escape sequences: reports show those of cases as visible stand-ins. */
const uncoloured = (text: string): string => text.replace(/\u001b\[\d+m/g, "");

function attempt<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw new Failure(`${path}: ${reason(error)}`);
  }
}
