/** What a runner needs, says and keeps: where something is missing, places, cancelling, and what outlives its process (nothing). */
import { chmodSync, closeSync, mkdtempSync, openSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@carillon/testkit';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createBubblewrapRunner } from '../src/index.ts';
import { descendants, ended, type Host, MODES, startHost } from './host.ts';

const SLEEP = 'print("asleep")\nimport time\ntime.sleep(600)';

describe('where something is missing', () => {
  let folder: string;
  const options = { places: 1, searchPath: '/usr/local/bin:/usr/bin:/bin', now: Date.now };

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'carillon-runner-'));
    chmodSync(folder, 0o755);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const program = (name: string, text: string): string => {
    writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
    return join(folder, name);
  };

  test('without bubblewrap it is off, and says what to install', async () => {
    const result = await createBubblewrapRunner({ ...options, searchPath: folder });
    expect(result).toEqual({ kind: 'off', reason: "no bubblewrap (bwrap): install Debian's package bubblewrap" });
  });

  test('so it is without prlimit', async () => {
    const alone = mkdtempSync(join(folder, 'alone-'));
    symlinkSync('/usr/bin/bwrap', join(alone, 'bwrap'));
    const result = await createBubblewrapRunner({ ...options, searchPath: alone });
    expect(result).toEqual({ kind: 'off', reason: "no prlimit: install Debian's package util-linux" });
  });

  test('what bubblewrap may not do here is told with the remedy', async () => {
    program('bwrap', 'echo "bwrap: No permissions to create new namespace" >&2; exit 1');
    const result = await createBubblewrapRunner({ ...options, searchPath: `${folder}:${options.searchPath}` });
    expect(result.kind).toBe('off');
    expect(result.kind === 'off' && result.reason).toMatch(
      /^python: bwrap: No permissions to create new namespace; user namespaces must be allowed .* javascript: bwrap: No/,
    );
  });

  test('one that is too old is told apart', async () => {
    program('bwrap', 'echo "bwrap: Unknown option --size" >&2; exit 1');
    const result = await createBubblewrapRunner({ ...options, searchPath: `${folder}:${options.searchPath}` });
    expect(result.kind === 'off' && result.reason).toContain('bubblewrap 0.8 or newer is needed');
  });

  test('a language without its runtime is missing, and the other runs', async () => {
    const python = program('python3', 'echo "no module named encodings" >&2; exit 1');
    const result = await createBubblewrapRunner({ ...options, python });
    if (result.kind === 'off') throw new Error(result.reason);
    expect(result.runner.languages).toEqual(['javascript']);
    expect(result.runner.missing).toEqual({ python: expect.stringContaining(`${python} does not work`) });
    const end = await result.runner.run({ language: 'python', source: 'print(1)', parameters: '{}' });
    expect(end).toMatchObject({ kind: 'not_started', because: 'failed', reason: expect.stringContaining('python') });
    await result.runner.close();
  });
});

describe.each(MODES)('as %s', (mode) => {
  let host: Host;

  beforeAll(() => {
    host = startHost(mode);
  });
  afterAll(async () => {
    await host.stop();
  });

  test('parameters come in as JSON, results go out as text', async () => {
    const parameters = JSON.stringify({ name: 'Ærø \u0000 "quoted"', many: Array(5_000).fill(7) });
    const python = `import json, sys
given = json.load(sys.stdin)
print(given["name"] == "Ærø \\0 \\"quoted\\"", sum(given["many"]), "\\0")
sys.stderr.buffer.write(b"\\xff\\xfe")
sys.exit(7)
`;
    const end = ended(await host.python(python, {}, parameters));
    // What no text column takes is replaced.
    expect(end).toMatchObject({ exitCode: 7, output: 'True 35000 \uFFFD\n', error: '\uFFFD\uFFFD', truncated: false });
    const javascript =
      "import { readFileSync } from 'node:fs';\nconst given = JSON.parse(readFileSync(0, 'utf8'));\nawait null;\nconsole.log(given.many.length);";
    expect(ended(await host.javascript(javascript, {}, parameters)).output).toBe('5000\n');
  });

  test('who does not read them is not disturbed by them', async () => {
    const parameters = JSON.stringify('x'.repeat(1_000_000));
    expect(ended(await host.python('print("done")', {}, parameters))).toMatchObject({ exitCode: 0, output: 'done\n' });
  });

  test('one that is cancelled is ended with all that it started', async () => {
    const run = host.python(
      `import subprocess, sys\nsubprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])\n${SLEEP}`,
    );
    await eventually(() => descendants(host.process.pid ?? 0).length >= 4);
    run.cancel();
    expect(ended(await run)).toMatchObject({ by: 'cancelled', exitCode: 137 });
    expect(descendants(host.process.pid ?? 0)).toEqual([]);
  });

  test('as many as there are places, and the next is told so', async () => {
    const options = { places: 1 };
    const [first, second] = [host.python(SLEEP, options), host.python('print(1)', options)];
    expect((await second).end).toMatchObject({ kind: 'not_started', because: 'busy' });
    await eventually(() => descendants(host.process.pid ?? 0).length >= 3);
    first.cancel();
    expect(ended(await first).by).toBe('cancelled');
    expect(ended(await host.python('print(1)', options)).output).toBe('1\n');
  });

  test('what runs ends with a starter that is killed', async () => {
    const killed = startHost(mode);
    const run = killed.python(SLEEP);
    const pids = await eventually(() => {
      const found = descendants(killed.process.pid ?? 0);
      return found.length >= 3 && found;
    });
    const gone = expect(run).rejects.toThrow('SIGKILL');
    killed.process.kill('SIGKILL');
    await gone;
    await eventually(() => pids.every((pid) => !isAlive(pid)));
  });

  test('an open file of the starter is not the script’s', async () => {
    const file = openSync(join(import.meta.dirname, '..', 'package.json'), 'r');
    const inheriting = startHost(mode, {}, [file, file, file, file, file, file]);
    closeSync(file);
    const look = `import os
for number in range(3, 64):
    try:
        print(number, os.read(number, 20))
    except OSError as error:
        if error.errno != 9: print(number, error)
`;
    const { output } = ended(await inheriting.python(look));
    // Nothing, or the end of /dev/null.
    expect(output.split('\n').filter((line) => line !== '' && !line.endsWith(" b''"))).toEqual([]);
    await inheriting.stop();
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
