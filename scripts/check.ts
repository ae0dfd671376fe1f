import { spawnSync } from "node:child_process";

/** Everything a change has to pass. All of it runs, so that one complaint does not hide the next. */
const PARTS = ["lint", "types", "unused", "test"];

const failed = PARTS.filter(
  (part) => spawnSync("npm", ["run", "--silent", part], { stdio: "inherit", shell: process.platform === "win32" }).status !== 0,
);
if (failed.length > 0) {
  console.error(`failed: ${failed.join(", ")}`);
  process.exitCode = 1;
}
