/** Each script of examples/ as its reader runs it, against a house with every service that it needs. The ledger judges. */
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createApiKey } from '@carillon/db';
import { chargesByAddress, eventually, type SpawnedService } from '@carillon/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mailServer, verifier } from '../flow/checkHouse.ts';
import { type House, startHouse } from '../flow/house.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** Scripts that a test below runs. */
const TRIED = [
  'birthdays.mjs',
  'cron.mjs',
  'follow-progress.mjs',
  'import.mjs',
  'receive-webhook.mjs',
  'schedule.mjs',
  'send-now.mjs',
  'subscription-reminders.mjs',
];

let house: House;
let api: SpawnedService;
let key: string;

beforeAll(async () => {
  house = await startHouse();
  const { accountId } = await house.account('examples');
  await mailServer(house, accountId);
  await verifier(house, accountId);
  key = (await createApiKey(house.db.pool, { accountId, name: 'examples' })).key;
  api = await house.start('api', { API_PORT: '0', ALLOW_PRIVATE_TARGETS: 'true' });
  await Promise.all(['scheduler', 'sender', 'validator', 'sweeper'].map((name) => house.start(name)));
}, 360_000);
afterAll(async () => {
  await house?.stop();
});

function start(script: string, ...args: string[]) {
  return spawn(process.execPath, [`examples/${script}`, ...args], {
    cwd: root,
    env: { PATH: process.env.PATH ?? '', CARILLON_URL: api.baseUrl, CARILLON_KEY: key },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Runs a script to its end and returns what it printed; fails with what it complained of. */
async function run(script: string, ...args: string[]): Promise<string> {
  const child = start(script, ...args);
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    out += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    err += chunk;
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`examples/${script} ended with ${code}:\n${out}${err}`);
  return out;
}

test('every script of examples/ is run here', () => {
  expect(readdirSync(`${root}examples`).filter((name) => /\.m?[jt]s$/.test(name))).toEqual(TRIED);
});

test('send-now tells two people, and follow-progress watches until both are told', async () => {
  const said = await run('send-now.mjs', 'Fire drill at noon');
  const [, job = ''] = /^(job_\d+) is accepted; its run is run_\d+$/m.exec(said) ?? [];
  const followed = await run('follow-progress.mjs', job);
  expect(followed).toMatch(/run_\d+ is over: .*; 0 duplicates left out/);
  const counts = JSON.parse(/is over: (\{.*\});/.exec(followed)?.[1] ?? '{}') as Record<string, number>;
  expect((counts.sent ?? 0) + (counts.delivered ?? 0)).toBe(2);
  const { rows } = await house.db.pool.query<{ id: number }>('SELECT id::int FROM runs ORDER BY id DESC LIMIT 1');
  expect(await house.ledger.export(rows[0]?.id ?? 0)).toHaveLength(2);
});

test('import keeps the good lines of a file and names the bad one', async () => {
  const said = await run('import.mjs');
  expect(said).toMatch(/^imp_\d+ is completed: 3 of 4 lines kept$/m);
  expect(said).toMatch(/^line 4, phone: invalid_phone: /m);
});

test('schedule plans, pauses, resumes and cancels, and nobody is told', async () => {
  const said = await run('schedule.mjs');
  expect(said).toMatch(/^job_\d+ is active; the first zone is due at \d{4}-\d\d-\d\dT/m);
  expect(said).toContain('paused: paused');
  expect(said).toContain('resumed: active');
  expect(said).toMatch(/^cancelled: cancell(?:ed|ing)$/m);
  expect(said).toContain('refused: moment_in_past at trigger.at');
});

test('birthdays plans a greeting for each at nine of theirs, and greets nobody when it is cancelled', async () => {
  const said = await run('birthdays.mjs');
  expect(said.match(/^\d{4}-\d\d-\d\d: \d birthdays, the first at \S+Z, the last at \S+Z$/gm)).not.toBeNull();
  const wanted = { mele: 'Pacific/Tongatapu', hana: 'Asia/Tokyo', luca: 'Europe/Rome', joan: 'Pacific/Honolulu' };
  for (const [name, timeZone] of Object.entries(wanted)) {
    const at = new RegExp(`^${name} is greeted at (\\S+)$`, 'm').exec(said)?.[1] ?? '';
    const clock = new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'short' }).format(new Date(at));
    expect([name, clock]).toEqual([name, '09:00']);
  }
  expect(said).toMatch(/^job_\d+ is active$/m);
  expect(said).toMatch(/^job_\d+ is cancell(?:ed|ing)$/m);
});

test('cron tells the next ten moments, and runs four times: three by its trigger and once by hand', async () => {
  const said = await run('cron.mjs');
  expect(said.match(/^\S+T09:25:00 in Europe\/Berlin is \S+Z$/gm)).toHaveLength(10);
  expect(said.match(/^manual:\d+: completed$/gm)).toHaveLength(1);
  expect(said.match(/^\d{4}-\S+Z: completed$/gm)).toHaveLength(3);
});

test('subscription-reminders has addresses checked that nobody confirmed, each once', async () => {
  const said = await run('subscription-reminders.mjs');
  expect(said).toContain('5 subscribers are known');
  expect(said).toContain('1 addresses are known, 4 are to be checked, which costs 0.016 EUR');
  for (const line of ['ada: deliverable', 'ben: deliverable', 'cleo: undeliverable', 'dan: risky', 'eve: confirmed']) {
    expect(said).toContain(`${line}\n`);
  }
  const charges = await chargesByAddress(house.simulatorUrl);
  expect([...charges].filter(([, count]) => count !== 1)).toEqual([]);
  expect(charges.size).toBe(4);
});

test('receive-webhook verifies what it is told, and takes its endpoint back when it is stopped', async () => {
  const child = start('receive-webhook.mjs');
  const ended = new Promise((resolve) => child.once('close', resolve));
  try {
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        said += chunk;
      });
    await eventually(() => /^evt_\d+ webhook\.test \{/m.test(said) || child.exitCode !== null, {
      timeoutMs: 120_000,
      what: 'the test event',
    });
    expect(said).toMatch(/^whk_\d+ is told at http:/m);
    await run('send-now.mjs', 'Fire drill at two');
    await eventually(() => /^evt_\d+ run\.completed \{/m.test(said), {
      timeoutMs: 120_000,
      what: 'the end of the run',
    });
    expect(said).not.toContain('refused');
  } finally {
    child.kill('SIGINT');
  }
  expect(await ended).toBe(0);
  const { rows } = await house.db.pool.query(
    `SELECT 1 FROM provider_accounts WHERE channel = 'webhook' AND disabled_at IS NULL`,
  );
  expect(rows).toEqual([]);
}, 360_000);
