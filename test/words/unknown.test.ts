import { describe, expect, it } from "vitest";
import { exact, oneOf, pattern, unknown, type Value } from "../../src/model/value.ts";
import { type Given, words } from "./session.ts";

const given = (values: Record<string, Value>): Given => ({ values });
const AB = given({ y: oneOf(["a", "b"]) });
const SPLIT = given({ y: oneOf(["a b", "c"]) });
const MAYBE = given({ y: oneOf(["", "c"]) });
const HOLE = given({ y: pattern(["x ", { origin: { by: "operator", name: "Q" } }]) });
const argument = (value: Value, count: "one" | "any" = "one") => ({ value, count, span: { start: 0, end: 0 } });

/** `…` after an argument: any number of such. */
const ROWS: readonly (readonly [title: string, script: string, words: string, given?: Given])[] = [
  ["an unquoted variable may become any number of words", 'p $x "$x" a$x "a$x"', "[$x]…[$x][a$x]…[a$x]"],
  ["home directories stay symbolic", "p ~ ~/x ~bob/y ~+ ~-", "[$HOME][$HOME/x][$~bob/y][$PWD][$OLDPWD]"],
  ["a default is what the author wrote", "p ${x:-d} ${NO:-rm} ${x-a b}", "[d][rm][a][b]"],
  ["but HOME is always set", 'p ${HOME:-d} "${PATH:+d}"', "[$HOME]…[d]"],
  ["an alternate may be there or not", 'p ${x:+d} "${x:+d}"', "[d]…[{d,}]"],
  ["alternatives of a default: what is empty is replaced", "p ${y:-d} ${y-d} ${y:+d}", "[{c,d}][c]…[d]…", MAYBE],
  ["texts multiply", 'p $y$y "$y-" ${y#a}', "[{aa,ab,ba,bb}][{a-,b-}][b]…", AB],
  ["texts that split differently share their sure words", 'p $y z$y "$y"', "[{a,c}][b]…[{za,zc}][b]…[{a b,c}]", SPLIT],
  ["known text of a pattern is split", 'p a$y.b "$y"c', "[ax][$Q.b]…[x $Qc]", HOLE],
  ["globs", "p *.txt a? [ab]c [!a-c] **/x '*' [ab [a/b]", "[*.txt]…[a?]…[[ab]c]…[[!a-c]]…[**/x]…[*][[ab][[a/b]]"],
  ["a bracket of one character names one file", "p /usr/bin/[i]d /???/b?n/[i]d", "[{/usr/bin/id,/usr/bin/[i]d}][/???/b?n/id]…"],
  ["globs out of variables", "y='*.txt'; p $y \"$y\" pre$y", "[*.txt]…[*.txt][pre*.txt]…"],
  ["extended globs that can be written down", "p @(id|env) /bin/?(x)y +(a)b", "[{id,env}]…[{/bin/xy,/bin/y}]…[*b]…"],
  [
    "removal where the known end decides",
    'y=$FOO/bar/baz.txt; p ${y##*/} "${y%/*}" "${y%.txt}" "${y#*/}"',
    "[baz.txt][$FOO/bar][$FOO/bar/baz][$FOO]",
  ],
  ["a slash out of the environment", "p ${PATH:0:1} ${HOME:0:1}etc ${SHELL:1:0}", "[/][/etc]"],
  ["letters out of the environment are the author's choice", 'p "${SHELL:1:1}"', "[$SHELL]"],
  [
    "a leading zero makes a number octal, and is said",
    "p $((010)) $((0x10)) $((10))",
    "[8][16][10] !a number with a leading zero is octal",
  ],
  ["numbers are one word", "p $? $$ $RANDOM $((RANDOM+1)) ${#x}", "[$?][$$][$RANDOM][$RANDOM][…]"],
  ["substitutions that nobody ran", 'p $(id) "$(id)" a`id`b <(id)', "[…]…[…][a…b]…[…]"],
  ["indirection through an unknown name", 'p "${!x}"', "[$x]"],
  ["prompt expansion runs code", 'p "${x@P}"', "[…] !${x@P}"],
  [
    "a subscript in a value runs code",
    "y='a[$(id)]'; p $((y)) ${b[y]}",
    "[…][$b]… !arithmetic expands a value again, and runs code in it !arithmetic expands a value again, and runs code in it",
  ],
  ["so does a reference to an element", "declare -n r='a[$(id)]'; p \"$r\"", "[…] !a subscript of a runs code"],
  ["elements by an unknown subscript", "a=(x y); p ${a[$RANDOM]} ${a[2]}", "[{x,y}]"],
  ["an unknown IFS may split anywhere", 'IFS=$FOO; y=a; p $y "$y"', "[a]…[a]"],
  [
    "assignments are not split",
    "export X=$y Z=~/a:~/b V=$(id) Q=* 'W=a b'",
    "[X=x $Q][Z=$HOME/a:$HOME/b][V=…][Q=*][W=a b]",
    HOLE,
  ],
  ["an assignment while expanding is reported", "p ${x:=d} $x $((n+=2)) $((a[1]=3))", "[d][d][$n][3]\t=x=d\t=n=$n\t=a[1]=3"],
  ["what may not be evaluated may not be assigned", "n=1; p $((RANDOM && (n=5))) $n", "[$RANDOM][{1,5}]\t=n={1,5}"],
  ["dash has no braces", "p {a,b}", "[{a,b}]", { shell: "dash" }],
  ["zsh does not split, and names programs with =", "p $y =ls", "[a b *][ls]", { shell: "zsh", values: { y: exact("a b *") } }],
  [
    "placeholders stand for values",
    "p \ue000 a\ue000b '\ue000' \"\ue000/\ue001\"",
    "[$X]…[a$Xb]…[$X][$X/…]",
    { holes: { "\ue000": unknown("operator", "X"), "\ue001": oneOf(["p", "q"]) } },
  ],
  [
    "an unknown number of positional parameters",
    'p $1 "$2" "$@" "$*" $# "${@:2}"',
    "[a][$in][a][$in]…[a $in][$#][$in]…",
    { positionals: [argument(exact("a")), argument(unknown("input", "in"), "any")] },
  ],
];

describe("what is not known stays visible", () => {
  for (const [title, script, expected, known] of ROWS) it(title, () => expect(words(script, known)).toBe(expected));
});
