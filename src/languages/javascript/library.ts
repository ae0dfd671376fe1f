import { readLibrary } from "../code/library.ts";

/** Files (Node.js 20, fs; `fs.promises` and the `Sync` forms are the same functions by name). */
const FILES = `
fs.readFile fs.createReadStream(path): does read-file
fs.writeFile fs.createWriteStream(path, data): does write-file
fs.appendFile(path, data): data -> path append
fs.open(path, flags=r): does open
fs.read(handle): handle -> result
fs.write fs.writev(handle, data): does descriptor-write
fs.copyFile fs.cp(src, dst): src -> dst
fs.rename(src, dst): src -> dst; deletes src
fs.link fs.symlink(src, dst): creates dst source=src how=symlink
fs.unlink(path): deletes path
fs.rm(path, options): does remove
fs.rmdir(path, options): does remove
fs.mkdir fs.mkdtemp(path): creates path
fs.chmod fs.lchmod fs.fchmod(path, mode): configures path mode=mode
fs.chown fs.lchown fs.fchown(path, owner): configures path owner=owner
fs.utimes fs.lutimes(path): configures path how=timestamp
fs.truncate(path): writes path truncates
fs.readdir fs.opendir fs.glob(path): lists path; does names
fs.watch fs.watchFile fs.exists fs.stat fs.lstat fs.access fs.realpath fs.readlink fs.statfs(path): returns nothing
fs.close fs.fsync(handle): returns nothing
path.join path.resolve path.normalize path.posix.join path.toNamespacedPath(path): does path
path.basename(path): does basename
path.dirname(path): does dirname
url.fileURLToPath url.pathToFileURL(path): returns path
os.homedir os.tmpdir(): does named-path
os.userInfo os.hostname os.networkInterfaces os.version os.release os.arch os.platform os.cpus(): process -> result
<file>.write <file>.end(data): data -> self
<file>.read <file>.readFile <file>.text <file>.arrayBuffer <file>.json <file>.bytes <file>.stream(data): self -> result
<file>.on <file>.once <file>.setEncoding <file>.resume(event): returns self
<file>.writeFile <file>.appendFile(data): data -> self
<file>.pipe(to): self -> to; returns to
<file>.pipeTo <file>.pipeThrough(to): self -> to
<file>.close(): returns nothing
stream.pipeline stream.promises.pipeline(from, to): does pipeline
Deno.readTextFile Deno.readFile(path): path -> result
Deno.writeTextFile Deno.writeFile(path, data, options): data -> path
Deno.open Deno.create(path): does open
Deno.remove(path, options): does remove
Deno.rename(src, dst): src -> dst; deletes src
Deno.copyFile(src, dst): src -> dst
Deno.mkdir(path): creates path
Deno.symlink Deno.link(src, dst): creates dst source=src how=symlink
Deno.chmod(path, mode): configures path mode=mode
Deno.chown(path, owner): configures path owner=owner
Deno.readDir(path): lists path; does names
Bun.file(path): does bun-file
Bun.write(path, data): does bun-write
`;

const PROGRAMS = `
child_process.exec child_process.execSync(command, options): does exec-shell
child_process.execFile child_process.execFileSync(path, args, options): does spawn
child_process.spawn child_process.spawnSync(path, args, options): does spawn
child_process.fork(path, args): does fork
cluster.fork(): returns nothing
worker_threads.Worker(path, options): does worker
Worker(path): does worker
execa execa.execa execa.execaSync cross-spawn cross-spawn.spawn cross-spawn.sync(path, args, options): does spawn
execa.command execa.execaCommand shelljs.exec zx.$ $ Bun.$ bun.$ execa.$(command): runs command as shell captured
Deno.run(options): does deno-run
Deno.Command(path, options): does deno-command
Bun.spawn Bun.spawnSync(args, options): does bun-spawn
process.kill Deno.kill(pid, signal): signals process(pid)
process.exit process.abort process.cwd process.uptime process.memoryUsage process.hrtime process.nextTick_ Deno.exit Deno.cwd(): returns nothing
process.setuid process.seteuid process.setgid process.setegid(uid): elevates account(uid)
process.binding process._linkedBinding process.dlopen(name): opaque the inside of the interpreter is used
Deno.dlopen bun:ffi.dlopen ffi-napi.Library ffi.Library koffi.load(path): opaque a library is called outside the language
repl.start inspector.open(): executes session:node interactive
<process>.pipe(to): self -> to; returns to
<process>.write <process>.end(data): data -> self
<process>.output <process>.outputSync <process>.text <process>.toString <process>.trim <process>.read <process>.lines <process>.json(data): self -> result
<process>.kill <process>.unref <process>.ref <process>.spawn <process>.on <process>.once <process>.setEncoding(): returns self
`;

const NETWORK = `
net.connect net.createConnection net.Socket.connect(port, host): does net-connect
tls.connect(port, host): does tls-connect
net.Socket tls.TLSSocket(): gives socket
net.createServer tls.createServer(listener): does server
http.createServer https.createServer http2.createServer http2.createSecureServer(options, listener): does http-server
http.Server https.Server net.Server(listener): does server
dgram.createSocket(type): gives datagram
<datagram>.send(data): does datagram-send
<datagram>.bind(port): does server-listen
<datagram>.on(event): returns self
<socket>.connect(port, host): does net-connect
<socket>.write <socket>.end <socket>.send(data): data -> self
<socket>.pipe(to): self -> to; returns to
<socket>.read(data): self -> result
<socket>.on <socket>.once <socket>.addListener <socket>.addEventListener <socket>.setTimeout <socket>.destroy <socket>.setEncoding <socket>.setNoDelay <socket>.close(): returns self
<server>.listen(port, host): does server-listen
<server>.on <server>.once <server>.close <server>.unref(): returns self
http.get https.get http.request https.request(url): does http-request
http2.connect(url): connects url; gives socket at url
<request>.write <request>.end <request>.setHeader(data): data -> self
<request>.on <request>.once <request>.setTimeout(event): does request-event
<response>.on <response>.once <response>.resume(event): returns self
<response>.read <response>.text <response>.json <response>.arrayBuffer <response>.blob <response>.bytes <response>.setEncoding(data): self -> result
<response>.pipe <response>.pipeTo(to): self -> to; returns to
fetch node-fetch undici.fetch undici.request got got.get superagent.get needle.get request request.get axios axios.get axios.head axios.request ky ky.get node-fetch.default(url, options): does fetch
axios.post axios.put axios.patch axios.delete got.post got.put superagent.post needle.post request.post ky.post(url, data, options): does fetch
WebSocket ws ws.WebSocket EventSource socket.io-client socket.io-client.io(url): connects url; gives socket at url
XMLHttpRequest(): gives xhr
<xhr>.open(method, url): does xhr-open
<xhr>.send(data): data -> self
dns.lookup dns.resolve dns.resolve4 dns.resolve6 dns.resolveTxt dns.resolveAny dns.resolveMx dns.resolveNs dns.resolveCname(host): does resolve
navigator.sendBeacon(url, data): data -> url
Deno.connect Deno.connectTls Bun.connect(options): does net-connect
Deno.listen Deno.listenTls(options): does deno-listen
Deno.serve Bun.serve Bun.listen(options): does deno-listen
`;

const DATA = `
console.log console.info console.dir console.table console.debug(data): does print
console.error console.warn console.trace(data): data -> caller
process.stdout.write(data): data -> stdout
process.stderr.write(data): data -> caller
prompt readline.createInterface(options): stdin -> result
process.env.toString(): environment -> result
Deno.env.get Bun.env.get(name): does variable
Deno.env.toObject(): environment -> result
eval(code): does eval
Function GeneratorFunction AsyncFunction(code): does function
vm.runInThisContext vm.runInNewContext vm.runInContext vm.Script vm.compileFunction vm.SourceTextModule(code): does eval
<script>.runInThisContext <script>.runInNewContext(): returns nothing
setTimeout setInterval setImmediate queueMicrotask process.nextTick requestAnimationFrame(callback): does timer
require module.createRequire_ Module._load module._load module.require(name): does require
module.createRequire(path): does create-require
require.resolve(name): returns name
Buffer Buffer.from(data, encoding): does buffer
Buffer.alloc Buffer.allocUnsafe(size): returns nothing
Buffer.concat(list): does buffer-concat
atob(data): does decode-base64
btoa(data): data -> result encode
String(data): does string
String.raw(data): returns data
String.fromCharCode String.fromCodePoint(code): does from-char-code
Array Array.of(data): does array-of
Array.from(data): does list
Object.keys Object.getOwnPropertyNames(data): does keys
Object.values(data): does values
Object.entries(data): does entries
Object.assign(target): does assign
Object.freeze Object.create structuredClone(data): returns data
Number parseInt parseFloat(data): does number
decodeURIComponent unescape decodeURI(data): does decode-uri
encodeURIComponent escape encodeURI querystring.stringify querystring.escape(data): returns data
JSON.parse JSON.stringify(data): does json
Math.floor Math.round Math.random Math.max Date.now performance.now(): returns nothing
URL URLSearchParams(url): does url
TextDecoder TextEncoder(encoding): gives text-coder
<text-coder>.decode <text-coder>.encode(data): returns data
Promise(callback): does promise
Promise.resolve Promise.all Promise.race Promise.any Promise.allSettled(data): returns data
util.promisify util.callbackify(function): returns function
util.inspect util.format(data): data -> result
Reflect.apply(function, self_, args): does reflect-apply
Reflect.get(object, name): does reflect-get
zlib.gunzip zlib.unzip(data): does decode-gzip
zlib.inflate(data): does decode-zlib
zlib.inflateRaw(data): does decode-raw
zlib.brotliDecompress(data): data -> result decompress
zlib.gzip zlib.deflate zlib.deflateRaw zlib.brotliCompress(data): data -> result compress
crypto.createHash crypto.createHmac crypto.hash(data): gives hash
<hash>.update(data): data -> self; returns self
crypto.createDecipheriv crypto.createDecipher crypto.privateDecrypt(data): gives cipher
<cipher>.update(data): data -> result decrypt
<cipher>.final(): returns nothing
sqlite.DatabaseSync bun:sqlite.Database(path): does sqlite
v8.deserialize node-serialize.unserialize serialize-javascript.deserialize(data): opaque serialized data is loaded, which may run code
`;

export const JAVASCRIPT_LIBRARY = readLibrary(FILES + PROGRAMS + NETWORK + DATA);

/** Modules of Node.js, of Bun and Deno, and the few others whose calls are in the table. */
export const JAVASCRIPT_MODULES: ReadonlySet<string> = new Set(
  `assert async_hooks buffer child_process cluster console constants crypto dgram diagnostics_channel dns domain events fs http http2 https inspector module net os
path perf_hooks process punycode querystring readline repl sea sqlite stream string_decoder sys test timers tls trace_events tty url util v8 vm wasi
worker_threads zlib bun Bun Deno Module
execa cross-spawn shelljs zx node-fetch undici got superagent needle request axios ky ws socket.io-client ffi-napi ffi koffi node-serialize serialize-javascript`.split(
    /\s+/,
  ),
);

/** Names that are there without an import. In `node -e` and the REPL the modules are as well. */
export const JAVASCRIPT_GLOBALS: ReadonlySet<string> = new Set(
  `console process eval Function setTimeout setInterval setImmediate queueMicrotask require module Buffer atob btoa String Array Object Number Boolean Symbol BigInt
parseInt parseFloat decodeURIComponent encodeURIComponent decodeURI encodeURI escape unescape JSON Math Date performance URL URLSearchParams TextDecoder TextEncoder
Promise Reflect Proxy Map Set WeakMap WeakSet RegExp Error fetch WebSocket EventSource XMLHttpRequest Worker navigator prompt structuredClone requestAnimationFrame
Uint8Array Intl globalThis global window self exports crypto Deno Bun $ isNaN isFinite WebAssembly AbortController Headers Request Response FormData Blob`.split(
    /\s+/,
  ),
);
