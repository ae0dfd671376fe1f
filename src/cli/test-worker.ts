import { parentPort, workerData } from "node:worker_threads";
import { openAnalyzer } from "./analyzer.ts";
import { describe } from "./failure.ts";
import { type Answered, type Asked, type LaneSettings, openTrial } from "./test-lanes.ts";

/** A thread that tries cases for `argvet test --workers`. */
const opened = openTrial(workerData as LaneSettings, openAnalyzer);

parentPort?.on("message", async (asked: Asked) => {
  parentPort?.postMessage(await answer(asked));
});

async function answer(asked: Asked): Promise<Answered> {
  try {
    const trial = await opened;
    return asked === "keys" ? { keys: trial.keys } : { tested: asked.cases.map((given) => trial.run(given)) };
  } catch (error) {
    return { failure: describe(error) };
  }
}
