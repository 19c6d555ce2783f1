/**
 * Scripts that want the machine for themselves: each is contained, ended and reported, and the next script runs as if nothing had
 * been. As root and as an ordinary user. Beside each stands a control in which the mechanism is off, and the same script succeeds.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { eventually } from '@carillon/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { DEFAULT_LIMITS, KEPT_BYTES } from '../src/index.ts';
import { descendants, ended, type Host, type HostOptions, MODES, startHost } from './host.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const MEBIBYTE = 1024 * 1024;
const SECRET = 'a-secret-of-the-service-0123456789';

/** Ends what would go on for ever soon, and leaves what ends by itself its time on a busy machine. */
const SHORT: HostOptions = { limits: { wallMs: 2_000 } };
const UNLIMITED: HostOptions = { control: 'no_limits', withoutCgroups: true };

describe.each(MODES)('as %s', (mode) => {
  let host: Host;

  beforeAll(() => {
    host = startHost(mode, { CARILLON_SECRET: SECRET });
  });

  /** Whatever came before it: nothing is left of it, and scripts of both languages run, in a clean folder. */
  afterEach(async () => {
    expect(descendants(host.process.pid ?? 0)).toEqual([]);
    const python = ended(await host.python('import os\nprint("as if nothing had been", os.listdir("/tmp"))'));
    expect(python).toMatchObject({ by: 'exit', exitCode: 0, output: 'as if nothing had been []\n' });
    const javascript = ended(await host.javascript("console.log(require('fs').readdirSync('/tmp'))"));
    expect(javascript).toMatchObject({ by: 'exit', exitCode: 0, output: '[]\n' });
  });

  afterAll(async () => {
    await host.stop();
  });

  describe('processes', () => {
    const FORKS = `import os, signal, time
made = []
for _ in range(200):
    try:
        pid = os.fork()
    except OSError:
        continue
    if pid == 0:
        time.sleep(60)
        os._exit(0)
    made.append(pid)
print(len(made))
`;

    test('forking without end is bounded, and ended with all that it made', async () => {
      const run = host.python(
        'import os\nwhile True:\n    try:\n        os.fork()\n    except OSError:\n        pass\n',
        SHORT,
      );
      let most = 0;
      const sampling = setInterval(() => {
        most = Math.max(most, descendants(host.process.pid ?? 0).length);
      }, 50);
      const end = ended(await run);
      clearInterval(sampling);
      expect(end.by).toBe('wall_time');
      expect(most).toBeGreaterThan(10);
      // Bubblewrap stands outside, and a shell inside.
      expect(most).toBeLessThanOrEqual(DEFAULT_LIMITS.processes + 2);
    });

    test('as many processes as may be, and no more', async () => {
      expect(Number(ended(await host.python(FORKS)).output)).toBeLessThan(DEFAULT_LIMITS.processes);
      expect(Number(ended(await host.python(FORKS, UNLIMITED)).output)).toBe(200);
    });

    test('what leaves its parent and its session ends with the script all the same', async () => {
      const daemon = `import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.close(0); os.close(1); os.close(2)
        time.sleep(600)
    os._exit(0)
os.wait()
print("gone")
`;
      const end = ended(await host.python(daemon));
      expect(end).toMatchObject({ by: 'exit', exitCode: 0, output: 'gone\n' });
      expect(end.endedAtMs - end.startedAtMs).toBeLessThan(60_000);
    });

    test('nobody outside can be killed, neither by number nor all at once', async () => {
      const killer = `import os, signal
for pid in [1, os.getppid(), ${host.process.pid}, ${process.pid}, -1]:
    try:
        os.kill(pid, signal.SIGKILL)
        print(pid, "sent")
    except OSError as error:
        print(pid, error.strerror)
print("alive")
`;
      const end = ended(await host.python(killer));
      expect(end.output).toContain(`${host.process.pid} No such process`);
      expect(end.output).toContain(`${process.pid} No such process`);
      expect(host.process.exitCode).toBeNull();
    });
  });

  describe('memory', () => {
    const FILL = `import sys
held = []
for _ in range(60):
    held.append(b"x" * (10 * 1024 * 1024))
print("got 600 MB")
`;
    /** Four times less than the limit each, ten of them: only who counts them together sees it. */
    const FILL_TOGETHER = `import os, sys, time
pids = []
for _ in range(10):
    pid = os.fork()
    if pid == 0:
        held = b"x" * (64 * 1024 * 1024)
        time.sleep(5)
        os._exit(0)
    pids.append(pid)
failed = [status for status in (os.waitpid(pid, 0)[1] for pid in pids) if status != 0]
print("died:", len(failed))
sys.exit(1 if failed else 0)
`;
    const FILL_SHARED = `import mmap
shared = mmap.mmap(-1, 600 * 1024 * 1024)
for at in range(0, len(shared), 4096):
    shared[at] = 1
print("got 600 MB")
`;

    test('of one process', async () => {
      const end = ended(await host.python(FILL));
      expect(end.exitCode).not.toBe(0);
      expect(end.output).toBe('');
      expect(end.by === 'memory' || end.error.includes('MemoryError')).toBe(true);
      if (end.peakMemoryBytes !== undefined)
        expect(end.peakMemoryBytes).toBeLessThanOrEqual(DEFAULT_LIMITS.memoryBytes);
      expect(ended(await host.python(FILL, UNLIMITED)).output).toBe('got 600 MB\n');
    });

    test('of JavaScript, on its heap and beside it', async () => {
      const heap = 'const held = []; for (;;) held.push(new Array(1e5).fill({}));';
      expect(ended(await host.javascript(heap)).exitCode).not.toBe(0);
      const beside =
        "const held = []; for (let n = 0; n < 60; n++) held.push(Buffer.alloc(1e7, 1)); console.log('got 600 MB')";
      const end = ended(await host.javascript(beside));
      expect(end.exitCode).not.toBe(0);
      expect(end.output).toBe('');
      expect(ended(await host.javascript(beside, UNLIMITED)).output).toBe('got 600 MB\n');
    });

    test.each([false, true])('of many processes together (without control groups: %s)', async (withoutCgroups) => {
      const end = ended(await host.python(FILL_TOGETHER, { withoutCgroups }));
      expect(end).toMatchObject({ by: 'memory' });
      expect(end.exitCode).not.toBe(0);
      expect(ended(await host.python(FILL_TOGETHER, UNLIMITED))).toMatchObject({ by: 'exit', exitCode: 0 });
    });

    test.each([false, true])('that no process owns (without control groups: %s)', async (withoutCgroups) => {
      expect(ended(await host.python(FILL_SHARED, { withoutCgroups }))).toMatchObject({ by: 'memory', exitCode: 137 });
      expect(ended(await host.python(FILL_SHARED, UNLIMITED)).output).toBe('got 600 MB\n');
    });
  });

  describe('disk', () => {
    const fill = (folder: string): string => `written = 0
try:
    for number in range(1000):
        with open("${folder}/%d" % number, "wb") as file:
            for _ in range(8):
                written += file.write(b"x" * 1048576)
                file.flush()
except OSError as error:
    print(error.strerror)
print(written // 1048576)
`;

    test('the scratch folder fills up', async () => {
      const end = ended(await host.python(fill('/tmp')));
      const [reason, written] = end.output.split('\n');
      expect(reason).toBe('No space left on device');
      expect(Number(written)).toBeLessThanOrEqual(DEFAULT_LIMITS.scratchBytes / MEBIBYTE);
      const larger = ended(await host.python(fill('/tmp'), { limits: { scratchBytes: 64 * MEBIBYTE } }));
      expect(Number(larger.output.split('\n')[1])).toBeGreaterThan(DEFAULT_LIMITS.scratchBytes / MEBIBYTE);
    });

    test('a file has an end', async () => {
      const grow =
        'with open("/tmp/file", "wb") as file:\n    for _ in range(24):\n        file.write(b"x" * 1048576)\n';
      expect(ended(await host.python(grow)).error).toContain('File too large');
      expect(ended(await host.python(grow, UNLIMITED)).exitCode).toBe(0);
    });

    test('nothing else can be written to', async () => {
      for (const folder of ['/', '/script', '/dev', '/usr', '/usr/bin', '/lib64']) {
        const end = ended(await host.python(fill(folder)));
        expect([folder, end.output]).toEqual([
          folder,
          expect.stringMatching(/^(Read-only file system|Permission denied)\n0\n$/),
        ]);
      }
      const overwrite = 'open("/script/main.py", "a").write("#")';
      expect(ended(await host.python(overwrite)).error).toMatch(/Read-only|Permission denied/);
      const control = ended(await host.python('open("/file", "w").write("x")', { control: 'writable_root' }));
      expect(control.exitCode).toBe(0);
    });
  });

  describe('time', () => {
    test('an endless loop ends by its processor time', async () => {
      const limits = { cpuSeconds: 1 };
      expect(ended(await host.python('while True: pass', { limits }))).toMatchObject({ by: 'cpu_time', exitCode: 152 });
      expect(ended(await host.javascript('for (;;);', { limits }))).toMatchObject({ by: 'cpu_time', exitCode: 152 });
      // With more of it the same loop meets the next limit.
      expect(ended(await host.python('while True: pass', SHORT)).by).toBe('wall_time');
    });

    test('who will not hear of it is killed', async () => {
      const deaf =
        'import signal\nfor n in range(1, 32):\n    try: signal.signal(n, signal.SIG_IGN)\n    except OSError: pass\nwhile True: pass\n';
      expect(ended(await host.python(deaf, { limits: { cpuSeconds: 1 } }))).toMatchObject({ exitCode: 137 });
    });

    test('sleeping for ever ends too', async () => {
      const end = ended(await host.python('print("good night")\nimport time\ntime.sleep(1e6)', SHORT));
      expect(end).toMatchObject({ by: 'wall_time', exitCode: 137, output: 'good night\n' });
      expect(end.endedAtMs - end.startedAtMs).toBeGreaterThanOrEqual(2_000);
    });
  });

  describe('output', () => {
    test('printing without end ends', async () => {
      const end = ended(await host.python('while True: print("and so on " * 100)'));
      expect(end).toMatchObject({ by: 'output', truncated: true });
      expect(end.output.startsWith('and so on and so on')).toBe(true);
      expect(Buffer.byteLength(end.output)).toBeLessThanOrEqual(KEPT_BYTES);
      const error = ended(
        await host.javascript(
          "let n = 0; setInterval(() => { for (let m = 0; m < 1000; m++) console.error('line', n++); })",
        ),
      );
      expect(error).toMatchObject({ by: 'output', truncated: true, output: '' });
      expect(error.error).toMatch(/line \d+\n$/);
    });

    test('printing much is no reason to wait, or to end', async () => {
      const end = ended(
        await host.python('for n in range(5000): print("x" * 1000)\nprint("done", file=__import__("sys").stderr)'),
      );
      expect(end).toMatchObject({ by: 'exit', exitCode: 0, truncated: true, error: 'done\n' });
    });
  });

  describe('files of the host', () => {
    const read = (paths: readonly string[]): string => `import os
for path in ${JSON.stringify(paths)}:
    try:
        print(path, len(open(path, "rb").read(64)))
    except OSError as error:
        print(path, error.strerror)
`;
    const HOST_FILES = [
      '/etc/passwd',
      '/etc/shadow',
      '/etc/hostname',
      '/proc/1/environ',
      '/proc/self/environ',
      '/proc/mounts',
    ];
    const PROJECT_FILES = [
      join(ROOT, 'package.json'),
      join(ROOT, '.env.example'),
      `/proc/${process.pid}/root/etc/passwd`,
    ];

    test('none of them is there, by no way', async () => {
      const ways = HOST_FILES.flatMap((path) => [
        path,
        `/tmp/..${path}`,
        `/script/../..${path}`,
        `/usr/lib/../..${path}`,
      ]);
      const lines = ended(await host.python(read([...ways, ...PROJECT_FILES, '/root/.bashrc', '/home'])))
        .output.trim()
        .split('\n');
      expect(lines.length).toBeGreaterThan(ways.length);
      expect(lines.filter((line) => !line.endsWith('No such file or directory'))).toEqual([]);
      const control = ended(
        await host.python(read(['/etc/passwd', join(ROOT, 'package.json')]), { control: 'host_files' }),
      );
      expect(control.output).toBe(`/etc/passwd 64\n${join(ROOT, 'package.json')} 64\n`);
    });

    test('links out of the scratch folder lead nowhere', async () => {
      const links = `import os
for number, target in enumerate(["/etc/passwd", "../../../../etc/passwd", "/proc/1/root/etc/passwd", "/../etc/passwd"]):
    link = "/tmp/link%d" % number
    os.symlink(target, link)
    try:
        print(open(link).read())
    except OSError as error:
        print(error.strerror)
os.symlink("/", "/tmp/root")
print(sorted(os.listdir("/tmp/root")))
try:
    os.link("/usr/lib", "/tmp/hard")
except OSError as error:
    print("refused")
`;
      const end = ended(await host.python(links));
      expect(end.output.split('\n').slice(0, 4)).toEqual(Array(4).fill('No such file or directory'));
      expect(end.output).toContain('refused');
      expect(existsSync('/tmp/link0')).toBe(false);
      const control = ended(await host.python(links, { control: 'host_files' }));
      expect(control.output.split('\n')[0]).toBe(readFileSync('/etc/passwd', 'utf8').split('\n')[0]);
    });

    test('what it sees is its runtime and nothing else', async () => {
      const walk = `import os
for folder, folders, files in os.walk("/"):
    if folder.startswith(("/usr/lib/python", "/usr/local/lib/python", "/usr/share/zoneinfo")):
        folders.clear()
        continue
    for file in files:
        print(os.path.join(folder, file))
`;
      const files = ended(await host.python(walk))
        .output.trim()
        .split('\n');
      const expected =
        /^\/(script\/main\.py|dev\/(null|zero|random|urandom)|usr\/(local\/)?bin\/(python3[.\d]*|prlimit|dash|bash|busybox)|(usr\/)?lib(64)?\/.*\.so[.\d]*)$/;
      expect(files.filter((file) => !expected.test(file))).toEqual([]);
    });

    test('the variables of the service do not reach it', async () => {
      const python = ended(await host.python('import os\nprint(dict(os.environ))'));
      expect(python.output).toContain("'HOME': '/tmp'");
      const javascript = ended(await host.javascript('console.log(process.env)'));
      for (const { output } of [python, javascript]) expect(output).not.toMatch(/CARILLON|a-secret|DATABASE|NODE_/);
    });
  });

  describe('network', () => {
    let server: Server;
    let abstract: Server;
    const name = `carillon-runner-${process.pid}-${mode}`;
    const accepted: string[] = [];

    beforeAll(async () => {
      const greet = (how: string): Server =>
        createServer((socket) => {
          accepted.push(how);
          socket.end('hello');
        });
      server = greet('inet').listen(0, '127.0.0.1');
      abstract = greet('unix').listen(`\0${name}`);
      await eventually(() => server.listening && abstract.listening);
    });
    afterAll(() => {
      server.close();
      abstract.close();
    });

    const reach = (): string => {
      const address = server.address();
      const port = typeof address === 'object' ? address?.port : undefined;
      return `import socket
def reach(what, family, address, kind=socket.SOCK_STREAM):
    try:
        with socket.socket(family, kind) as one:
            one.settimeout(5)
            one.connect(address)
            print(what, one.recv(5).decode())
    except OSError as error:
        print(what, "refused")
reach("loopback", socket.AF_INET, ("127.0.0.1", ${port}))
# Node pads such a name to its full length.
reach("abstract", socket.AF_UNIX, "\\0${name}".ljust(108, "\\0"))
reach("outside", socket.AF_INET, ("192.0.2.1", 80))
reach("v6", socket.AF_INET6, ("::1", ${port}))
reach("machine", getattr(socket, "AF_VSOCK", 40), (2, 1024))
`;
    };

    test('nobody can be reached, neither here nor elsewhere', async () => {
      const all = 'loopback refused\nabstract refused\noutside refused\nv6 refused\nmachine refused\n';
      expect(ended(await host.python(reach())).output).toBe(all);
      // The namespace alone does it, too; only sockets of virtual machines do not belong to it.
      expect(ended(await host.python(reach(), { control: 'no_seccomp' })).output).toMatch(
        /^loopback refused\nabstract refused\noutside refused\nv6 refused\n/,
      );
      expect(accepted).toEqual([]);
      const control = ended(await host.python(reach(), { control: 'network' }));
      expect(control.output).toMatch(/^loopback hello\nabstract hello\n/);
      expect(accepted).toEqual(['inet', 'unix']);
    });

    test('sockets are made for its own processes only', async () => {
      const kinds = `import socket
for family in range(0, 46):
    if family == socket.AF_UNIX: continue
    for kind in (1, 2, 3):
        try:
            socket.socket(family, kind)
            print("made", family, kind)
        except OSError as error:
            if error.errno != 1: print(family, error)
left, right = socket.socketpair()
left.send(b"between us")
print(right.recv(20).decode())
`;
      expect(ended(await host.python(kinds)).output).toBe('between us\n');
      expect(ended(await host.python(kinds, { control: 'no_seccomp' })).output).toMatch(/^made 2 1$/m);
    });
  });

  describe('rights', () => {
    const CALLS = `import ctypes, os
library = ctypes.CDLL(None, use_errno=True)
def ask(name, *arguments):
    result = getattr(library, name)(*arguments)
    print(name, "done" if result >= 0 else os.strerror(ctypes.get_errno()))
ask("unshare", 0x10000000)
ask("mount", b"none", b"/tmp", b"tmpfs", 0, None)
ask("ptrace", 0, 0, 0, 0)
ask("memfd_create", b"x", 0)
ask("shmget", 0, 4096, 0o600 | 0o1000)
ask("syscall", 425, 1, 0)
ask("setuid", 0)
print(os.getuid(), os.geteuid())
`;

    test('no namespaces, mounts or hidden memory of its own, and no other user', async () => {
      const end = ended(await host.python(CALLS));
      const lines = end.output.trim().split('\n');
      expect(lines.slice(0, 6).filter((line) => !line.endsWith('Operation not permitted'))).toEqual([]);
      expect(lines.slice(6)).toEqual(['setuid Invalid argument', '1000 1000']);
      expect(ended(await host.python(CALLS, { control: 'no_seccomp' })).output).toMatch(/^unshare done$/m);
    });

    test.each(['python', 'javascript'] as const)('outside it is nobody that can do anything (%s)', async (language) => {
      const sleep = language === 'python' ? 'import time\ntime.sleep(60)' : 'setTimeout(() => {}, 60000)';
      const run = host[language](sleep);
      const pids = await eventually(() => {
        const found = descendants(host.process.pid ?? 0);
        const inner = found.filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('\0/script/main.'));
        const last = inner.filter((pid) => !/bwrap|prlimit|sh$/m.test(readFileSync(`/proc/${pid}/comm`, 'utf8')));
        expect(last).toHaveLength(1);
        return last;
      });
      const status = readFileSync(`/proc/${pids[0]}/status`, 'utf8');
      run.cancel();
      expect(ended(await run).by).toBe('cancelled');
      expect(status).toMatch(/^CapEff:\s+0+$/m);
      expect(status).toMatch(/^CapBnd:\s+0+$/m);
      expect(status).toMatch(/^NoNewPrivs:\s+1$/m);
      expect(status).toMatch(/^Seccomp:\s+2$/m);
      const uid = Number(/^Uid:\s+(\d+)/m.exec(status)?.[1]);
      if (mode === 'root') expect(uid).toBeGreaterThanOrEqual(60_000);
      else expect(uid).not.toBe(0);
    });
  });
});
