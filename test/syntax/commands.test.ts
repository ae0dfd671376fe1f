import { describe, expect, test } from "vitest";
import { parse } from "../../src/syntax/parse.ts";
import { print } from "./print.ts";

type Case = readonly [input: string, tree: string];

describe("simple commands and lists", () => {
  test.each<Case>([
    ["", ""],
    ["# only a comment", ""],
    ["a b c", "(a b c)"],
    ["A=1 B+=2 a", "(A:=1 B+:=2 a)"],
    ["A=1", "(A:=1)"],
    [">f", "(>f)"],
    ["a; b\nc & d &", "(a); (b); (c) &; (d) &"],
    ["a && b || c", "(a) && (b) || (c)"],
    ["a &&\n\n b", "(a) && (b)"],
    ["a | b |& c", "(a) | (b) |& (c)"],
    ["! a | b", "! (a) | (b)"],
    ["! ! a", "(a)"],
    ["time -p -- ! a", "! (a)"],
    ["time", "()"],
    ["a \\\n  b # c\nd", "(a b); (d)"],
    ["a b#c #d", "(a b#c)"],
    ["if=1 for a in b", "(if:=1 for a in b)"],
    ["echo if then fi { }", "(echo if then fi { })"],
  ])("%j", (input, tree) => expect(print(parse(input))).toBe(tree));
});

describe("compound commands", () => {
  test.each<Case>([
    ["{ a; b; }", "group {(a); (b)}"],
    ["(a; b) >f 2>&1", "subshell {(a); (b)} >f 2>&1"],
    ["if a; then b; fi", "if {(a)} {(b)}"],
    ["if a; then b; elif c; then d; else e; fi <f", "if {(a)} {(b)} elif {(c)} {(d)} else {(e)} <f"],
    ["while a; do b; done | c", "while {(a)} {(b)} | (c)"],
    ["until a; do b; done", "until {(a)} {(b)}"],
    ["for x in a $b; do c; done", "for x in a ${b} {(c)}"],
    ["for x; do c; done", "for x {(c)}"],
    ["for x in; do c; done", "for x in {(c)}"],
    ["for x in a; { c; }", "for x in a {(c)}"],
    ["select x in a b; do c; done", "select x in a b {(c)}"],
    ["for ((i=0; i<3; i++)); do a; done", "for (((i = 0); (i < 3); (i ++))) {(a)}"],
    ["for ((;;)) { a; }", "for ((; ; )) {(a)}"],
    ["case $x in a|b) c;; (d) e;& f) ;;& *) g; esac", "case ${x} a|b) {(c)} stop d) {(e)} fall f) {} test *) {(g)} stop"],
    ["f() { a; } >f", "function f group {(a)} >f"],
    ["function f (a)", "function f subshell {(a)}"],
    ["function f-1:b() if a; then b; fi", "function f-1:b if {(a)} {(b)}"],
    ["coproc a b", "coproc (a b)"],
    ["coproc N { a; } 2>f", "coproc N group {(a)} 2>f"],
    ["((x++)) && a", "(((x ++))) && (a)"],
    ["((a) | b)", "subshell {subshell {(a)} | (b)}"],
    ["!(a)", "! subshell {(a)}"],
  ])("%j", (input, tree) => expect(print(parse(input))).toBe(tree));
});

describe("[[ ]]", () => {
  test.each<Case>([
    ["[[ -f x ]]", "[[ -f x ]]"],
    ["[[ x ]]", "[[ x ]]"],
    ["[[ -n ]]", "[[ -n  ]] !expected operand after unary test operator @5"],
    ["[[ $a == b* ]]", "[[ ${a} == b* ]]"],
    ["[[ a =~ ^(b|$c)[[:space:]]$ ]]", "[[ a =~ ^(b|${c})[[:space:]]$ ]]"],
    ["[[ a < b && ! ( c || d ) ]] 2>f", "[[ (a < b and not (c or d)) ]] 2>f"],
    ["[[ a && b && c && d ]]", "[[ ((a and b) and (c and d)) ]]"],
    ["[[ ! ! a ]]", "[[ a ]]"],
    ["[ a -eq b ]", "([ a -eq b ])"],
  ])("%j", (input, tree) => expect(print(parse(input))).toBe(tree));
});

describe("redirects", () => {
  test.each<Case>([
    ["a >f <g >>h >|i <>j", "(a >f <g >>h >|i <>j)"],
    ["a 2>&1 >&2 <&- 3>&4-", "(a 2>&1 >&2 <&- 3>&4-)"],
    ["a &>f &>>g {v}>h", "(a &>f &>>g {v}>h)"],
    ["a<b>c", "(a <b >c)"],
    ["<f a >g b", "(a b <f >g)"],
    ['a <<< $x"y"', '(a <<<${x}"y")'],
    ["a > >(b) < <(c)", "(a >>[(b)] <<[(c)])"],
    ["a 2>&-b", "(a b 2>&-)"],
    ["<&-$(a)b c", "($[(a)]b c <&-)"],
    ["a 10>f", "(a 10>f)"],
    ["a >", "(a >) !expected redirect target @3"],
  ])("%j", (input, tree) => expect(print(parse(input))).toBe(tree));
});

describe("here-documents", () => {
  test.each<Case>([
    ["cat <<E\na $x `b` \\$y \\a\nE\nc", '(cat <<E="a ${x} $[(b)] \\$y \\a\\n"); (c)'],
    ["cat <<'E'\na $x\nE\n", "(cat <<'E'='a $x\\n')"],
    ['cat <<E"F" >g\n$x\nEF\n', "(cat <<'EF'='$x\\n' >g)"],
    ["cat <<\\E && b\n\\\nE\n", "(cat <<'E'='\\\\n') && (b)"],
    ["cat <<-E\n\ta\n\t\t$b\n  c\n\tE\n", '(cat <<-E="a\\n${b}\\n  c\\n")'],
    ["cat <<-'E'\n\ta\n\t b\n\tE\nc", "(cat <<-'E'='a\\n b\\n'); (c)"],
    ["a <<A b <<B\n1\nA\n2\nB\nc", '(a b <<A="1\\n" <<B="2\\n"); (c)'],
    ["cat <<E\na\\\nb\nE\n", '(cat <<E="ab\\n")'],
    ["cat <<E\nE", '(cat <<E="")'],
    ["cat <<E\nto the end", '(cat <<E="to the end")'],
    ["$(cat <<E\na\nE\n)", '($[(cat <<E="a\\n")])'],
    ["if a; then cat <<E; fi\nx\nE\nb", 'if {(a)} {(cat <<E="x\\n")}; (b)'],
  ])("%j", (input, tree) => expect(print(parse(input))).toBe(tree));
});

describe("what follows a mistake is lost, what precedes it is not", () => {
  test.each<Case>([
    ["a\nif then\nb", "(a); if {} {(b)} !expected command after 'if' @5 !expected 'fi' to close 'if' @11"],
    ["a; )", "(a) !unexpected token ')' @3"],
    ["a 'b", "(a 'b') !unterminated single quote @2"],
    ['a "$(b', '(a "$[(b)]") !unterminated double quote @2 !unterminated command substitution @3'],
    ["a;;", "(a) !unexpected token ';;' @1"],
    ["a | | b", "(a) !expected command after '|' @3 !unexpected token '|' @4"],
    ["a $(b; )) c", "(a $[(b)]) !unexpected token ')' @8"],
    ["a $(b |) c", "(a $[(b)] c) !expected command after '|' @7"],
    ["a `b |` c", "(a $[(b)] c) !expected command after '|' @6"],
    ["{ a; ", "group {(a)} !expected '}' to close brace group @5"],
  ])("%j", (input, tree) => expect(print(parse(input))).toBe(tree));
});
