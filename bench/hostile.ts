/** Inputs made to cost much: each takes the wanted length. */
export const HOSTILE: readonly (readonly [name: string, make: (length: number) => string])[] = [
  ["nested $( )", nested("$(echo ", "x", ")")],
  ["nested backticks, flat", repeated("echo `id`; ")],
  ["nested ${ }", nested(`\${a:-`, "x", "}")],
  ["nested $(( ))", nested("$((1+", "1", "))")],
  ["nested ( )", nested("(", "id", ")")],
  ["nested { }", nested("{ ", "id", ";}")],
  ["nested quotes", nested('"$(echo ', "x", ')"')],
  ["nested if", nested("if true; then ", "id", "; fi")],
  ["unclosed $(", repeated("$(")],
  ["unclosed quotes and backslashes", repeated("\\\"'")],
  ["one long word", repeated("a")],
  ["one long quoted word", (length) => `echo '${"a".repeat(length - 7)}'`],
  ["stars", (length) => `cat ${"*".repeat(length - 4)}`],
  ["many words", (length) => `echo ${"a ".repeat((length - 5) >> 1)}`],
  ["many paths", (length) => `cat ${"/etc/a ".repeat(Math.floor((length - 4) / 7))}`],
  ["many commands", repeated("id;")],
  ["many pipes", (length) => `id${"|id".repeat(Math.floor((length - 2) / 3))}`],
  ["many &&", (length) => `id${"&&id".repeat(Math.floor((length - 2) / 4))}`],
  ["many redirects", (length) => `id${" >a".repeat(Math.floor((length - 2) / 3))}`],
  ["many files written and read", numbered((i) => `echo ${i}>f${i};cat f${i};`)],
  ["many variables", numbered((i) => `v${i}=$v${i - 1};`)],
  ["a variable that doubles", (length) => `a=x;${"a=$a$a;".repeat(Math.floor((length - 8) / 7))}echo $a`],
  ["braces that multiply", (length) => `echo ${"{a,b}".repeat(Math.floor((length - 5) / 5))}`],
  ["brace ranges", repeated("{1..99999}")],
  ["loops in loops", nested("for i in 1 2 3 4 5 6 7 8; do ", "id", "; done")],
  ["a loop over much", (length) => `for i in ${"a ".repeat((length - 30) >> 1)}; do cat $i; done`],
  ["functions that call twice", numbered((i) => `f${i}(){ f${i - 1}; f${i - 1}; };`, "f9999")],
  ["a function that calls itself", (length) => `f(){ ${"f;".repeat((length - 10) >> 1)} }; f`],
  ["branches that fork", repeated("if a; then x=1; else x=2; fi; ")],
  ["alternatives that multiply", repeated("if a; then y=${y}1; else y=${y}2; fi; ")],
  ["here-documents", numbered((i) => `cat <<E${i}\nx\nE${i}\n`)],
  ["eval of eval", (length) => `${"eval ".repeat(Math.floor((length - 2) / 5))}id`],
  ["sh -c in substitutions", repeated('sh -c "$(echo id)";')],
  ["env of env", (length) => `${"env ".repeat(Math.floor((length - 2) / 4))}id`],
  ["arithmetic", (length) => `echo $((${"1+".repeat((length - 12) >> 1)}1))`],
  [
    "arithmetic with subscripts",
    (length) => `echo $((${"a[".repeat(Math.floor((length - 12) / 3))}1${"]".repeat(Math.floor((length - 12) / 3))}))`,
  ],
  ["case patterns", (length) => `case x in ${"a|".repeat((length - 20) >> 1)}b) id;; esac`],
  ["aliases", numbered((i) => `alias a${i}='a${i - 1} x'\n`)],
  ["dots and slashes", (length) => `cat ${"../".repeat(Math.floor((length - 4) / 3))}`],
  ["an URL of dots", (length) => `curl http://${"a.".repeat((length - 13) >> 1)}`],
  ["python code", (length) => `python3 -c '${"(".repeat(length - 13)}'`],
  ["javascript code", (length) => `node -e '${"[".repeat(length - 10)}'`],
  ["globs of folders", (length) => `cat ${"/e[t]c/* ".repeat(Math.floor((length - 4) / 9))}`],
  ["folders in folders", repeated("cd a;")],
  ["folders above folders", repeated("cd ..;")],
  ["an array that grows", repeated("a+=(x);")],
  ["text made again and again", (length) => `echo ${"a".repeat(length >> 1)}${" | rev".repeat(length >> 4)}`],
  ["awk that writes", (length) => `awk '${'{ print $1 > "f" }\n'.repeat(Math.floor((length - 10) / 19))}' x`],
  ["words of a long argv", (length) => `rm -rf ${"~/x ".repeat(Math.floor((length - 8) / 4))}`],
  ["base64 in base64", (length) => `echo ${"QUFB".repeat(Math.floor((length - 20) / 4))} | base64 -d | sh`],
];

function repeated(part: string): (length: number) => string {
  return (length) => part.repeat(Math.floor(length / part.length));
}

function nested(open: string, core: string, close: string): (length: number) => string {
  return (length) => {
    const depth = Math.floor((length - core.length) / (open.length + close.length));
    return open.repeat(depth) + core + close.repeat(depth);
  };
}

function numbered(part: (i: number) => string, end = ""): (length: number) => string {
  return (length) => {
    let text = "";
    for (let i = 1; ; i++) {
      const next = part(i);
      if (text.length + next.length + end.length > length) return text + end;
      text += next;
    }
  };
}
