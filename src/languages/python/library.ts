import { readLibrary } from "../code/library.ts";

/** Files, folders and what is around them (Python library reference: built-in functions, os, shutil, pathlib, glob, tempfile). */
const FILES = `
open io.open codecs.open os.fdopen gzip.open bz2.open lzma.open aiofiles.open tokenize.open(path, mode=r): does open
file(path, mode=r): does open
os.open(path, flags): does os-open
os.read(self_, count): does descriptor-read
os.write(self_, data): does descriptor-write
os.sendfile(out, in): in -> out
os.close os.closerange os.umask os.getcwd os.getpid(data): returns nothing
os.remove os.unlink os.rmdir os.removedirs(path): deletes path
os.rename os.renames os.replace shutil.move(src, dst): src -> dst; deletes src
os.link os.symlink(src, dst): creates dst source=src how=symlink
os.mkdir os.makedirs(path, mode): creates path
os.mkfifo os.mknod(path, mode): creates path
os.chmod os.lchmod os.fchmod(path, mode): configures path mode=mode
os.chown os.lchown shutil.chown(path, owner): configures path owner=owner
os.utime(path): configures path how=timestamp
os.setxattr(path, name, data): configures path
os.truncate(path, size): writes path truncates
os.listdir os.scandir(path=.): lists path; does names
os.walk os.fwalk(top=.): lists top recursive sweep; does walk
os.path.getsize os.path.getmtime os.path.exists os.path.isfile os.path.isdir os.path.islink os.stat os.lstat os.access os.statvfs(path): returns nothing
os.path.join os.path.abspath os.path.realpath os.path.normpath os.path.expanduser os.path.expandvars os.fspath os.fsencode os.fsdecode(path): does path
os.path.basename(path): does basename
os.path.dirname(path): does dirname
os.chroot(path): elevates path
os.chdir os.fchdir(path): returns nothing
os.readlink(path): reads path
shutil.rmtree(path): deletes path recursive
shutil.copy shutil.copyfile shutil.copy2 shutil.copytree distutils.file_util.copy_file distutils.dir_util.copy_tree(src, dst): src -> dst
shutil.copyfileobj(in, out): in -> out
shutil.make_archive(archive, format, dir): dir -> archive archive
shutil.unpack_archive(archive, dir=.): archive -> dir extract
logging.FileHandler logging.handlers.RotatingFileHandler logging.handlers.TimedRotatingFileHandler(path): appends path
shutil.which shutil.disk_usage(path): returns nothing
distutils.dir_util.remove_tree(path): deletes path recursive
glob.glob glob.iglob(pattern): does glob
fnmatch.filter(list, pattern): returns list
tempfile.mktemp(suffix): does temporary-name
tempfile.mkdtemp tempfile.TemporaryDirectory tempfile.gettempdir(suffix): does temporary-name
tempfile.mkstemp(suffix): does temporary-pair
tempfile.NamedTemporaryFile tempfile.TemporaryFile tempfile.SpooledTemporaryFile(mode): does temporary-file
fileinput.input(path=-): does open
linecache.getline linecache.getlines(path): path -> result
browser_cookie3.chrome browser_cookie3.chromium browser_cookie3.edge browser_cookie3.firefox browser_cookie3.load(a_, b_, path=/root/.config/google-chrome/Default/Cookies): path -> result
keyring.get_password keyring.get_credential secretstorage.get_default_collection secretstorage.get_all_collections(a_, b_, path=/root/.local/share/keyrings/login.keyring): path -> result
mmap.mmap(data): returns data
pathlib.Path pathlib.PosixPath pathlib.PurePath(path=.): does make-path
pathlib.Path.home pathlib.Path.cwd(): does named-path
<path>.read_text <path>.read_bytes(): self -> result
<path>.write_text <path>.write_bytes(data): data -> self
<path>.open(mode=r): does path-open
<path>.unlink <path>.rmdir(): deletes self
<path>.mkdir <path>.touch(): creates self
<path>.rename <path>.replace(dst): self -> dst; deletes self
<path>.chmod <path>.lchmod(mode): configures self mode=mode
<path>.symlink_to <path>.hardlink_to <path>.link_to(src): creates self source=src how=symlink
<path>.iterdir(): lists self; does path-children
<path>.glob <path>.rglob(pattern): does path-glob
<path>.joinpath <path>.resolve <path>.absolute <path>.expanduser <path>.with_suffix <path>.with_name <path>.parent(path): does path-join
<path>.exists <path>.is_file <path>.is_dir <path>.stat <path>.match(): returns nothing
<file>.read <file>.readline <file>.readlines <file>.readall <file>.read1 <file>.getvalue <file>.getbuffer(count): self -> result
<file>.write <file>.writelines <file>.writerow <file>.writerows(data): data -> self
<file>.truncate <file>.flush <file>.close <file>.seek <file>.tell <file>.isatty(count): returns nothing
<file>.fileno <file>.__enter__ <file>.detach(): returns self
`;

/** Programs and processes: os, subprocess, pty, signal, multiprocessing. */
const PROGRAMS = `
os.system commands.getoutput commands.getstatusoutput(command): runs command as shell
os.popen os.popen2 os.popen3 os.popen4 popen2.popen2 popen2.popen3(command): runs command as shell captured
subprocess.getoutput subprocess.getstatusoutput(command): runs command as shell captured
subprocess.run subprocess.call subprocess.check_call subprocess.check_output subprocess.Popen(args): does subprocess
asyncio.create_subprocess_shell asyncio.subprocess.create_subprocess_shell(command): runs command as shell captured
asyncio.create_subprocess_exec(args): runs args as words captured
os.execl os.execlp os.posix_spawnl(path, arg0, args): does exec-words
os.execle os.execlpe(path, arg0, args): does exec-words
os.execv os.execvp os.execve os.execvpe os.posix_spawn os.posix_spawnp(path, args): does exec-list
os.spawnl os.spawnlp os.spawnle os.spawnlpe(mode, path, arg0, args): does spawn-words
os.spawnv os.spawnvp os.spawnve os.spawnvpe(mode, path, args): does spawn-list
os.startfile webbrowser.open(path): executes path
pty.spawn(args): runs args as argv
os.fork os.forkpty pty.fork(): does fork
os.getppid os.setsid os.setpgrp os.wait os.waitpid os.nice(): returns nothing
os.dup2(from, to): does dup2
os.dup(from): returns from
os.kill os.killpg signal.pidfd_send_signal(pid, signal): signals process(pid)
os.abort sys.exit exit quit os._exit(status): returns nothing
os.setuid os.seteuid os.setreuid os.setresuid(uid): does become
os.setgid os.setegid os.setregid os.setresgid os.setgroups os.initgroups(gid): elevates group(gid)
os.reboot(): disables power:reboot
code.interact code.InteractiveConsole code.InteractiveInterpreter pdb.set_trace breakpoint IPython.embed(): executes session:python interactive
<process>.communicate(data): data -> self; self -> result
<process>.read <process>.readline <process>.readlines(count): self -> result
<process>.write <process>.writelines(data): data -> self
<process>.fileno(): returns self
<process>.wait <process>.poll <process>.close <process>.flush(): returns nothing
<process>.kill <process>.terminate <process>.send_signal(signal): returns nothing
threading.Thread multiprocessing.Process threading.Timer _thread.start_new_thread thread.start_new_thread(data): does start-function
timeit.timeit timeit.repeat cProfile.run profile.run doctest.debug_src(code): does exec
timeit.Timer cProfile.runctx profile.runctx(code): does exec
pip.main pip._internal.main pip._internal.cli.main.main(args): does pip
venv.create venv.EnvBuilder(path): creates path
shlex.split(data): does shell-words
shlex.quote pipes.quote(data): returns data
atexit.register(data): does start-function
`;

/** Hosts: socket, ssl, urllib, http, ftplib, smtplib, and the libraries that everybody has: requests, httpx, aiohttp, paramiko. */
const NETWORK = `
socket.socket(family): gives socket
socket.create_connection(address): connects address; gives socket at address
socket.create_server(address): listens address; gives socket at address
socket.socketpair socket.fromfd(): gives socket
socket.getaddrinfo socket.gethostbyname socket.gethostbyname_ex socket.getfqdn(host, port): does resolve
socket.gethostname socket.getdefaulttimeout(): process -> result
<socket>.connect <socket>.connect_ex(address): does socket-connect
<socket>.bind(address): does socket-bind
<socket>.listen(count): returns nothing
<socket>.accept(): does socket-accept
<socket>.send <socket>.sendall <socket>.sendfile <socket>.write(data): data -> self
<socket>.sendto(data, flags_or_address, address): does socket-sendto
<socket>.recv <socket>.recvfrom <socket>.read <socket>.readline <socket>.makefile_read(count): self -> result
<socket>.recv_into(buffer): self -> buffer
<socket>.fileno <socket>.makefile <socket>.detach <socket>.dup(): returns self
<socket>.setsockopt <socket>.settimeout <socket>.close <socket>.shutdown <socket>.setblocking(): returns nothing
ssl.wrap_socket <context>.wrap_socket(data): returns data
ssl.create_default_context ssl.SSLContext ssl._create_unverified_context(): gives context
asyncio.open_connection(host, port): connects tcp//(host, port); does stream-pair
asyncio.start_server(callback, host, port): listens tcp//(host, port)
urllib.request.urlopen urllib2.urlopen urllib.urlopen urllib.request.FancyURLopener(url, data): data -> url; url -> result; gives response at url
urllib.request.urlretrieve urllib.urlretrieve wget.download(url, path): url -> path
urllib.request.Request urllib2.Request(url, data, headers): does request
urllib.request.build_opener urllib2.build_opener(): gives opener
<opener>.open(url, data): data -> url; gives response at url
requests.get requests.head requests.options httpx.get httpx.head httpx.stream(url, params, data, json, headers, auth, cookies): does http
requests.post requests.put requests.patch requests.delete httpx.post httpx.put httpx.patch httpx.delete(url, data, json, files, content, headers, auth, cookies, params): does http
requests.request httpx.request(method, url, params, data, json, headers): does http-second
requests.Session requests.session httpx.Client httpx.AsyncClient aiohttp.ClientSession urllib3.PoolManager(): gives session
<session>.get <session>.head <session>.options <session>.post <session>.put <session>.patch <session>.delete <session>.ws_connect(url, data, json, files, headers, params): does http
<session>.request <session>.stream(method, url, data, json, headers, fields, body): does http-second
<response>.read <response>.readline <response>.readlines <response>.json <response>.text <response>.iter_content <response>.iter_lines <response>.aread(count): self -> result
http.client.HTTPConnection httplib.HTTPConnection(host, port): connects http//(host, port); gives http at http//(host, port)
http.client.HTTPSConnection httplib.HTTPSConnection(host, port): connects https//(host, port); gives http at https//(host, port)
<http>.request(method, route, data, headers): data -> self; headers -> self; route -> self
<http>.send <http>.putheader(data): data -> self
<http>.getresponse(): gives response at self
ftplib.FTP ftplib.FTP_TLS(host): does ftp
<ftp>.connect(host, port): does ftp
<ftp>.storbinary <ftp>.storlines(command, data): data -> self; command -> self
<ftp>.retrbinary <ftp>.retrlines(command, callback): self -> result
<ftp>.login(user, password): returns nothing
smtplib.SMTP(host, port): connects smtp//(host, port); gives mail at smtp//(host, port)
smtplib.SMTP_SSL(host, port): connects smtps//(host, port); gives mail at smtps//(host, port)
<mail>.sendmail(from, to, data): data -> self
<mail>.send_message(data): data -> self
imaplib.IMAP4(host, port): connects imap//(host, port); gives mail at imap//(host, port)
imaplib.IMAP4_SSL(host, port): connects imaps//(host, port); gives mail at imaps//(host, port)
poplib.POP3 poplib.POP3_SSL nntplib.NNTP(host, port): connects tcp//(host, port); gives mail at tcp//(host, port)
multiprocessing.connection.Client(address): connects address; gives socket at address
multiprocessing.connection.Listener(address): listens address; gives socket at address
telnetlib.Telnet(host, port): connects telnet//(host, port); gives socket at telnet//(host, port)
<socket>.read_all <socket>.read_until <socket>.read_some(): self -> result
<socket>.interact(): stdin -> self; self -> stdout
xmlrpc.client.ServerProxy xmlrpclib.ServerProxy(url): connects url; gives rpc at url
paramiko.SSHClient(): gives ssh
paramiko.Transport(address): connects address; gives ssh at address
<ssh>.connect(host, port): does ssh-connect
<ssh>.open_sftp(): gives sftp at self
paramiko.SFTPClient.from_transport paramiko.sftp_client.SFTPClient.from_transport(data): gives sftp at data
<ssh>.exec_command <ssh>.invoke_shell(data): data -> self; self -> result; opaque a command runs on another host
<sftp>.put(src, remote): src -> self
<sftp>.get(remote, dst): self -> dst
websocket.create_connection websockets.connect(url): connects url; gives socket at url
http.server.HTTPServer http.server.ThreadingHTTPServer BaseHTTPServer.HTTPServer socketserver.TCPServer SocketServer.TCPServer socketserver.ThreadingTCPServer wsgiref.simple_server.WSGIServer xmlrpc.server.SimpleXMLRPCServer SimpleXMLRPCServer.SimpleXMLRPCServer(address, handler): does serve
wsgiref.simple_server.make_server(host, port): listens http//(host, port)
http.server.test SimpleHTTPServer.test(): listens host:0.0.0.0; path:. -> host:0.0.0.0
`;

/** Encodings, archives, databases, and doors out of the language. */
const DATA = `
print pprint.pprint pprint.pp(data): does print
sys.stdout.write sys.stdout.buffer.write sys.stdout.writelines(data): data -> stdout
json.dump pickle.dump cPickle.dump yaml.dump yaml.safe_dump marshal.dump plistlib.dump(data, out): data -> out
csv.writer csv.DictWriter io.TextIOWrapper io.BufferedReader io.BufferedWriter(data): returns data
sys.stderr.write sys.stderr.buffer.write(data): data -> caller
logging.debug logging.info logging.warning logging.error logging.critical warnings.warn traceback.print_exc(data): data -> caller
input raw_input getpass.getpass(prompt): stdin -> result
sys.stdin.read sys.stdin.readline sys.stdin.readlines sys.stdin.buffer.read(): stdin -> result
os.getenv os.environ.get os.environ.pop os.environ.setdefault os.environb.get os.getenvb(name): does variable
os.putenv os.environ.__setitem__(name, data): does set-variable
os.environ.items os.environ.values os.environ.copy os.environ.keys(): environment -> result
os.uname os.getlogin getpass.getuser platform.node platform.platform platform.uname platform.system pwd.getpwall pwd.getpwuid(): process -> result
base64.b64decode base64.standard_b64decode base64.urlsafe_b64decode base64.decodebytes base64.decodestring binascii.a2b_base64(data): does decode-base64
base64.b32decode(data): does decode-base32
base64.b16decode binascii.unhexlify binascii.a2b_hex bytes.fromhex bytearray.fromhex(data): does decode-hex
base64.b85decode(data): does decode-base85
base64.a85decode(data): does decode-ascii85
zlib.decompress(data): does decode-zlib
gzip.decompress(data): does decode-gzip
bz2.decompress lzma.decompress(data): data -> result decompress
codecs.decode(data, encoding): does decode-named
codecs.encode(data, encoding): does encode-named
base64.b64encode base64.standard_b64encode base64.urlsafe_b64encode base64.encodebytes base64.encodestring binascii.b2a_base64(data): does encode-base64
base64.b32encode(data): does encode-base32
binascii.hexlify binascii.b2a_hex base64.b16encode base64.b85encode base64.a85encode urllib.parse.quote urllib.quote(data): data -> result encode
zlib.compress gzip.compress bz2.compress lzma.compress(data): data -> result compress
hashlib.md5 hashlib.sha1 hashlib.sha256 hashlib.sha512 hashlib.new hashlib.blake2b(data): data -> result hash
pickle.load pickle.loads cPickle.load cPickle.loads _pickle.loads dill.loads dill.load shelve.open jsonpickle.decode yaml.unsafe_load(data): does unpickle
marshal.load marshal.loads(data): opaque marshalled code is loaded
zipfile.ZipFile tarfile.open tarfile.TarFile.open tarfile.TarFile(path, mode=r): does archive
zipfile.is_zipfile tarfile.is_tarfile ctypes.util.find_library(path): returns nothing
<archive>.write <archive>.add <archive>.writestr(src): does archive-add
<archive>.extractall(dir=.): self -> dir extract
<archive>.extract(member, dir=.): self -> dir extract
<archive>.read <archive>.open <archive>.extractfile(member): self -> result
<archive>.namelist <archive>.getnames <archive>.infolist <archive>.getmembers <archive>.printdir <archive>.testzip(): returns nothing
sqlite3.connect dbm.open(path): reads path; writes path; gives database at path
<database>.execute <database>.executemany <database>.executescript <database>.fetchall <database>.fetchone <database>.cursor(sql): does query
ctypes.CDLL ctypes.cdll.LoadLibrary ctypes.PyDLL ctypes.WinDLL cffi.FFI(path): does native-library
exec eval execfile compile runpy.run_path(code): does exec
__import__ importlib.import_module importlib.__import__ runpy.run_module imp.load_module pkgutil.get_loader(name): does import
importlib.util.spec_from_file_location imp.load_source imp.load_compiled importlib.machinery.SourceFileLoader(name, path): does import-file
importlib.reload reload(data): returns data
getattr object.__getattribute__(object, name): does getattr
operator.attrgetter operator.methodcaller(name): does attribute-later
setattr(object, name, data): does setattr
globals locals vars(): does names-around
types.FunctionType types.CodeType(code): opaque a function is made of code bytes
chr unichr(code): does chr
ord(data): does ord
bytes bytearray str unicode(data): does text
int float(data, base): does int
repr ascii format bin oct memoryview(data): returns data
hex(data): does hex
len hash id bool isinstance issubclass callable hasattr any all round abs divmod pow(data): returns nothing
list tuple set frozenset iter sorted enumerate_(data): does list
reversed(data): does reversed
range xrange(from, to, step): does range
map itertools.starmap(function, data): does map
filter itertools.filterfalse(function, data): does filter
zip enumerate(data): does zip
functools.reduce reduce(function, data, start): does reduce
functools.partial(function): does partial
dict collections.OrderedDict collections.defaultdict(data): does dict
sum max min next(data): does element
string.join(data, separator): does join
super(): gives super
sys.setrecursionlimit sys.exc_info gc.collect time.sleep random.seed(): returns nothing
sys.settrace sys.setprofile(data): does start-function
`;

export const PYTHON_LIBRARY = readLibrary(FILES + PROGRAMS + NETWORK + DATA);

/** Modules of the standard library (3.13, and those of Python 2 with another name), and the few others whose calls are in the table. */
export const PYTHON_MODULES: ReadonlySet<string> = new Set(
  `__future__ _thread abc aifc argparse array ast asynchat asyncio asyncore atexit audioop base64 bdb binascii bisect builtins bz2 calendar cgi cgitb chunk cmath cmd
code codecs codeop collections colorsys compileall concurrent configparser contextlib contextvars copy copyreg cProfile crypt csv ctypes curses dataclasses datetime
dbm decimal difflib dis distutils doctest email encodings ensurepip enum errno faulthandler fcntl filecmp fileinput fnmatch fractions ftplib functools gc getopt
getpass gettext glob graphlib grp gzip hashlib heapq hmac html http imaplib imghdr imp importlib inspect io ipaddress itertools json keyword linecache locale logging
lzma mailbox mailcap marshal math mimetypes mmap modulefinder multiprocessing netrc nntplib numbers opcode operator optparse os ossaudiodev parser pathlib pdb pickle
pickletools pipes pkgutil platform plistlib poplib posix posixpath ntpath pprint profile pstats pty pwd py_compile pyclbr pydoc queue quopri random re readline
reprlib resource rlcompleter runpy sched secrets select selectors shelve shlex shutil signal site smtpd smtplib sndhdr socket socketserver spwd sqlite3 sre_compile
sre_constants sre_parse ssl stat statistics string stringprep struct subprocess sunau symtable sys sysconfig syslog tabnanny tarfile telnetlib tempfile termios
textwrap this threading time timeit tkinter token tokenize tomllib trace traceback tracemalloc tty turtle types typing unicodedata unittest urllib uu uuid venv
warnings wave weakref webbrowser winreg winsound wsgiref xdrlib xml xmlrpc zipapp zipfile zipimport zlib zoneinfo
__builtin__ BaseHTTPServer SimpleHTTPServer SocketServer SimpleXMLRPCServer ConfigParser Queue StringIO cStringIO cPickle commands httplib urllib2 urlparse xmlrpclib
popen2 thread HTMLParser cookielib Cookie copy_reg exceptions md5 sha sets user
requests httpx aiohttp urllib3 paramiko websocket websockets cffi dill yaml pip browser_cookie3 keyring secretstorage`.split(
    /\s+/,
  ),
);

/** Names that are there without an import. */
export const PYTHON_BUILTINS: ReadonlySet<string> = new Set(
  `open file print input raw_input exec eval execfile compile __import__ getattr setattr hasattr delattr globals locals vars dir chr unichr ord bytes bytearray str
unicode int float complex repr ascii format bin oct hex memoryview len hash id bool isinstance issubclass callable any all round abs divmod pow list tuple set
frozenset iter sorted reversed range xrange map filter zip enumerate reduce dict sum max min next type object super property staticmethod classmethod slice exit
quit breakpoint reload help`.split(/\s+/),
);
