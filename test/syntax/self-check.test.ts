import { describe, expect, test } from "vitest";
import { parse } from "../../src/syntax/parse.ts";
import { print } from "./print.ts";

type Case = readonly [input: string, tree: string];

/** In each of these bash runs k. What the parser package shows of them is wrong or nothing. */
describe("a command the parser does not see is a problem", () => {
  test.each<Case>([
    ["a <(b)# ; k", "(a <[(b)]) !# ; k cannot be read reliably @6"],
    ["a <(b)#x;k", "(a <[(b)]) !#x;k cannot be read reliably @6"],
    ["x[ $(k)]", "(x[ $(k)]) !$( here cannot be read reliably @3"],
    ["x[($(k)]", "(x[($(k)]) !$( here cannot be read reliably @3"],
    ["x=($(k))y", "(x:=($(k))y) !($(k))y cannot be read reliably as a value @2 !$( here cannot be read reliably @3"],
    [
      "x=()`k`",
      "(x:=()`k`) !()`k` cannot be read reliably as a value @2 !`k here cannot be read reliably @4 !` here cannot be read reliably @6",
    ],
    ["eval x=($(k))", "(eval x=($(k))) !$( here cannot be read reliably @8"],
    ["a 3<(k)", "(a 3<(k)) !<( here cannot be read reliably @3"],
    ["a {v}>(k)", "(a {v}>(k)) !>( here cannot be read reliably @5"],
    ["echo ${!-$(k)}", "(echo ${!- unsupported $(k)}) !${!-$(k)} cannot be read reliably @5"],
    ["echo ${\\\nr-$(k)}", "(echo ${ unsupported \\\nr-$(k)}) !${\\\nr-$(k)} cannot be read reliably @5"],
    ["echo ${r\\\n-$(k)}", "(echo ${r unsupported \\\n-$(k)}) !${r\\\n-$(k)} cannot be read reliably @5"],
    ["echo ${a~$(k)}", "(echo ${a unsupported ~$(k)}) !${a~$(k)} cannot be read reliably @5"],
    ["x=<(k) a", "(x:= <[(k)] a) !words that touch cannot be read reliably @2"],
    ["a &\\\n> f", "(a) &; (>f) !&\\ cannot be read reliably @1"],
    ["echo ${!-@$(k)}", "(echo ${!- @$(k)}) !${!-@$(k)} cannot be read reliably @5"],
    ["a=([\\$(k)]\\\n=)", "(a:=([\\$(k)]=)) !an array subscript over several lines cannot be read reliably @3"],
    ['x=(@(a) "\nk\n")', '(x:=(@(a) "\\nk\\n")) !an extended glob in an array cannot be read reliably @3'],
    ["a >& '$(k)'", "(a >&'$(k)') !'$(k)' after >& is expanded twice @5"],
    ["$(x=()#$(k) a)", "($[(x:=() a)]) !)#$(k) cannot be read reliably in an array @5"],
    ["((1<(case x in x) k;; esac)))", "((<1<(case x in x) k;; esac)>)) !this may be commands and not arithmetic @2"],
    ["((a <<E\nE\nk) | b)", 'subshell {subshell {(a <<E=""); (k)} | (b)} !a here-document in (( cannot be read reliably @0'],
    ["{v\\\n}>f k", "({v} k >f) !words that touch cannot be read reliably @5"],
    ["a >&-2>&-k", "(a 2 k >&- >&-) !2 after >&- cannot be read reliably @5"],
    ["a 2\\\n>f", "(a 2 >f) !words that touch cannot be read reliably @5"],
  ])("%j", (input, tree) => expect(print(parse(input))).toBe(tree));

  test.each([
    `a $((${"- ".repeat(300)}$(k)))`,
    `a $((${"0?1:".repeat(300)}$(k)))`,
    `for((${"(".repeat(300)}$(k)${")".repeat(300)};;)); do :; done`,
  ])("deep arithmetic: %.12s…", (input) => expect(parse(input).problems).not.toEqual([]));
});

describe("quotes that do not protect", () => {
  test.each<Case>([
    ["(('$(k)'))", "((<'$(k)'>)) !the shell may expand what is quoted here, as it stands in arithmetic @2"],
    ["$['$(k)']", "($((<'$(k)'>))) !the shell may expand what is quoted here, as it stands in arithmetic @2"],
    ["${A['$(k)']}", "(${A['$(k)']}) !the shell may expand what is quoted here, as it stands in arithmetic @4"],
    ["x['`k`']=1", "(x['`k`']:=1) !the shell may expand what is quoted here, as it stands in arithmetic @2"],
    ["${x:'$(k)'}", "(${x slice <'$(k)'>}) !the shell may expand what is quoted here, as it stands in arithmetic @4"],
    ["a=(['$(k)']=)", "(a:=(['$(k)']=)) !the shell may expand what is quoted here, as it stands in arithmetic @4"],
    ["a=([\\$(k)]=)", "(a:=([\\$(k)]=)) !\\$ here cannot be read reliably @4"],
    ["(($(a '$b')))", "((<$[(a '$b')]>))"],
    ["${A['b c']}", "(${A['b c']})"],
    ['"${m-$\'"$(k)"\'}"', '("${m default \'"$(k)"\'}") !quotes inside double quotes and braces cannot be read reliably @5'],
    ['"${x-\'}";k;"\'}"', '("${x default \'}";k;"\'}") !quotes inside double quotes and braces cannot be read reliably @5'],
    ["\"${x-$(a '}')}\"", "(\"${x default $[(a '}')]}\")"],
    ["declare -a x='($(k))'", "(declare -a <x:='($(k))'>) !x is an array, so its text is expanded once more @11"],
    ["declare x='($(k))'", "(declare <x:='($(k))'>)"],
  ])("%j", (input, tree) => expect(print(parse(input))).toBe(tree));
});

describe("here-documents that may end elsewhere", () => {
  test.each<Case>([
    ["cat <<$( c )\n$(c)\nk", '(cat <<$( c )="$[(c)]\\nk") !<<$( c ) may end elsewhere @4'],
    ["cat <<\\\n-n\nn\nk\n-n", '(cat <<-n="n\\nk\\n") !<<-n may end elsewhere @4'],
    ["cat <<'$E'\n$E\nk", "(cat <<'$E'=''); (k)"],
    ["$(cat <<E\na\n)\nk", '($[(cat <<E="a\\n)\\nk")]) !unterminated command substitution @0'],
  ])("%j", (input, tree) => expect(print(parse(input))).toBe(tree));
});

describe("characters", () => {
  test.each<Case>([
    ["a\0b", "(a\\u0000b) !NUL character @1"],
    ["a \ud83d b", "(a \\ud83d b) !half of a surrogate pair @2"],
    ["a \ude00\ud83d", "(a \\ude00\\ud83d) !half of a surrogate pair @2 !half of a surrogate pair @3"],
    ["a 😀", "(a 😀)"],
    ["a\nb\\", "(a); (b\\) !the text ends in a backslash @3"],
  ])("%j", (input, tree) => expect(print(parse(input))).toBe(tree));
});

describe("dash is not bash", () => {
  test.each<Case>([
    ["((k))", "((k)) !((…)) means something else in plain sh @0"],
    ["[[ a || k ]]", "[[ (a or k) ]] !an operator in [[ ]] means something else in plain sh @0"],
    ["[[ a == b ]]", "[[ a == b ]]"],
    ["function f { k; }", "function f group {(k)} !function means something else in plain sh @0"],
    ["f() { k; }", "function f group {(k)}"],
    ["a $'\\'; k #'", "(a ''; k #') !$'…' means something else in plain sh @2"],
    ["a $'\\n'", "(a '\\n') !$'…' means something else in plain sh @2"],
  ])("%j", (input, tree) => expect(print(parse(input, { shell: "dash" }))).toBe(tree));

  // What sh is differs; in POSIX.1-2024 it knows $'…', and only an escaped quote shows the difference.
  test.each<Case>([
    ["a $'\\'; k #'", "(a ''; k #') !\\' in $'…' means something else in plain sh @2"],
    ["a $'\\n'", "(a '\\n')"],
  ])("sh: %j", (input, tree) => expect(print(parse(input, { shell: "sh" }))).toBe(tree));
});
