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
];

export const isAmbientRead = (path: string): boolean => READ_EXACTLY.has(path) || READ.some((folder) => under(path, folder));

export const isAmbientChange = (path: string): boolean =>
  CHANGED.some((folder) => under(path, folder)) ||
  TEMPORARY.some((name) => path.startsWith(name)) ||
  path.includes("/__pycache__") ||
  path === "/tmp";

const under = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);
