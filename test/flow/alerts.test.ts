/**
 * Operators are told that a channel is late, and that it has caught up: once each, however many sweepers look, though they are killed and
 * started again, and though nobody listens for an hour.
 */
import { moveClock } from '@carillon/db';
import { type AccountSeed, eventually, type SpawnedService, seedAnnouncement, seedPeople } from '@carillon/testkit';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ADDRESS_PEPPER, completed, type House, startHouse } from './house.ts';
import { Receiver } from './receiver.ts';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const HOUR_MS = 3_600_000;

let house: House;
let account: AccountSeed;
let audienceId: number;
let sweepers: SpawnedService[];
const receiver = new Receiver();
receiver.secrets.push(SECRET);

const alertSettings = () => ({
  LAG_ALARM_MS: '1000',
  ALERT_WEBHOOK_URL: receiver.url,
  ALERT_WEBHOOK_SECRET: SECRET,
  ALERT_EMAIL_TO: 'operators@town.example',
  ALERT_SMTP_URL: `smtp://127.0.0.1:${house.smtpPort}?security=none`,
  ALERT_RETRY_MS: '5000',
});
const startSweepers = async () => {
  sweepers = await Promise.all([1, 2, 3].map(() => house.start('sweeper', alertSettings())));
};

beforeAll(async () => {
  house = await startHouse();
  await receiver.start();
  account = await house.account('alerts');
  ({ audienceId } = await seedPeople(house.db.pool, account.accountId, { count: 3, addressPepper: ADDRESS_PEPPER }));
  await Promise.all([house.start('scheduler'), startSweepers()]);
}, 360_000);
afterAll(async () => {
  await receiver.stop();
  await house?.stop();
});

const incidents = async () =>
  (
    await house.db.pool.query<{ id: number; channel: string; over: boolean }>(
      'SELECT id, channel, ended_at IS NOT NULL AS over FROM lag_incidents ORDER BY id',
    )
  ).rows;
const untold = async () =>
  (
    await house.db.pool.query<{ way: string; what: string; tries: number }>(
      'SELECT way, what, tries FROM operator_alerts WHERE told_at IS NULL ORDER BY incident_id, what',
    )
  ).rows;
/** An e-mail that is on its way while the clock is moved past its lease would be sent twice, as if it had taken an hour. */
const untoldByWebhookOnly = (...whats: string[]) =>
  eventually(
    async () => {
      const open = await untold();
      return (
        open.length === whats.length && whats.every((what, at) => open[at]?.way === 'webhook' && open[at].what === what)
      );
    },
    { what: 'all told by e-mail' },
  );
/** Subjects of what the mail server took for the operators, in the order of arrival. */
const mails = async (): Promise<string[]> => {
  const entries = (await house.ledger.export()) as { to: string; email?: { subject?: string } }[];
  return entries.flatMap(({ to, email }) => (to === 'operators@town.example' ? [email?.subject ?? ''] : []));
};

test('a channel without senders is told of within ten seconds, and its recovery, once each', async () => {
  const beganAt = Date.now();
  const { runId } = await seedAnnouncement(house.db.pool, account, { audienceId });
  const late = await receiver.event(({ type }) => type === 'lag.began', 'the alert');
  expect(Date.now() - beganAt).toBeLessThan(10_000);
  expect(late.data).toMatchObject({ channel: 'whatsapp', due: 3, limitSeconds: 1 });
  expect(late.data.oldestSeconds).toBeGreaterThan(1);
  // Killed between the call and its record, one of them would be told again, with the same id.
  await eventually(async () => (await untold()).length === 0, { what: 'both ways told' });
  for (const sweeper of sweepers) sweeper.kill();
  await startSweepers();
  const sender = await house.start('sender');
  await completed(house, runId);
  const over = await receiver.event(({ type }) => type === 'lag.ended', 'the end');
  expect(over.data).toMatchObject({ incident: late.data.incident, channel: 'whatsapp', beganAt: late.data.beganAt });
  await eventually(async () => (await untold()).length === 0, { what: 'all alerts told' });
  expect(await incidents()).toMatchObject([{ channel: 'whatsapp', over: true }]);
  expect(receiver.received.map(({ type }) => type)).toEqual(['lag.began', 'lag.ended']);
  await sender.stop();
}, 360_000);

test('whoever does not listen for an hour is told afterwards, the beginning first', async () => {
  await receiver.stop();
  const { runId } = await seedAnnouncement(house.db.pool, account, { audienceId });
  await eventually(async () => (await untold())[0]?.tries === 2, { timeoutMs: 30_000, what: 'two tries' });
  await untoldByWebhookOnly('began');
  // An hour, in which tries come and go.
  for (const part of [1, 2, 3, 4]) {
    const [before] = await untold();
    await moveClock(house.db.pool, { aheadMs: (part * HOUR_MS) / 4, speed: 1 });
    await eventually(async () => ((await untold())[0]?.tries ?? 0) > (before?.tries ?? 0), {
      timeoutMs: 30_000,
      what: `a try in quarter ${part}`,
    });
  }
  const sender = await house.start('sender');
  await completed(house, runId);
  await eventually(async () => (await incidents()).every(({ over }) => over), { what: 'the end of the incident' });
  await untoldByWebhookOnly('began', 'ended');
  const seen = receiver.received.length;
  await receiver.start();
  // The next try is up to a minute away.
  await moveClock(house.db.pool, { aheadMs: HOUR_MS + 120_000, speed: 1 });
  await eventually(async () => (await untold()).length === 0, { timeoutMs: 60_000, what: 'all alerts told' });
  expect(receiver.received.slice(seen).map(({ type }) => type)).toEqual(['lag.began', 'lag.ended']);
  expect(receiver.refused).toEqual([]);
  expect((await incidents()).length).toBe(2);
  await sender.stop();
}, 360_000);

test('by e-mail the same four were told, once each', async () => {
  const [late, over] = ['Carillon: whatsapp is late', 'Carillon: whatsapp has caught up'];
  expect(await mails()).toEqual([late, over, late, over]);
}, 360_000);

test('with the key of alerts gone the same is told again and again, and that is seen', async () => {
  const causes = () => receiver.received.map(({ type, data }) => `${type} ${data.incident}`);
  const repeated = () => causes().filter((cause, place, all) => all.indexOf(cause) < place);
  expect(repeated()).toEqual([]);
  const { rows } = await house.db.pool.query<{ name: string }>(
    `SELECT conname AS name FROM pg_constraint WHERE conrelid = 'operator_alerts'::regclass AND contype = 'p'`,
  );
  expect(rows).toHaveLength(1);
  await house.db.pool.query(`ALTER TABLE operator_alerts DROP CONSTRAINT ${rows[0]?.name}`);
  await eventually(() => repeated().length > 0, { timeoutMs: 60_000, what: 'what was told before' });
}, 360_000);
