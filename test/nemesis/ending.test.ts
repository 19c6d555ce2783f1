/** What is left of a house that has ended: small worlds, and real processes that are found by the house's mark. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { eventually } from '@carillon/testkit';
import { afterEach, describe, expect, test } from '@jest/globals';
import { findProcesses, judgeLeft, judgeResting, MARKED_BY, othersOf } from '../../nemesis/judge/ending.mjs';
import { openSandbox } from '../../nemesis/sandbox.mjs';

const NOTHING = { backends: [], clients: [], processes: [] };

test('nothing that is left is well', () => {
  expect(judgeLeft(NOTHING)).toEqual([]);
});

test.each([
  ['connection_left', 'carillon-sender', { backends: [{ name: 'carillon-sender', pid: 7 }] }],
  ['redis_client_left', 'Redis', { clients: ['id=7 name='] }],
  ['process_left', '/usr/bin/bwrap', { processes: [{ pid: 7, command: '/usr/bin/bwrap' }] }],
])('%s', (kind, who, left) => {
  expect(judgeLeft({ ...NOTHING, ...left })).toMatchObject([{ kind, who }]);
});

test('of those who are connected, whoever asks is left out', () => {
  const asks = 'id=10 addr=127.0.0.1:38436 name= cmd=client|list user=default';
  const other = 'id=4 addr=127.0.0.1:38396 name= cmd=eval user=default';
  expect(othersOf(`${asks}\n${other}\n`)).toEqual([other]);
  expect(othersOf(`id=10 cmd=client user=default\n`)).toEqual([]);
});

describe('a process', () => {
  let child: ChildProcess | undefined;
  afterEach(() => void child?.kill('SIGKILL'));

  test('is found by what it was started with, and by the mark of its own house alone', async () => {
    const mark = `house-${process.pid}`;
    child = spawn('sleep', ['30'], { env: { [MARKED_BY]: mark }, stdio: 'ignore' });
    await once(child, 'spawn');
    expect(findProcesses(mark)).toEqual([{ pid: child.pid, command: 'sleep 30' }]);
    expect(findProcesses(mark.slice(0, -1))).toEqual([]);
    // While everything rests its processes run, and are no scripts.
    expect(await judgeResting({ mark }, 0)).toEqual([]);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(findProcesses(mark)).toEqual([]);
  });

  test('of a script is found inside its sandbox too, where it has no variables of ours', async () => {
    const { mark, searchPath, close } = openSandbox(() => {});
    try {
      const args = ['--unshare-all', '--die-with-parent', '--as-pid-1', '--clearenv', '--ro-bind', '/usr', '/usr'];
      const links = ['bin', 'lib', 'lib64'].flatMap((name) => ['--symlink', `usr/${name}`, `/${name}`]);
      const command = ['--', '/bin/sh', '-c', 'sleep 30; exit 0'];
      child = spawn(`${searchPath.split(':')[0]}/bwrap`, [...args, ...links, ...command], {
        env: {},
        stdio: ['pipe', 'ignore', 'ignore'],
      });
      child.stdin?.end('{"n":1}');
      const commands = () => findProcesses(mark).map(({ command }: { command: string }) => command);
      await eventually(() => commands().includes('sleep 30'), { what: 'a script in its sandbox' });
      expect(commands()).toContain('/bin/sh -c sleep 30; exit 0');
      // That of a run that is over is left, though its executor is there, and would take it along.
      const left = { kind: 'script_left', who: 'sleep 30' };
      expect(await judgeResting({ mark }, 0)).toContainEqual(expect.objectContaining(left));
      expect(await judgeResting({ mark: `${mark}-of-another` }, 0)).toEqual([]);
      child.kill('SIGKILL');
      await eventually(() => commands().length === 0, { what: 'the end of everything in it' });
    } finally {
      close();
    }
  });
});
