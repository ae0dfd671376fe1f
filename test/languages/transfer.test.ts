import { expect, test } from "vitest";
import { shown } from "./shown.ts";

test.each([
  ["sftp", "lcd dist\nput -r app.tgz /srv\n-mkdir x\nbye", "reads dist/app.tgz; dist/app.tgz -> h.test"],
  ["sftp", "put ~/.ssh/id_rsa", "reads $HOME/.ssh/id_rsa; $HOME/.ssh/id_rsa -> h.test"],
  ["sftp", "get /srv/db.sql ./db.sql\n!id", "writes ./db.sql truncates; h.test -> ./db.sql; runs sh: id"],
  ["sftp", "reboot", "opaque-code inline: the command reboot of a file transfer"],
  [
    "ftp",
    "open ftp.h.test\nmput a b\n!",
    "connects ftp.h.test; reads a; reads b; executes session shell interactive; a -> ftp.h.test; b -> ftp.h.test",
  ],
  ["ftp", 'get notes "|sh"', "runs sh: sh < h.test"],
  ["lftp", "set ssl:verify-certificate no; mirror -R 'my dist' /www && quit", "reads my dist; my dist -> h.test"],
  [
    "lftp",
    "open -u a,b sftp://c.test; mirror pub here; !id && id",
    "connects c.test; writes here truncates; c.test -> here; runs sh: id && id",
  ],
  ["lftp", "set sftp:connect-program /tmp/x", "opaque-code inline: the command set of a file transfer"],
])("a file transfer in %s: %s", (language, code, expected) => {
  expect(shown(language, code, "bob@h.test")).toBe(expected);
});
