/**
 * E-mail: a connection that is lost before, in and after the message, and a sender killed at every failpoint. SMTP knows no
 * idempotency key and reports nothing, so what the server may have is `unknown`, exactly that, and stays so.
 */
import { createHash } from 'node:crypto';
import { seededEmail } from '@carillon/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { COMPLETE, judge, KEPT } from './judge.ts';
import { type Announcement, control, EMAIL_CONNECTIONS, EMAIL_PEOPLE, type Stack, startStack } from './stack.ts';
import { strikesOf } from './strikes.ts';

jest.setTimeout(360_000);
/** Lost connections are made anew one by one; on a machine that is busy with other tests that takes a while. */
const PATIENCE_MS = 60_000;

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterEach(async () => {
  await stack?.endWorkers();
  await control(stack.simulatorUrl, 'rules', { rules: [] });
});
afterAll(() => stack?.stop());

/** Parts of the people, each with its own trouble, and where their deliveries must end. */
const TROUBLES = {
  lostBefore: { from: 0, below: 0.04, does: { fault: 'reset_before_accept', at: 'data' }, once: true, ends: 'sent' },
  lostIn: { from: 0.04, below: 0.08, does: { fault: 'reset_before_accept', at: 'body' }, once: false, ends: 'unknown' },
  lostAfter: { from: 0.08, below: 0.12, does: { fault: 'accept_and_reset' }, once: false, ends: 'unknown' },
  silent: { from: 0.12, below: 0.13, does: { fault: 'accept_and_hang' }, once: false, ends: 'unknown' },
  later: { from: 0.13, below: 0.16, does: { status: 451 }, once: true, ends: 'sent' },
  nobody: { from: 0.16, below: 0.2, does: { status: 550 }, once: false, ends: 'failed' },
} as const;
type Trouble = keyof typeof TROUBLES;

const RULES = Object.values(TROUBLES).map(({ from, below, does, once }) => ({
  match: { share: { from, below }, ...(once ? { timesPerAddress: 1 } : {}) },
  does,
}));

/** By the same hash as the simulator's. */
function troubleOf(address: string): Trouble | undefined {
  const place = createHash('sha256').update(address).digest().readUInt32BE(0) / 2 ** 32;
  return (Object.keys(TROUBLES) as Trouble[]).find(
    (name) => place >= TROUBLES[name].from && place < TROUBLES[name].below,
  );
}

const addresses = Array.from({ length: EMAIL_PEOPLE }, (_, index) => seededEmail(index + 1));
const having = (...troubles: Trouble[]): string[] =>
  addresses.filter((address) => troubles.includes(troubleOf(address) as Trouble));

const QUICK_RETRIES = { backoff: { initialMs: 200, maxMs: 500, factor: 1 } };

async function statesOf({ runId }: Announcement): Promise<Map<string, string>> {
  const { rows } = await stack.database.pool.query<{ address: string; state: string }>(
    'SELECT address, state FROM deliveries WHERE run_id = $1',
    [runId],
  );
  return new Map(rows.map(({ address, state }) => [address, state]));
}

it('tells nobody twice when connections are lost, and does not know just what nobody can know', async () => {
  await control(stack.simulatorUrl, 'rules', { rules: RULES });
  const announcement = await stack.announce({ channel: 'email', policy: QUICK_RETRIES });
  await stack.sender();
  await stack.completed(announcement, PATIENCE_MS);

  const unknown = having('lostIn', 'lostAfter', 'silent');
  const accepted = having('lostAfter', 'silent');
  const failed = having('nobody');
  // Each trouble was there at all.
  for (const name of Object.keys(TROUBLES) as Trouble[]) expect(having(name).length).toBeGreaterThan(3);
  expect(await judge(stack, announcement)).toEqual({
    ...KEPT,
    told: EMAIL_PEOPLE - having('lostIn').length - failed.length,
    unknown: unknown.length,
    unknownAccepted: accepted.length,
  });
  const states = await statesOf(announcement);
  const expected = (address: string): string => TROUBLES[troubleOf(address) ?? 'later'].ends;
  expect(addresses.filter((address) => states.get(address) !== expected(address))).toEqual([]);

  // Whom the server calls nobody is not written to again by that account.
  const { rows } = await stack.database.pool.query<{ address: string }>(
    `SELECT address FROM suppressions WHERE account_id = $1 AND channel = 'email' AND reason = 'refused' AND source = 'provider'`,
    [announcement.account.accountId],
  );
  expect(rows.map(({ address }) => address).sort()).toEqual(failed.sort());
});

describe('leaves no more unknown than connections, and nobody told twice, when a sender is killed', () => {
  it.each(strikesOf('email'))('%s', async (_, armed) => {
    const announcement = await stack.announce({ channel: 'email' });
    const doomed = await stack.sender({}, armed);
    expect(await doomed.exited).toEqual({ code: null, signal: 'SIGKILL' });
    await stack.sender();
    await stack.completed(announcement, PATIENCE_MS);
    const verdict = await judge(stack, announcement);
    expect(verdict).toMatchObject(KEPT);
    expect(verdict.unknown).toBeLessThanOrEqual(EMAIL_CONNECTIONS);
    // Whoever is not known to have been told is `unknown`, and nobody else is.
    expect(verdict.told - verdict.unknownAccepted + verdict.unknown).toBe(EMAIL_PEOPLE);
  });
});

it('tells everybody when senders are replaced under load', async () => {
  const announcement = await stack.announce({ channel: 'email' });
  const first = await stack.sender({ DRAIN_TIMEOUT_MS: '5000' });
  await stack.accepted(announcement, 300);
  await stack.sender();
  expect(await first.stop()).toEqual({ code: 0, signal: null });
  await stack.completed(announcement, PATIENCE_MS);
  expect(await judge(stack, announcement)).toEqual({ ...COMPLETE, told: EMAIL_PEOPLE });
});

it('finds duplicates when a connection that was lost after the final dot counts as one that may be tried again', async () => {
  await control(stack.simulatorUrl, 'rules', {
    rules: [{ match: { share: { from: 0, below: 0.05 }, timesPerAddress: 1 }, does: { fault: 'accept_and_reset' } }],
  });
  const announcement = await stack.announce({ channel: 'email', policy: QUICK_RETRIES });
  await stack.sender({ NEGATIVE_CONTROL: 'retry_unknown' });
  await stack.completed(announcement, PATIENCE_MS);
  const verdict = await judge(stack, announcement);
  expect(verdict.duplicates).toBeGreaterThan(0);
  expect(verdict).not.toMatchObject(KEPT);
});
