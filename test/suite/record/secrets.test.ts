import { describe, expect, test } from "vitest";
import { builtin } from "../../../src/index.ts";
import { Judge } from "../../../src/suite/judge.ts";
import { redact } from "../../../src/suite/record/redact.ts";
import { Secrets } from "../../../src/suite/record/secrets.ts";
import type { WrittenCase } from "../../../src/suite/written.ts";

const secrets = new Secrets(builtin());
const judge = new Judge(builtin());

describe("what is a secret, and of which kind", () => {
  test.each([
    ["AWS_ACCESS_KEY_ID=AKIAABCDEFGHIJKLMN12 x", ["aws-access-key AKIAABCDEFGHIJKLMN12"]],
    ["curl -H 'Authorization: token ghp_0123456789abcdefghij' h", ["github-token ghp_0123456789abcdefghij"]],
    ["x glpat-0123456789abcdefghij", ["gitlab-token glpat-0123456789abcdefghij"]],
    ["x https://hooks.slack.com/services/T01/B01/abc123", ["slack-webhook hooks.slack.com/services/T01/B01/abc123"]],
    ["x eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln", ["json-web-token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln"]],
    [
      "echo '-----BEGIN RSA PRIVATE KEY-----\nMIIB\n-----END RSA PRIVATE KEY-----' > k",
      ["private-key-text -----BEGIN RSA PRIVATE KEY-----\nMIIB\n-----END RSA PRIVATE KEY-----"],
    ],
    ["DB_PASSWORD=hunter2 ./x", ["db-password hunter2"]],
    ['export DB_PASSWORD="two words"', ["db-password two words"]],
    ["mysql --password=hunter2 -u root", ["password hunter2"]],
    ["mysql --password hunter2", ["password hunter2"]],
    [`curl -d '{"api_key": "abc", "page": 2}' h`, ["api-key abc"]],
    ["curl 'https://h.test/?page=1&token=abc'", ["token abc"]],
    ["curl -H 'X-Api-Key: abc' h", ["x-api-key abc"]],
    ["curl -H 'Authorization: Bearer abc.def' h", ["authorization abc.def"]],
    ["curl -u bob:hunter2 h", ["password hunter2"]],
    ["git clone https://bob:hunter2@h.test/x", ["password hunter2"]],
    ["docker run -u 1000:1000 x", []],
    ["export TOKEN=$(cat t) PASSWORD=$1 API_KEY=`x`", []],
    ["curl --token-file t --password-stdin h", []],
    ["aws x --secret-id db; ssh --no-password h; gpg --export-secret-key me", []],
    ["AWS_ACCESS_KEY_ID=AB1 aws x", ["aws-access-key-id AB1"]],
    ["echo TOKEN is here; pip install sk-learn-contrib", []],
    ["login --token --verbose", []],
    ["DB_PASSWORD=«db-password» ./x", []],
  ])("%s", (text, found) =>
    expect(secrets.find(text).map(({ kind, start, end }) => `${kind} ${text.slice(start, end)}`)).toEqual(found),
  );

  test("text made to cost much costs little", () => {
    const start = performance.now();
    for (const part of ["a", "a=", "a='", 'token "', "-", "://", "://a:", "AKIA", "-----BEGIN", " -u a", "a b ", "\n"])
      secrets.find(part.repeat(20_000));
    expect(performance.now() - start).toBeLessThan(4_000);
  });
});

describe("a case without its secrets is judged as it was", () => {
  const written = (asked: Partial<WrittenCase>): WrittenCase => ({
    suite: "s",
    name: "n",
    expect: { decision: "record" },
    ...asked,
  });
  const redacted = (asked: Partial<WrittenCase>) => redact(written(asked), secrets, judge.words)?.given;

  test.each([
    [
      "curl -H 'Authorization: token ghp_0123456789abcdefghij' https://api.github.com/user",
      "curl -H 'Authorization: token «github-token»' https://api.github.com/user",
    ],
    ["export AWS_ACCESS_KEY_ID=AKIAABCDEFGHIJKLMN12", "export AWS_ACCESS_KEY_ID=«aws-access-key»"],
    // Its provider makes it of digits too: a word is no secret there.
    ["export AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMIK7MDENG", "export AWS_SECRET_ACCESS_KEY=«credential-0»"],
    ["AWS_SECRET_ACCESS_KEY=minioadmin npm test", "AWS_SECRET_ACCESS_KEY=«aws-secret-access-key» npm test"],
    ["ls -l", "ls -l"],
  ])("%s", (command, clean) => {
    expect(redacted({ command })).toEqual(written({ command: clean }));
    expect(judge.words(written({ command: clean }))).toBe(judge.words(written({ command })));
  });
  test("in words, tables, environments and names", () => {
    expect(redacted({ argv: ["mysql", "--password", "a b", "-e", "x"] })?.argv).toEqual([
      "mysql",
      "--password",
      "«password»",
      "-e",
      "x",
    ]);
    expect(redacted({ commands: ["ls", "TOKEN=abc ls"] })?.commands).toEqual(["ls", "TOKEN=«token» ls"]);
    expect(redacted({ command: "ls", context: { cwd: "/x", env: { API_KEY: "a'b", HOME: "/h" } } })?.context).toEqual({
      cwd: "/x",
      env: { API_KEY: "«api-key»", HOME: "/h" },
    });
    expect(redacted({ command: "ls", name: "list with TOKEN=abc" })?.name).toBe("list with TOKEN=«token»");
  });
  test("if it would be judged otherwise, there is no such case", () => {
    let asked = 0;
    expect(redact(written({ command: "TOKEN=abc ls" }), secrets, () => String(asked++))).toBeUndefined();
  });
});
