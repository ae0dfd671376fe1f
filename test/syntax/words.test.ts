import { describe, expect, test } from "vitest";
import { parse } from "../../src/syntax/parse.ts";
import { print } from "./print.ts";

type Case = readonly [input: string, tree: string];

describe("quotes", () => {
  test.each<Case>([
    ["'a b'c\"d\"", "('a b'c\"d\")"],
    ["\\a\\ b", "(\\a\\ b)"],
    ['"a\\b\\$\\`\\"\\\\c"', '("a\\b\\$\\`\\"\\\\c")'],
    ["a\\\nb\"c\\\nd\"'e\\\nf'", "(ab\"cd\"'e\\\\nf')"],
    ["$'a\\nb' $\"c $d\"", "('a\\nb' \"c ${d}\")"],
    ["''\"\"", "(''\"\")"],
    ["a'b", "(a'b') !unterminated single quote @1"],
    ["a\\", "(a\\)"],
    ["{a,'b c'}{1..3} ~/x *[a$b]?", "({a,'b c'}{1..3} ~/x *[a${b}]?)"],
    ["@(a|b$c|'d|e')!(f)", "(@(a|b${c}|'d|e')!(f))"],
    ["?(a|*(b|c))", "(?(a|*(b|c)))"],
    ["a\rb \u00a0c \ufeffd \u2028", "(a\\rb \u00a0c \ufeffd \u2028)"],
    ["$ $% a$", "($ $% a$)"],
  ])("%j", (input, tree) => expect(print(parse(input))).toBe(tree));
});

describe("substitutions", () => {
  test.each<Case>([
    ['$(a b) "$(c "d")"', '($[(a b)] "$[(c "d")]")'],
    ["`a \\`b \\\\$x\\` c`", "($[(a $[(b ${x})] c)])"],
    ['"`a \\"b\\"`"', '("$[(a "b")]")'],
    ["<(a) >(b | c)", "(<[(a)] >[(b) | (c)])"],
    ["--x=<(a)b.c", "(--x=<[(a)]b.c)"],
    ["$(<f)", "($[(<f)])"],
    ["$(a\nb # )\n)", "($[(a); (b)])"],
    ["$(case x in x) a;; esac)", "($[case x x) {(a)} stop])"],
    ["$((a); b)", "($[subshell {(a)}; (b)])"],
    ["$()", "($[])"],
    ["${ a;}b", "($[(a)]b)"],
  ])("%j", (input, tree) => expect(print(parse(input))).toBe(tree));
});

describe("parameters", () => {
  test.each<Case>([
    ["$a $1 $@ $? $$ $! $- $# $* $_", "(${a} ${1} ${@} ${?} ${$} ${!} ${-} ${#} ${*} ${_})"],
    ["$12 ${12} $a-b", "(${1}2 ${12} ${a}-b)"],
    ["${a-b} ${a:-b} ${a=b} ${a:=b}", "(${a default b} ${a :default b} ${a assign b} ${a :assign b})"],
    ["${a?b} ${a:?} ${a+b} ${a:+$(c)}", "(${a error b} ${a :error } ${a alternate b} ${a :alternate $[(c)]})"],
    ["${a#b} ${a##b} ${a%b}", "(${a remove prefix b} ${a remove longest prefix b} ${a remove suffix b})"],
    ["${a%%'b'*}", "(${a remove longest suffix 'b'*})"],
    [
      "${a/b/c} ${a//b} ${a/#b/c} ${a/%b/$c}",
      "(${a replace first b by c} ${a replace all b by } ${a replace prefix b by c} ${a replace suffix b by ${c}})",
    ],
    ["${a:1} ${a:x+1:-2} ${@:2}", "(${a slice 1} ${a slice (x + 1), (- 2)} ${@ slice 2})"],
    [
      "${a^} ${a^^b} ${a,} ${a,,} ${a~} ${a~~}",
      "(${a upper} ${a upper all b} ${a lower} ${a lower all} ${a toggle} ${a toggle all})",
    ],
    ["${a@Q} ${a@P}", "(${a @Q} ${a @P})"],
    ["${a[1]} ${a[$i]:-x} ${a[@]} ${#a[*]}", "(${a[1]} ${a[${i}] :default x} ${a[@]} ${#a[*]})"],
    ["${!a} ${!a-b} ${!a*} ${!a@} ${!a[@]}", "(${!a} ${!a default b} ${a names} ${a names} ${a[@] keys})"],
    ["${#a} ${#} ${##} ${#?}", "(${#a} ${#} ${##} ${#?})"],
    ['"${a:-"b c"}" "${a:-~}"', '("${a :default "b c"}" "${a :default ~}")'],
    ['"${a#"$b"}" "${a#\'*\'}"', '("${a remove prefix "${b}"}" "${a remove prefix \'*\'}")'],
    ["${a:-${b:-${c}}}", "(${a :default ${b :default ${c}}})"],
    ["${a.b}", "(${a unsupported .b})"],
  ])("%j", (input, tree) => expect(print(parse(input))).toBe(tree));
});

describe("assignments", () => {
  test.each<Case>([
    ["a=b c=$d", "(a:=b c:=${d})"],
    ["a[1]=b a[$i]+=c", "(a[1]:=b a[${i}]+:=c)"],
    ["a=(b 'c d' $e)", "(a:=(b 'c d' ${e}))"],
    ["a+=([1]=b [x]+=c [$i$j]=)", "(a+:=([1]=b [x]+=c [${i}${j}]=))"],
    ["a=(\nb # c\nd\n)", "(a:=(b d))"],
    ["declare -x a=$b c d+=e f=(g $(h))", "(declare -x <a:=${b}> c <d+:=e> <f:=(g $[(h)])>)"],
    ["export a[$i]=b", "(export <a[${i}]:=b>)"],
    ["alias a='b c'", "(alias <a:='b c'>)"],
    ["env a=b c", "(env a=b c)"],
    ["a=b=c", "(a:=b=c)"],
    ["1a=b", "(1a=b)"],
  ])("%j", (input, tree) => expect(print(parse(input))).toBe(tree));
});
