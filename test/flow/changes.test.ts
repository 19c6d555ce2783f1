/**
 * Changing a job against senders that are at work: a change of the moment, of the audience or of the content comes wholly
 * before or wholly after the first claim. Never is a run both moved and sent, and once a change was accepted nothing is sent
 * before the new moment, to others than the new people, or with the old words.
 */

import { changeJob, type JobChange, readDatabaseTime, readJob } from '@carillon/db';
import { type AccountSeed, seededRandom, seedPeople } from '@carillon/testkit';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ADDRESS_PEPPER, announce, arrivalsOf, completed, type House, startHouse, wrongBatches } from './house.ts';

const PEOPLE = 40;
const ROUNDS = 50;
const HORIZON_MS = 300_000;
const seed = Number(process.env.FLOW_SEED ?? Date.now() % 1_000_000);
const random = seededRandom(seed);

let house: House;
let account: AccountSeed;
let audienceId: number;
let few: number[];

beforeAll(async () => {
  house = await startHouse();
  await house.control('latency', { minMs: 1, maxMs: 30 });
  account = await house.account('changed');
  ({ audienceId } = await seedPeople(house.db.pool, account.accountId, {
    count: PEOPLE,
    addressPepper: ADDRESS_PEPPER,
  }));
  const { rows } = await house.db.pool.query<{ id: number }>('SELECT id FROM recipients ORDER BY id LIMIT 5');
  few = rows.map(({ id }) => id);
  const sender = { SEND_CONNECTIONS: '8', SEND_BATCHES: '4', SEND_CLAIM_ROWS: '8' };
  await Promise.all([
    house.start('scheduler'),
    house.start('sweeper'),
    house.start('sender', sender),
    house.start('sender', sender),
  ]);
}, 360_000);
afterAll(() => house?.stop());

/** Waits a random while, up to about as long as a run takes from its planning to its first claims. */
function aWhile(): Promise<void> {
  const ms = random() * 160;
  return new Promise((resolve) => setTimeout(resolve, ms));
}

type Result = { readonly kind: string; readonly change: JobChange | undefined };

async function change(jobId: number, make: (nowMs: number) => JobChange): Promise<Result> {
  let made: JobChange | undefined;
  const request = { accountId: account.accountId, jobId, version: 1, actor: 'test', horizonMs: HORIZON_MS };
  const result = await changeJob(house.db.pool, request, async (_client, _job, nowMs) => {
    made = make(nowMs);
    return made;
  });
  return { kind: result.kind, change: made };
}

interface Sent {
  readonly key: string;
  readonly recipientId: number;
  readonly contentVersion: number;
  readonly sendingAtMs: number;
  readonly address: string;
}

/** Every row of the run that was ever claimed, by batch and number. */
async function claimedOf(runId: number): Promise<Map<string, Sent>> {
  const { rows } = await house.db.pool.query<Sent>(
    `SELECT batch_id || '.' || number AS key, recipient_id AS "recipientId", content_version AS "contentVersion", address,
            extract(epoch FROM sending_at)::float8 * 1000 AS "sendingAtMs"
     FROM deliveries WHERE account_id = $1 AND run_id = $2 AND try > 0`,
    [account.accountId, runId],
  );
  return new Map(rows.map((row) => [row.key, row]));
}

/** What arrived, each told by its row; a row that is gone was sent and moved, which must never be. */
async function sentOf(runId: number): Promise<Sent[]> {
  const claimed = await claimedOf(runId);
  return (await arrivalsOf(house, runId)).map(({ batchId, number }) => {
    const row = claimed.get(`${batchId}.${number}`);
    if (row === undefined) throw new Error(`batch ${batchId}, number ${number} was sent and is gone (seed ${seed})`);
    return row;
  });
}

async function eachOnce(runId: number, people: number): Promise<Sent[]> {
  const sent = await sentOf(runId);
  expect({ seed, sent: sent.length, different: new Set(sent.map(({ address }) => address)).size }).toEqual({
    seed,
    sent: people,
    different: people,
  });
  return sent;
}

const announcement = () => announce(house, account, { target: { audienceIds: [audienceId] } });

describe('a change against senders', () => {
  test(`of the moment, ${ROUNDS} times at random moments: never moved and sent`, async () => {
    const outcomes: Record<string, number> = {};
    const awaited: Promise<void>[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const job = await announcement();
      await aWhile();
      const isFar = round % 5 === 4;
      const laterMs = isFar ? 86_400_000 : 400;
      const { kind, change: made } = await change(job.jobId, (nowMs) => {
        const instantMs = Math.round(nowMs + laterMs);
        return { trigger: { stored: { type: 'at', instantMs }, dueAtMs: instantMs } };
      });
      const acknowledgedMs = await readDatabaseTime(house.db.pool);
      outcomes[`${kind}${isFar ? ' far' : ''}`] = (outcomes[`${kind}${isFar ? ' far' : ''}`] ?? 0) + 1;
      awaited.push(
        (async () => {
          // A slow machine may ask only when all is told: a job that is over is as much refused as one that began.
          if (kind === 'run_started' || kind === 'invalid_state') {
            await completed(house, job.runId);
            await eachOnce(job.runId, PEOPLE);
            return;
          }
          expect(kind).toBe('changed');
          if (isFar) {
            // Whatever could still be on its way is over when an announcement that began later is.
            const witness = await announcement();
            await completed(house, witness.runId);
            expect({ seed, arrived: await arrivalsOf(house, job.runId) }).toEqual({ seed, arrived: [] });
            const row = await readJob(house.db.pool, account.accountId, job.jobId);
            expect(row).toMatchObject({ run_id: null, version: 2, next_run_at_ms: expect.any(Number) });
            return;
          }
          await completed(house, job.runId);
          const newMs = made?.trigger?.dueAtMs as number;
          const early = (await eachOnce(job.runId, PEOPLE)).filter(({ sendingAtMs }) => sendingAtMs < newMs);
          expect({ seed, acknowledgedMs, newMs, early }).toEqual({ seed, acknowledgedMs, newMs, early: [] });
        })(),
      );
    }
    await Promise.all(awaited);
    expect(await wrongBatches(house)).toEqual([]);
    process.stderr.write(`changes of the moment (seed ${seed}): ${JSON.stringify(outcomes)}\n`);
    // The rounds meet both sides of the first claim, or they show nothing.
    expect(outcomes.changed).toBeGreaterThan(0);
    const refused = ['run_started', 'run_started far', 'invalid_state', 'invalid_state far'];
    expect(refused.reduce((sum, kind) => sum + (outcomes[kind] ?? 0), 0)).toBeGreaterThan(0);
  }, 360_000);

  test('of the audience: the new people, or the old ones, and nobody of both', async () => {
    const awaited: Promise<void>[] = [];
    for (let round = 0; round < 20; round += 1) {
      const job = await announcement();
      await aWhile();
      const target = {
        everyone: false,
        audienceIds: [],
        recipientIds: few,
        excludedAudienceIds: [],
        excludedRecipientIds: [],
      };
      const asked = { everyone: false, audiences: [], recipients: [], exclude: { audiences: [], recipients: [] } };
      const { kind } = await change(job.jobId, () => ({ audience: { target, asked } }));
      awaited.push(
        (async () => {
          await completed(house, job.runId);
          await eachOnce(job.runId, kind === 'changed' ? few.length : PEOPLE);
        })(),
      );
    }
    await Promise.all(awaited);
    expect(await wrongBatches(house)).toEqual([]);
  }, 360_000);

  test('of the content: everybody is told the same unless it had begun, and each row knows what', async () => {
    const awaited: Promise<void>[] = [];
    for (let round = 0; round < 20; round += 1) {
      const job = await announcement();
      await aWhile();
      const before = await claimedOf(job.runId);
      const { kind } = await change(job.jobId, () => ({ content: { type: 'text', text: 'The canteen is closed.' } }));
      // On a slow machine the job may be over by then, and stays as it is.
      expect(kind).toBe(kind === 'invalid_state' ? kind : 'changed');
      awaited.push(
        (async () => {
          await completed(house, job.runId);
          const versions = new Set((await eachOnce(job.runId, PEOPLE)).map(({ contentVersion }) => contentVersion));
          // What was claimed before has the old words; and then so have all others, as the run was planned whole.
          if (before.size > 0) expect(versions).toEqual(new Set([1]));
          else expect(versions.size).toBe(1);
        })(),
      );
    }
    await Promise.all(awaited);
  }, 360_000);
});
