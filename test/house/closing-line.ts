import type { Reporter, TestModule } from "vitest/node";

/** Ends the run with `N passed, N failed` alone on a line, which any CI can read. A file that does not load counts as failed. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    let passed = 0;
    let failed = 0;
    for (const module of modules) {
      const tests = [...module.children.allTests()];
      const bad = tests.filter((test) => test.result().state === "failed").length;
      passed += tests.filter((test) => test.result().state === "passed").length;
      failed += bad === 0 && module.state() === "failed" ? 1 : bad;
    }
    // After the default reporter's summary, whichever of the two is called first.
    setImmediate(() => console.log(`${passed} passed, ${failed} failed`));
  }
}
