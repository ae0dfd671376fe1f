import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fileState } from "../../src/state/file.ts";
import { cli } from "./fake.ts";

async function asked(...ids: string[]): Promise<string> {
  const path = join(mkdtempSync(join(tmpdir(), "argvet-")), "state");
  const state = fileState(path);
  for (const id of ids)
    await state.request({
      id,
      digest: id,
      session: "s",
      server: "docker",
      tool: "exec",
      shown: '{"command":["\u001b[2J"]}',
      reason: "root asks",
      lifetime: 60_000,
    });
  await state.close();
  return path;
}

test("what waits is listed, one a line, and as JSON for programs", async () => {
  const state = await asked("a1", "b2");
  expect((await cli(["approvals", "list", "--state", state])).out).toBe(
    "a1  waiting  exec  s  root asks\nb2  waiting  exec  s  root asks\n",
  );
  expect(JSON.parse((await cli(["approvals", "list", "--state", state, "--format", "json"])).out)).toMatchObject([
    { id: "a1" },
    { id: "b2" },
  ]);
  expect((await cli(["approvals", "list", "--state", state, "--status", "used"])).out).toBe("");
});

test("one is shown with its arguments, and nothing in them reaches the terminal as it is", async () => {
  const { out } = await cli(["approvals", "show", "a1", "--state", await asked("a1")]);
  expect(out).toMatch(
    /^a1 {2}waiting\ntool {5}docker\/exec\nsession {2}s\nreason {3}root asks\nasked {4}\S+, until \S+\n\{"command":\["␛\[2J"\]\}\n$/,
  );
});

test("the first word counts, and a second is told so", async () => {
  const state = await asked("a1");
  const say = (word: string, by: string) => cli(["approvals", word, "a1", "--state", state, "--by", by]);
  expect(await say("deny", "ann")).toEqual({ code: 0, out: "a1 denied by ann\n", err: "" });
  expect(await say("approve", "bob")).toEqual({ code: 1, out: "a1 is denied already, by ann\n", err: "" });
});

test.each<[string[], string]>([
  [["list", "--state", "/no/such/state"], "--state /no/such/state: no such file"],
  [["list", "--state", "memory"], "--state memory: only the proxy itself sees it; give both a file or redis://…"],
  [["list"], "required option '--state <where>' not specified"],
])("%j is an error", async (words, err) => {
  expect(await cli(["approvals", ...words])).toEqual({ code: 2, out: "", err: expect.stringContaining(err) });
});

test("an id that is not known is an error", async () => {
  expect(await cli(["approvals", "approve", "x", "--state", await asked("a1")])).toEqual({
    code: 2,
    out: "",
    err: "no approval is called x; see argvet approvals list\n",
  });
});
