import { type Aspect, NAMESPACES, type Namespace, type SandboxMount } from "../../model/sandbox.ts";
import { plainSandbox } from "../../model/sandbox-defaults.ts";
import type { Configured, Position, Said } from "./configured.ts";

/** Short names of nsjail(1), and the long ones they stand for. */
const LONG: ReadonlyMap<string, string> = new Map(
  "c chroot,M mode,C config,x exec_file,u user,g group,H hostname,D cwd,p port,i max_conns_per_ip,l log,t time_limit,d daemon,v verbose,q quiet,Q really_quiet,e keep_env,E env,N disable_clone_newnet,R bindmount_ro,B bindmount,T tmpfsmount,m mount,s symlink,P seccomp_policy,I iface_own"
    .split(",")
    .map((pair): [string, string] => [pair.charAt(0), pair.slice(2)]),
);
/** Options that say nothing of the sandbox: without, and with an argument. */
const FLAGS: ReadonlySet<string> = new Set(
  "daemon verbose quiet really_quiet silent stderr_to_null skip_setsid pass_fd iface_no_lo execute_fd seccomp_log disable_rlimits_hard use_cgroupv2 detect_cgroupv2 no_pivotroot".split(
    " ",
  ),
);
const TAKES: ReadonlySet<string> = new Set(
  "mode exec_file group hostname cwd port bindhost max_conns max_conns_per_ip log log_fd time_limit max_cpus nice_level symlink rlimit_core rlimit_cpu rlimit_fsize rlimit_nofile rlimit_stack rlimit_memlock rlimit_rtprio rlimit_msgqueue gid_mapping uid_mapping proc_path seccomp_string seccomp_policy cgroup_cpu_ms_per_sec cgroup_mem_swap_max cgroup_mem_memsw_max cgroup_net_cls_classid cgroup_pids_max cgroup_mem_max rlimit_as rlimit_nproc user chroot bindmount bindmount_ro tmpfsmount mount env cap config iface_own macvlan_iface macvlan_vs_ip macvlan_vs_nm macvlan_vs_gw macvlan_vs_ma macvlan_vs_mo".split(
    " ",
  ),
);
const READ: ReadonlySet<string> = new Set(
  "rw keep_env keep_caps disable_no_new_privs disable_proc proc_rw use_pasta user_net".split(" "),
);
const CLONES: ReadonlyMap<string, Namespace> = new Map(
  NAMESPACES.map((name): [string, Namespace] => [
    `disable_clone_new${name === "network" ? "net" : name === "mount" ? "ns" : name}`,
    name,
  ]),
);

interface Option extends Said {
  readonly name: string;
}

/** An nsjail command line; undefined if it is another command. Namespaces are its own, and nothing is kept, unless an option says so. */
export function readNsjail(words: readonly Said[]): Configured | undefined {
  const [program] = words;
  if (!program || !/(^|\/)nsjail$/.test(program.text)) return undefined;
  const { options, unknown } = optionsOf(words);
  const at = new Map<string, Position>();
  for (const { about, at: position } of unknown) at.set(about, position);
  const all = (name: string): readonly Option[] => options.filter((option) => option.name === name);
  const last = (name: string): Option | undefined => all(name).at(-1);
  const mounts = mountsOf(options);
  for (const [i, mount] of mounts.entries()) at.set(`mounts ${i}`, mount.at);
  const shared = options.flatMap((option) => {
    const namespace = CLONES.get(option.name);
    if (namespace) at.set(`namespaces ${namespace}`, option.at);
    return namespace ?? [];
  });
  for (const option of all("cap")) at.set(`capabilities ${bare(option.text)}`, option.at);
  const keeps = last("keep_caps");
  if (keeps) at.set("capabilities ALL", keeps.at);
  for (const option of all("env")) at.set(`env ${nameOf(option.text)}`, option.at);
  const networked =
    shared.includes("network") || options.some(({ name }) => /^(use_pasta|user_net|macvlan_iface|iface_own)$/.test(name));
  const user = last("user");
  const base = plainSandbox("nsjail", "jail");
  const sandbox = {
    ...base,
    lifetime: "ephemeral" as const,
    readOnly: !last("rw"),
    user: {
      root: user && /^(0|root)(:|$)/.test(user.text) ? ("yes" as const) : ("no" as const),
      mapped: shared.includes("user") ? ("no" as const) : ("yes" as const),
    },
    mounts: mounts.map(({ at: _, ...mount }) => mount),
    namespaces: shared.filter((name) => name !== "user"),
    capabilities: keeps ? ["ALL"] : all("cap").map(({ text }) => bare(text)),
    seccomp: last("seccomp_policy") || last("seccomp_string") ? ("custom" as const) : ("unconfined" as const),
    gains: last("disable_no_new_privs") ? ("yes" as const) : ("no" as const),
    network: { kind: networked ? ("open" as const) : ("none" as const) },
    env: all("env").map(({ text }) => nameOf(text)),
    limits: limitsOf(last),
    unknown: unknown.map(({ about, text }) => ({ about, text })),
  };
  return { sandbox, at, where: program.at };
}

const bare = (text: string): string => text.toUpperCase().replace(/^CAP_/, "");
const nameOf = (text: string): string => text.split("=")[0] ?? text;

/** The limit on memory is on each process, 4096 MiB without another word; that on processes is the user's own. */
function limitsOf(last: (name: string) => Said | undefined): Configured["sandbox"]["limits"] {
  const set = (name: string): string | undefined => {
    const text = last(name)?.text;
    return text === undefined || /^(0|max|inf|hard|soft|def)$/.test(text) ? undefined : text;
  };
  const open = /^(max|inf|hard|soft)$/.test(last("rlimit_as")?.text ?? "");
  const memory = set("cgroup_mem_max") ?? (open ? undefined : (set("rlimit_as") ?? "4096"));
  const processes = set("cgroup_pids_max") ?? set("rlimit_nproc");
  return { ...(memory ? { memory } : {}), ...(processes ? { processes } : {}) };
}

type Placed = SandboxMount & { readonly at: Position };

function mountsOf(options: readonly Option[]): readonly Placed[] {
  const rw = options.some(({ name }) => name === "rw");
  return options.flatMap(({ name, text, at }): readonly Placed[] => {
    const [source = "", given = source, fstype = "", flags = ""] = text.split(":");
    if (name === "chroot") return [{ kind: "bind", source: text, target: "/", writable: rw, at }];
    if (name === "bindmount" || name === "bindmount_ro")
      return [{ kind: "bind", source, target: given, writable: name === "bindmount", at }];
    if (name === "tmpfsmount") return [{ kind: "tmpfs", target: source, writable: true, at }];
    if (name !== "mount") return [];
    const kind = fstype === "tmpfs" ? "tmpfs" : fstype === "proc" ? "proc" : fstype === "sysfs" ? "sysfs" : "bind";
    return [{ kind, ...(kind === "bind" ? { source } : {}), target: given, writable: !/(^|,)ro(,|$)/.test(flags), at }];
  });
}

type Doubt = Said & { readonly about: Aspect };

function optionsOf(words: readonly Said[]): { readonly options: readonly Option[]; readonly unknown: readonly Doubt[] } {
  const options: Option[] = [];
  const unknown: Doubt[] = [];
  for (let i = 1; i < words.length; i++) {
    const word = words[i];
    if (!word?.text.startsWith("-") || word.text === "--") break;
    const { name, glued } = named(word.text);
    const flag = FLAGS.has(name) || READ.has(name) || CLONES.has(name);
    const text = flag ? "" : (glued ?? (TAKES.has(name) ? (words[++i]?.text ?? "") : ""));
    if (flag || TAKES.has(name)) options.push({ name, text, at: word.at });
    else unknown.push({ text: `option ${word.text} is not understood`, at: word.at, about: "mounts" });
    if (name === "config") unknown.push({ text: `what ${text} says is not read`, at: word.at, about: "mounts" });
    if (name === "keep_env") unknown.push({ text: "the whole environment is kept", at: word.at, about: "env" });
    if (text.includes("$")) unknown.push({ text: `${text} is not known`, at: word.at, about: "mounts" });
  }
  return { options, unknown };
}

/** `--name`, `--name=value`, `-x`, `-xVALUE`. */
function named(text: string): { readonly name: string; readonly glued?: string } {
  if (text.startsWith("--")) {
    const sign = text.indexOf("=");
    return sign < 0 ? { name: text.slice(2) } : { name: text.slice(2, sign), glued: text.slice(sign + 1) };
  }
  const name = LONG.get(text.charAt(1)) ?? text;
  return text.length > 2 ? { name, glued: text.slice(2) } : { name };
}
