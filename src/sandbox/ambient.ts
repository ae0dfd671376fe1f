/**
 * What programs touch by themselves, whatever they are told to do: the loader, locales, accounts and name service, their own caches.
 * Never a file that holds a secret.
 */
const READ: readonly string[] = [
  "/usr",
  "/lib",
  "/lib64",
  "/bin",
  "/sbin",
  "/proc",
  "/sys",
  "/dev",
  "/etc/alternatives",
  "/etc/localtime",
  "/etc/ssl",
  "/.v",
];
const READ_EXACTLY: ReadonlySet<string> = new Set([
  ...["/", "/etc/passwd", "/etc/group", "/etc/hosts", "/etc/hostname", "/etc/resolv.conf", "/etc/nsswitch.conf", "/etc", "/tmp"],
  ...["/workspace", "/home/agent", "/home", "/home/agent/.bashrc", "/home/agent/.profile", "/run"],
]);
const CHANGED: readonly string[] = [
  "/dev",
  "/proc",
  "/home/agent/.cache",
  "/home/agent/.local/share",
  "/home/agent/.npm",
  "/var/tmp",
];
/** Names in /tmp that programs choose: mktemp(1), GNU sort, bash's here-documents, Python, node. */
const TEMPORARY: readonly string[] = [
  "/tmp/tmp",
  "/tmp/sort",
  "/tmp/sh-thd",
  "/tmp/node-",
  "/tmp/npm-",
  "/tmp/v8-",
  "/tmp/cc",
  "/tmp/perl",
  "/tmp/hsperfdata_",
  "/tmp/pymp-",
  "/tmp/pip-",
];

/** What some programs use to say who they are, to find their server, or to remember: theirs alone. */
const OWN: readonly {
  readonly programs: readonly string[];
  readonly paths?: readonly string[];
  readonly hosts?: readonly string[];
}[] = [
  { programs: ["ssh", "scp", "sftp", "rsync", "git", "sshfs", "mosh", "ansible", "docker"], paths: ["/home/agent/.ssh"] },
  { programs: ["kubectl", "helm", "k9s", "argocd", "flux"], paths: ["/home/agent/.kube", "/tmp/kustomize-*"] },
  {
    programs: ["gcloud", "gsutil", "bq"],
    paths: ["/home/agent/.config", "/home/agent/.config/gcloud", "/home/agent/.netrc", "/home/agent/.gsutil"],
    hosts: ["metadata.google.internal", "dl.google.com", "storage.googleapis.com"],
  },
  { programs: ["aws", "sam", "cdk"], paths: ["/home/agent/.aws"] },
  { programs: ["curl", "wget", "ftp", "git"], paths: ["/home/agent/.netrc"] },
  {
    programs: ["npm", "npx"],
    paths: ["/workspace/package.json", "/workspace/package-lock.json", "/workspace/node_modules"],
    hosts: ["registry.npmjs.org"],
  },
  { programs: ["mount", "umount"], paths: ["/run/mount"] },
  { programs: ["terraform", "tofu"], paths: ["/home/agent/.terraform.d"], hosts: ["checkpoint-api.hashicorp.com"] },
  { programs: ["top", "htop"], paths: ["/home/agent/.config", "/home/agent/.config/procps"] },
  { programs: ["gpg", "apt-key"], paths: ["/home/agent/.gnupg", "/tmp/apt-key-gpghome.*"] },
  { programs: ["hostnamectl", "timedatectl", "localectl", "loginctl", "systemctl", "busctl"], paths: ["/home/agent/.ssh"] },
  { programs: ["jshell", "java"], paths: ["/home/agent/.java"] },
  { programs: ["fc-list", "fc-match", "fc-cache"], paths: ["/var/cache"] },
  { programs: ["tmux"], paths: ["/tmp/tmux-1000"] },
  { programs: ["kubectl kustomize", "kubectl", "kustomize"], paths: ["/home/agent/.netrc"], hosts: ["github.com"] },
  { programs: ["whereis", "which"], paths: ["/opt"] },
  { programs: ["docker"], paths: ["/tmp/docker-build-*"] },
  { programs: ["vim", "vi"], paths: ["/workspace/.README.md.swp", "/workspace/.README.md.swx"] },
  {
    programs: ["systemd-ask-password", "systemctl", "systemd-analyze"],
    paths: ["/run/systemd", "/etc/systemd", "/tmp/systemd-*"],
  },
  // They look up their user's entry, as getspnam(3) and PAM do.
  {
    programs: [
      "createdb",
      "vacuumdb",
      "pg_dump",
      "psql",
      "pg_lsclusters",
      "pgbench",
      "newgrp",
      "su",
      "sudo",
      "passwd",
      "chage",
      "chfn",
      "dpkg-reconfigure",
    ],
    paths: ["/etc/shadow"],
  },
];

/** Whether the path or the host is one that a program of the command uses for itself. */
export function isOwn(what: string, programs: ReadonlySet<string>): boolean {
  return OWN.some(
    ({ programs: names, paths = [], hosts = [] }) =>
      names.some((name) => programs.has(name)) && (hosts.includes(what) || paths.some((path) => isAt(what, path))),
  );
}

const isAt = (what: string, path: string): boolean =>
  path.endsWith("*") ? what.startsWith(path.slice(0, -1)) : under(what, path);

export const isAmbientRead = (path: string): boolean => READ_EXACTLY.has(path) || READ.some((folder) => under(path, folder));

export const isAmbientChange = (path: string): boolean =>
  CHANGED.some((folder) => under(path, folder)) ||
  TEMPORARY.some((name) => path.startsWith(name)) ||
  path.includes("/__pycache__") ||
  path === "/tmp";

const under = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);
