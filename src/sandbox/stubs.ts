import { chmodSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Programs that run for real after they were recorded: they start others, or make text that others run. */
const PASSED = [
  ..."env xargs nohup timeout nice setsid stdbuf base64 base32 tr rev xxd od cat tac sed awk gawk mawk cut head tail sort uniq seq".split(
    " ",
  ),
  ..."printf echo expr basename dirname mktemp tee touch mkdir chmod ln cp mv rm rmdir true false test wc grep paste fold gzip gunzip".split(
    " ",
  ),
  ..."bash sh dash readlink realpath".split(" "),
];

/** Appends name, folder and arguments to a file of this process, each ended by a NUL. `-p`: neither BASH_ENV nor functions are read. */
const RECORD = `#!/.v/bin/bash -p
printf '%s\\0' "$0" "$PWD" "$#" "$@" >> /.v/log/$$
`;
const STUB = `${RECORD}read -r code < /.v/code
printf '%b' "$(< /.v/out)"
exit "$code"
`;
const PASS = `${RECORD}exec -a "$0" "/.v/bin/\${0##*/}" "$@"
`;

/** A folder that stands in for /usr/bin: every name is a stub, or a program behind a recorder. */
export function makeStubs(folder: string, names: Iterable<string>): void {
  mkdirSync(folder);
  const script = (name: string, text: string): void => {
    writeFileSync(join(folder, name), text);
    chmodSync(join(folder, name), 0o755);
  };
  script(".stub", STUB);
  script(".pass", PASS);
  for (const name of PASSED) symlinkSync(".pass", join(folder, name));
  addStubs(folder, names);
}

export function addStubs(folder: string, names: Iterable<string>): void {
  for (const name of names) if (isFileName(name) && !existsSync(join(folder, name))) symlinkSync(".stub", join(folder, name));
}

const isFileName = (name: string): boolean =>
  name !== "" && name !== "." && name !== ".." && !name.includes("/") && !name.includes("\0") && Buffer.byteLength(name) < 256;
