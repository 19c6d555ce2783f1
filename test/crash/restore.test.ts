/**
 * A backup taken in the middle of two announcements is restored after they went on: the procedure of docs/operations.md,
 * with its own commands. The backup is a copy of the running cluster between pg_backup_start and pg_backup_stop.
 */
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import {
  eventually,
  findSystemPostgres,
  type PostgresServer,
  type SpawnedService,
  startPostgres,
  withSession,
} from '@carillon/testkit';
import { afterEach, expect, it, jest } from '@jest/globals';
import { judge, KEPT } from './judge.ts';
import { type Announcement, PEOPLE, type Stack, startStack } from './stack.ts';

jest.setTimeout(360_000);

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const HELD = { CARILLON_HOLD: '1' };

let stack: Stack;
let folder: string;
let restored: PostgresServer | undefined;
/** With `pg_dump` and `pg_restore`, which the Postgres from npm does not have. */
const system = findSystemPostgres();

async function open(postgresBinaries?: string): Promise<void> {
  stack = await startStack({ ownPostgres: true, ownRedis: true, schedulers: 0, sweepers: 0, postgresBinaries });
  folder = mkdtempSync(join(tmpdir(), 'carillon-restore-'));
  execFileSync('chmod', ['755', folder]);
}
afterEach(async () => {
  await stack?.stop();
  await restored?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** One command of the command line, as an operator types it. */
async function carillon(...parts: string[]): Promise<Record<string, unknown>> {
  const { stdout } = await promisify(execFile)(process.execPath, ['scripts/carillon.mjs', ...parts, '--json'], {
    cwd: ROOT,
    env: {
      ...process.env,
      DATABASE_URL: stack.databaseUrl,
      CARILLON_SECRET: 'a secret of the restore test, long enough',
    },
  });
  return JSON.parse(stdout) as Record<string, unknown>;
}

/** Copies the running cluster, as an online backup does. */
async function backUp(server: PostgresServer): Promise<string> {
  const copy = join(folder, 'data');
  await withSession(server.url, async (client) => {
    await client.query(`SELECT pg_backup_start('restore test', fast => true)`);
    execFileSync('cp', ['-a', server.dataDir, copy]);
    const { rows } = await client.query<{ labelfile: string }>('SELECT labelfile FROM pg_backup_stop(false)');
    // The log as it is after the stop holds all that makes the copy whole.
    execFileSync('cp', ['-a', `${join(server.dataDir, 'pg_wal')}/.`, join(copy, 'pg_wal')]);
    const label = join(copy, 'backup_label');
    writeFileSync(label, rows[0]?.labelfile ?? '');
    execFileSync('chown', ['--reference', join(copy, 'PG_VERSION'), label]);
    rmSync(join(copy, 'postmaster.pid'), { force: true });
  });
  return copy;
}

/** How a backup is taken and restored; each has what it needs of the folder. */
interface BackupWay {
  take(): Promise<void>;
  restore(): Promise<void>;
}

const copyOfCluster: BackupWay = {
  async take() {
    await backUp(stack.postgres as PostgresServer);
  },
  async restore() {
    await (stack.postgres as PostgresServer).halt('fast');
    restored = await startPostgres({
      durable: true,
      dataDir: join(folder, 'data'),
      port: (stack.postgres as PostgresServer).port,
      database: 'carillon',
    });
  },
};

const dump: BackupWay = {
  async take() {
    const file = ['--format=custom', '--file', join(folder, 'carillon.dump')];
    await promisify(execFile)(join(system as string, 'pg_dump'), [...file, stack.databaseUrl]);
  },
  async restore() {
    await withSession((stack.postgres as PostgresServer).urlFor('postgres'), async (client) => {
      await client.query('DROP DATABASE carillon WITH (FORCE)');
      await client.query('CREATE DATABASE carillon');
    });
    const target = ['--exit-on-error', '--dbname', stack.databaseUrl];
    await promisify(execFile)(join(system as string, 'pg_restore'), [...target, join(folder, 'carillon.dump')]);
  },
};

async function ledgerAddresses({ runId }: Announcement): Promise<string[]> {
  return (await stack.ledger.addresses(runId)).filter((one) => one.acceptances > 0).map((one) => one.to);
}

const startWorkers = async (env: Record<string, string> = {}): Promise<SpawnedService[]> =>
  await Promise.all([stack.start('scheduler', env), stack.start('sweeper', env), stack.sender(env)]);

async function beatOf(): Promise<number> {
  const { rows } = await stack.database.pool.query<{ redis_beat: number }>('SELECT redis_beat FROM installation');
  return (rows[0] as { redis_beat: number }).redis_beat;
}

/** Two announcements, a backup in the middle of the first, and a restore after both went on. Nothing runs then. */
async function restoreMidRun(backup: BackupWay): Promise<{ early: Announcement; late: Announcement }> {
  const first = await startWorkers();
  const early = await stack.announce();
  await stack.accepted(early, 1_000);
  // Not yet due, and perhaps not yet expanded, when the backup is taken.
  const late = await stack.announce({ dueInMs: 1_500 });
  await backup.take();
  const beat = await beatOf();
  // Durable, and perhaps beside other tests: as long as it takes.
  await stack.completed(early, 120_000);
  await stack.accepted(late, 2_000);
  // So far ahead that no failed commit explains it.
  await eventually(async () => (await beatOf()) > beat + 20, { what: 'twenty beats' });
  for (const service of first) service.kill('SIGKILL');
  await Promise.all(first.map((service) => service.exited));

  // What was sent since the backup is known to the provider alone.
  await backup.restore();
  return { early, late };
}

async function tellsNobodyTwice(backup: BackupWay): Promise<void> {
  const { early, late } = await restoreMidRun(backup);
  const sentBefore = { early: await stack.ledger.totals(early.runId), late: await stack.ledger.totals(late.runId) };
  expect(sentBefore.early.acceptances).toBe(PEOPLE);
  await startWorkers(HELD);

  const settled = await carillon('restore', 'settle');
  expect(settled).toMatchObject({ kind: 'settled' });
  expect(settled.unknown).toBeGreaterThan(PEOPLE);
  expect(await stack.ledger.totals(early.runId)).toEqual(sentBefore.early);
  expect(await stack.ledger.totals(late.runId)).toEqual(sentBefore.late);

  for (const announcement of [early, late]) {
    const file = join(folder, `sent-${announcement.runId}.txt`);
    writeFileSync(file, `${(await ledgerAddresses(announcement)).join('\n')}\n`);
    const of = ['--account', `acc_${announcement.account.accountId}`, '--run', `run_${announcement.runId}`];
    await carillon('unknown', 'settle', ...of, '--as', 'sent', '--addresses-file', file, '--note', 'in the ledger');
    await carillon('unknown', 'settle', ...of, '--as', 'resend', '--note', 'not in the ledger');
  }
  // Held until an operator says otherwise.
  expect(await stack.ledger.totals(late.runId)).toEqual(sentBefore.late);
  const holds = (await carillon('hold', 'list')) as unknown as { items: { id: string }[] };
  for (const hold of holds.items) await carillon('hold', 'release', hold.id);

  for (const announcement of [early, late]) {
    await eventually(async () => (await ledgerAddresses(announcement)).length === PEOPLE || undefined, {
      what: `everybody of run ${announcement.runId}`,
      timeoutMs: 120_000,
    });
    await stack.completed(announcement);
    expect(await judge(stack, announcement)).toMatchObject({ ...KEPT, told: PEOPLE, unknown: 0 });
  }
}

it('tells nobody twice after a restore from a copy of the cluster that was taken mid-run', async () => {
  await open();
  await tellsNobodyTwice(copyOfCluster);
});

// Skipped where the system has no Postgres with pg_dump: the one from npm comes without it.
(system === undefined ? it.skip : it)(
  'tells nobody twice after a restore from a dump that was taken mid-run',
  async () => {
    await open(system);
    await tellsNobodyTwice(dump);
  },
);

it('is held by itself when Redis remembers more, and would tell people twice if it were not settled', async () => {
  await open();
  const { early } = await restoreMidRun(copyOfCluster);
  const before = await stack.ledger.totals(early.runId);
  await startWorkers();
  const holds = (await carillon('hold', 'list')) as unknown as { items: [{ id: string; reason: string }] };
  expect(holds.items).toMatchObject([{ reason: expect.stringMatching(/restored from a backup/) }]);
  const [hold] = holds.items;
  await expect(carillon('hold', 'release', hold.id)).rejects.toThrow(/not settled yet/);
  expect(await stack.ledger.totals(early.runId)).toEqual(before);
  // The control: what the procedure is for.
  await carillon('hold', 'release', hold.id, '--force');
  await eventually(async () => (await stack.ledger.totals(early.runId)).duplicates > 0, {
    what: 'the first duplicate',
  });
});
