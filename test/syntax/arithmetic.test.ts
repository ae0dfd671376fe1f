import { describe, expect, test } from "vitest";
import { numberValue } from "../../src/syntax/arithmetic-tokens.ts";
import { parse } from "../../src/syntax/parse.ts";
import { print } from "./print.ts";

type Case = readonly [expression: string, tree: string];

function printed(expression: string): string {
  return print(parse(`((${expression}))`)).replace(/^\(\((.*)\)\)/, "$1");
}

describe("operators bind as bash(1) says", () => {
  test.each<Case>([
    ["1+2*3-4", "((1 + (2 * 3)) - 4)"],
    ["2**3**2", "(2 ** (3 ** 2))"],
    ["-x**2", "((- x) ** 2)"],
    ["a=b+=3", "(a = (b += 3))"],
    ["a?b:c?d:e", "(a ? b : (c ? d : e))"],
    ["a?b,c:d", "(a ? (b , c) : d)"],
    ["a=1,b=2", "((a = 1) , (b = 2))"],
    ["a||b&&c|d^e&f==g<h<<i", "(a || (b && (c | (d ^ (e & (f == (g < (h << i))))))))"],
    ["!a+~b", "((! a) + (~ b))"],
    ["i++ + ++j - --k", "(((i ++) + (++ j)) - (-- k))"],
    ["(1+2)*3", "((1 + 2) * 3)"],
    ["a>=b", "(a >= b)"],
    ["a>>=1", "(a >>= 1)"],
  ])("%s", (expression, tree) => expect(printed(expression)).toBe(tree));
});

describe("operands", () => {
  test.each<Case>([
    ["", ""],
    ["a[i+1]", "a[i+1]"],
    ["a[b[c]]=1", "(a[b[c]] = 1)"],
    ["a[$i]++", "(a[${i}] ++)"],
    ["$x", "<${x}>"],
    ["$x+$1", "(<${x}> + <${1}>)"],
    ['"$x" + 1', '(<"${x}"> + 1)'],
    ["a$x", "<a${x}>"],
    ["10#$x", "<10#${x}>"],
    ["$(a) + `b`", "(<$[(a)]> + <$[(b)]>)"],
    ["${x:-1} * 2", "(<${x :default 1}> * 2)"],
    ["$((1+x))", "<$(((1 + x)))>"],
    ["1 + \\\n2", "(1 + 2)"],
  ])("%s", (expression, tree) => expect(printed(expression)).toBe(tree));
});

describe("what is no expression stays one word, with its substitutions", () => {
  test.each<Case>([
    ["1 @ $(a)", "<1 @ $[(a)]>"],
    ["08", "<08>"],
    ["1 +", "<1 +>"],
    ["a b", "<a b>"],
    ["1 ? 2", "<1 ? 2>"],
  ])("%s", (expression, tree) => expect(printed(expression)).toBe(tree));
});

test.each([
  ["0", 0n],
  ["010", 8n],
  ["0x1F", 31n],
  ["16#fF", 255n],
  ["2#101", 5n],
  ["37#A", 36n],
  ["64#@_", 62n * 64n + 63n],
  ["9223372036854775808", -(2n ** 63n)],
  ["08", undefined],
  ["2#3", undefined],
  ["65#1", undefined],
  ["1a", undefined],
  ["9".repeat(71), undefined],
])("number %s", (text, value) => expect(numberValue(text)).toBe(value));

test.each<Case>([
  ["echo $((1)) $[2]", "(echo $((1)) $((2)))"],
  ["${a:$(b):c[1]}", "(${a slice <$[(b)]>, c[1]})"],
  ["for ((i=$(a);; )); do b; done", "for (((i = <$[(a)]>); ; )) {(b)}"],
])("arithmetic in %s", (input, tree) => expect(print(parse(input))).toBe(tree));
