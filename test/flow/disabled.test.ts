/** A provider account that is disabled sends nothing more, whoever resumes a run or sends to those missed afterwards. */
import { resumeJob } from '@carillon/db';
import { type AccountSeed, eventually, seedPeople } from '@carillon/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ADDRESS_PEPPER, announce, completed, countsOf, type House, startHouse } from './house.ts';

const PEOPLE = 40;

let house: House;
let account: AccountSeed;
let audienceId: number;

beforeAll(async () => {
  house = await startHouse();
  account = await house.account('disabled');
  ({ audienceId } = await seedPeople(house.db.pool, account.accountId, {
    count: PEOPLE,
    addressPepper: ADDRESS_PEPPER,
  }));
  await Promise.all([house.start('scheduler'), house.start('sweeper'), house.start('sender')]);
}, 360_000);
afterAll(() => house?.stop());

const setDisabled = (isDisabled: boolean) =>
  house.db.pool.query('UPDATE provider_accounts SET disabled_at = CASE WHEN $2 THEN carillon_now() END WHERE id = $1', [
    account.providerAccountId,
    isDisabled,
  ]);

async function pausedBecause(runId: number): Promise<string> {
  return await eventually(async () => {
    const { rows } = await house.db.pool.query<{ pause_reason: string | null }>(
      'SELECT pause_reason FROM runs WHERE id = $1 AND paused_at IS NOT NULL',
      [runId],
    );
    return rows[0]?.pause_reason ?? undefined;
  });
}

test('its runs are paused with the reason, also when they are resumed, until it is enabled', async () => {
  await setDisabled(true);
  const { jobId, runId } = await announce(house, account, { target: { audienceIds: [audienceId] } });
  expect(await pausedBecause(runId)).toMatch(/disabled/);
  const again = { accountId: account.accountId, jobId, actor: 'test' };
  await resumeJob(house.db.pool, again);
  expect(await pausedBecause(runId)).toMatch(/disabled/);
  expect(await countsOf(house, runId)).toMatchObject({ scheduled: PEOPLE, sending: 0, sent: 0 });
  expect(await house.ledger.addresses(runId)).toEqual([]);

  await setDisabled(false);
  await resumeJob(house.db.pool, again);
  expect(await completed(house, runId)).toMatchObject({ sent: PEOPLE });
});
