import { expect, test } from "vitest";
import { read } from "../../src/commands/shapes/read.ts";
import type { Reading } from "../../src/commands/shapes/reading.ts";
import type { Shape } from "../../src/knowledge/command.ts";
import { printResource } from "../../src/model/resource.ts";
import { printValue } from "../../src/model/value.ts";
import { word } from "./bound.ts";

function printReading(reading: Reading): string {
  if (reading.kind === "data") return `"${printValue(reading.value)}"`;
  if (reading.kind !== "resource") return reading.kind;
  const { on, at } = reading;
  const scheme = on.scheme === undefined ? "" : `${on.scheme}://`;
  const route = on.route ? ` ${printValue(on.route)}` : "";
  return `${on.kind === "path" ? "path " : on.kind === "host" ? "host " : ""}${scheme}${printResource(on)}${route}${at ? ` @${at.kind} ${printValue(at.name)}` : ""}`;
}

const reads = (shape: Shape, text: string): string => read(shape, word(text)).map(printReading).join(" + ");

test.each([
  ["http://h.test/a?b#c", "host http://h.test /a?b#c"],
  ["https://H.Test:8443", "host https://h.test:8443"],
  ["h.test/a", "host h.test /a"],
  ["h.test:80/a", "host h.test:80 /a"],
  ["//h.test/a", "host h.test /a"],
  ["http:///h.test/a", "host http://h.test /a"],
  ["http://good.test@evil.test/", "host http://evil.test /"],
  ["http://a:b@c@evil.test", "host http://evil.test"],
  ["http://evil.test#@good.test", "host http://evil.test #@good.test"],
  ["http://evil.test\\@good.test", "host http://evil.test \\@good.test"],
  ["http://[::1]:80/x", "host http://::1:80 /x"],
  ["file:///etc/passwd", "path /etc/passwd"],
  ["file://localhost/etc/passwd", "path /etc/passwd"],
  ["file:/etc/passwd", "path /etc/passwd"],
  ["FILE:///etc/passwd", "path /etc/passwd"],
  ["unix:///var/run/docker.sock", "unixSocket /var/run/docker.sock"],
  ["data:text/plain,x", '"data:text/plain,x"'],
  ["-", "dash"],
  ["$URL", "host $URL"],
  ["$BASE/v1", "host $BASE /v1"],
  ["https://$HOST/a", "host https://$HOST /a"],
  ["https://good.test$X", "host https://good.test$X"],
  ["https://good.test/$X", "host https://good.test /$X"],
  ["https://$TOKEN@h.test/a", "host https://h.test /a"],
  ["$S://h.test/a", "host h.test /a"],
  ["http://h:$PORT/", "host http://h:$PORT /"],
  ["http://{a|b}.test/", "host http://a.test / + host http://b.test /"],
])("url %s", (text, result) => expect(reads("url", text)).toBe(result));

test.each([
  ["decimal", "2852039166"],
  ["octal", "0251.0376.0251.0376"],
  ["hexadecimal", "0xA9FEA9FE"],
  ["mixed", "0xa9.254.0251.254"],
  ["three parts", "169.254.43518"],
  ["two parts", "169.16689662"],
  ["trailing dot", "169.254.169.254."],
  ["full-width digits", "１６９.254.169.254"],
  ["full-width dots", "169．254．169．254"],
  ["ideographic dots", "169。254。169。254"],
  ["circled digits", "①⑥⑨.②⑤④.169.254"],
  ["IPv4-mapped", "[::ffff:169.254.169.254]"],
  ["IPv4-mapped in hexadecimal", "[::FFFF:a9fe:a9fe]"],
  ["NAT64", "[64:ff9b::a9fe:a9fe]"],
  ["percent-encoded", "%31%36%39.254.169.254"],
])("the metadata address, %s", (_, host) => expect(reads("url", `http://${host}/`)).toBe("host http://169.254.169.254 /"));

test.each([
  ["300.1.1.1", "300.1.1.1"],
  ["1.2.3.4.5", "1.2.3.4.5"],
  ["0x", "0.0.0.0"],
  ["08", "08"],
  ["4294967296", "4294967296"],
  ["::1", "::1"],
  ["[0:0:0:0:0:0:0:1]", "::1"],
  ["fe80::0001%eth0", "fe80::1"],
  ["1::2::3", "1::2::3"],
  ["xn--bcher-kva.test", "xn--bcher-kva.test"],
  ["a..b", "a..b"],
  ["%zz.test", "%zz.test"],
])("no address, or spelled in another way: %s", (text, result) => expect(reads("host", text)).toBe(`host ${result}`));

test.each([
  ["host:port", "h.test:22", "host h.test:22"],
  ["host:port", "$H:22", "host $H:22"],
  ["[user@]host", "bob@h.test", "host h.test"],
  ["[user@]host", "$U@$H", "host $H"],
  ["[user@]host", "ssh://bob@h.test:22", "host ssh://h.test:22"],
  ["forward", "8080:db.test:5432", "host db.test:5432"],
  ["forward", "0.0.0.0:8080:db.test:5432", "host db.test:5432"],
  ["forward", "8080:[::1]:80", "host ::1:80"],
  ["forward", "80:/run/s", "unixSocket /run/s"],
  ["forward", "1080", "host localhost:1080"],
  ["resolve", "h.test:443:10.0.0.1,::1", "host 10.0.0.1 + host ::1"],
  ["[place:]path", "h.test:/etc/x", "host h.test /etc/x"],
  ["[place:]path", "bob@h.test:", "host h.test "],
  ["[place:]path", "h.test::module/x", "host h.test module/x"],
  ["[place:]path", "rsync://h.test/m", "host rsync://h.test /m"],
  ["[place:]path", "./a:b", "path ./a:b"],
  ["[place:]path", "$H:/x", "host $H /x"],
  ["[place:]path", "$F", "path $F"],
  ["[place:]path", "-", "dash"],
  ["remote", "https://h.test/r.git", "host https://h.test /r.git"],
  ["remote", "git@h.test:u/r", "host h.test u/r"],
  ["remote", "../r", "path ../r"],
  ["remote", "origin", "repository origin"],
  ["remote", "$R", "repository $R"],
  ["remote", "ext::sh_-c_id", '"ext::sh -c id"'],
  ["[cloud:]path", "s3://b/k", "cloudObject s3 b/k"],
  ["[cloud:]path", "s3://$B/k", "cloudObject s3 $B/k"],
  ["[cloud:]path", "k", "path k"],
  ["socat", "TCP:h.test:80,retry=3", "host h.test:80"],
  ["socat", "TCP-LISTEN:80,fork", "host 0.0.0.0:80"],
  ["socat", "OPENSSL:h.test:443", "host h.test:443"],
  ["socat", "PROXY:p.test:h.test:443", "host h.test:443"],
  ["socat", "FILE:/etc/passwd", "path /etc/passwd"],
  ["socat", "UNIX-CONNECT:/run/s", "unixSocket /run/s"],
  ["socat", "/etc/passwd", "path /etc/passwd"],
  ["socat", "EXEC:id", ""],
  ["socat", "-", "dash"],
  ["socat", "STDIN", "stdin"],
] as const)("%s %s", (shape, text, result) => expect(reads(shape, text)).toBe(result));

test.each([
  ["path", "{a|b}", "path {a,b}"],
  ["path", "http://h.test/", "path http://h.test/"],
  ["@file-or-text", "@/etc/passwd", "path /etc/passwd"],
  ["@file-or-text", "@-", "dash"],
  ["@file-or-text", "@$F", "path $F"],
  ["@file-or-text", "$X", '"$X"'],
  ["=@file-or-text", "f=@a,b;type=x", "path a + path b"],
  ["=@file-or-text", "f=<-", "dash"],
  ["=@file-or-text", "f@a", "path a"],
  ["=@file-or-text", "f=a@b", '"f=a@b"'],
  ["=@file-or-text", "f=$X", '"f=$X"'],
  ["file:-or-text", "fileb://a", "path a"],
  ["file:-or-text", "a", '"a"'],
  ["cookie", "a=b", '"a=b"'],
  ["cookie", "jar", "path jar"],
  ["cookie", "$X", '"$X"'],
  ["volume", "/etc:/x:ro", "path /etc"],
  ["volume", "./a:/x", "path ./a"],
  ["volume", "data:/x", ""],
  ["volume", "$D:/x", "path $D"],
  ["mount", "type=bind,src=/etc,target=/x", "path /etc"],
  ["mount", "type=tmpfs,target=/x", ""],
  ["package", "left-pad", "package left-pad"],
  ["package", "@scope/name@1", "package @scope/name@1"],
  ["package", "requests==2.0", "package requests==2.0"],
  ["package", "./x", "package ./x + path ./x"],
  ["package", "x-1.tgz", "package x-1.tgz + path x-1.tgz"],
  ["package", "https://h.test/x.whl", "package https://h.test/x.whl + host https://h.test /x.whl"],
  ["package", "git+ssh://git@h.test/u/r.git#v1", "package git+ssh://git@h.test/u/r.git#v1 + host ssh://h.test /u/r.git#v1"],
  ["package", "name@https://h.test/x.tgz", "package name@https://h.test/x.tgz + host https://h.test /x.tgz"],
  ["package", "name_@_https://h.test/x.whl", "package name @ https://h.test/x.whl + host https://h.test /x.whl"],
  ["package", "user/repo", "package user/repo + host github.com user/repo"],
  ["package", "github.com/u/r@latest", "package github.com/u/r@latest"],
  ["package", "$P", "package $P"],
  ["unit", "ssh.service", "service ssh"],
  ["unit", "$U.service", "service $U"],
  ["unit", "x.timer", "service x.timer"],
  ["kernelSetting", "kernel.core_pattern=x", "kernelSetting kernel.core pattern"],
  ["clusterObject", "po,secrets/db", "clusterObject pod/db + clusterObject secret/db"],
  ["clusterObject", "deployments.apps/web", "clusterObject deployment/web"],
  ["clusterObject", "ingresses/x", "clusterObject ingress/x"],
  ["account", "{bob|root}", "account bob + account root"],
  ["text", "@/etc/passwd", '"@/etc/passwd"'],
] as const)("%s %s", (shape, text, result) => expect(reads(shape, text)).toBe(result));
