import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { NOBODY } from "./nobody.ts";

/** Ports that the sink answers on: web, mail, shells, databases, container engines, and what attacks like to call back to. */
const PORTS = [
  ...[21, 22, 23, 25, 80, 110, 143, 443, 587, 1234, 1337, 2222, 2375, 3000, 3128, 3306, 4242, 4443, 4444, 5000, 5432, 6379],
  ...[7777, 8000, 8008, 8080, 8081, 8443, 8888, 9000, 9001, 9090, 9200, 9999, 11434, 12345, 27017, 31337],
];

/**
 * Runs inside the closed network. Every address is this machine's own; names get addresses as they are asked for. The answer comes
 * late, or clients stop before they have sent what they have.
 */
const PROGRAM = `
import { appendFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { createSocket } from "node:dgram";
const folder = process.argv[2];
const body = "ok\\n";
const answer = "HTTP/1.1 200 OK\\r\\nContent-Type: text/plain\\r\\nConnection: close\\r\\nContent-Length: " + body.length + "\\r\\n\\r\\n" + body;
let number = 0;
for (const port of ${JSON.stringify(PORTS)}) {
  const server = createServer((socket) => {
    const file = folder + "/bytes-" + port + "-" + number++;
    socket.on("data", (data) => appendFileSync(file, data));
    socket.on("error", () => {});
    setTimeout(() => socket.end(answer), 40);
  });
  server.on("error", () => {});
  server.listen(port, "::");
}
const names = new Map();
const dns = createSocket("udp4");
dns.on("message", (query, from) => {
  let at = 12;
  const labels = [];
  while (at < query.length && query[at] > 0) { labels.push(query.toString("latin1", at + 1, at + 1 + query[at])); at += 1 + query[at]; }
  const name = labels.join(".").toLowerCase();
  const type = query.readUInt16BE(at + 1);
  if (!names.has(name)) { names.set(name, names.size + 1); appendFileSync(folder + "/names", "198.18." + (names.size >> 8) + "." + (names.size & 255) + " " + name + "\\n"); }
  const id = names.get(name);
  const head = Buffer.from(query.subarray(0, at + 5));
  head.writeUInt16BE(0x8180, 2);
  head.writeUInt16BE(type === 1 ? 1 : 0, 6);
  head.writeUInt32BE(0, 8);
  const record = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 198, 18, id >> 8, id & 255]);
  dns.send(type === 1 ? Buffer.concat([head, record]) : head, from.port, from.address);
});
dns.on("error", () => {});
dns.bind(53, "127.0.0.1", () => writeFileSync(folder + "/ready", ""));
`;

const START = `ip link set lo up
ip route add local 0.0.0.0/0 dev lo
ip -6 route add local ::/0 dev lo 2> /dev/null
exec "$0" "$1/sink.mjs" "$1/seen"
`;

/** A network of its own, closed to the outside, that answers everything. */
export class Sink {
  private constructor(
    private readonly child: ChildProcess,
    /** Process whose namespaces others join. */
    readonly pid: number,
    private readonly seen: string,
  ) {}

  /** Throws an Error if the network can't be set up. */
  static async open(folder: string): Promise<Sink> {
    const seen = join(folder, "seen");
    mkdirSync(seen, { recursive: true });
    chmodSync(seen, 0o777);
    writeFileSync(join(folder, "sink.mjs"), PROGRAM);
    const caps = ["--cap-add", "CAP_NET_ADMIN", "--cap-add", "CAP_NET_BIND_SERVICE"];
    const args = [
      "--unshare-all",
      "--die-with-parent",
      "--uid",
      "0",
      "--gid",
      "0",
      ...caps,
      "--ro-bind",
      "/",
      "/",
      "--dev",
      "/dev",
    ];
    const child = spawn(
      "bwrap",
      [...args, "--proc", "/proc", "--bind", folder, folder, "--info-fd", "3", "sh", "-c", START, process.execPath, folder],
      { ...NOBODY, stdio: ["ignore", "ignore", "pipe", "pipe"] },
    );
    let stderr = "";
    child.stderr?.on("data", (text: Buffer) => {
      stderr += text.toString();
    });
    const pid = await new Promise<number>((resolve, reject) => {
      child.on("error", reject);
      child.on("exit", () => reject(new Error(`the closed network did not start: ${stderr.trim()}`)));
      let info = "";
      child.stdio[3]?.on("data", (text: Buffer) => {
        info += text.toString();
        if (info.trimEnd().endsWith("}")) resolve(Number(JSON.parse(info)["child-pid"]));
      });
    });
    for (let i = 0; i < 200 && !existsSync(join(seen, "ready")); i++) await new Promise((done) => setTimeout(done, 25));
    if (!existsSync(join(seen, "ready"))) throw new Error(`the closed network did not start: ${stderr.trim()}`);
    return new Sink(child, pid, seen);
  }

  /** What was sent since the last time. */
  take(): Buffer {
    const files = readdirSync(this.seen).filter((name) => name.startsWith("bytes-"));
    const sent = files.map((name) => readFileSync(join(this.seen, name)));
    for (const name of files) rmSync(join(this.seen, name));
    return Buffer.concat(sent);
  }

  /** Address → the name that it was given for. */
  names(): ReadonlyMap<string, string> {
    const file = join(this.seen, "names");
    const lines = existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
    return new Map(lines.map((line): [string, string] => [line.split(" ")[0] ?? "", line.split(" ")[1] ?? ""]));
  }

  close(): void {
    this.child.kill("SIGKILL");
  }
}
