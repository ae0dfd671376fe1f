import { expect, test } from "vitest";
import { printValue } from "../../src/model/value.ts";
import { mktemp } from "../../src/text/mktemp.ts";

test.each([
  ["", "/tmp/tmp.*"],
  ["-d", "/tmp/tmp.*"],
  ["-d build.XXXX", "build.*"],
  ["-dt build.XXXX", "/tmp/build.*"],
  ["-p /var/tmp", "/var/tmp/tmp.*"],
  ["--tmpdir=/etc a.XXXXXX --suffix .sh", "/etc/a.*.sh"],
  ["--tmpdir a.XXXXXX", "/tmp/a.*"],
  ["/etc/cron.d/XXXXXX", "/etc/cron.d/*"],
])("mktemp %s prints %s", (args, name) => {
  const value = mktemp(args.split(" ").filter((word) => word !== ""));
  expect(value && printValue(value)).toBe(`${name}\n`);
});

test("too few X's are an error, and print nothing", () => expect(mktemp(["a.XX"])).toBeUndefined());
