/**
 * Random histories of passes, clocks, dates, zones, addresses, suppressions, pauses, changes and claims, against a model that knows
 * only the calendar and whom it saw told: nobody is told twice of one occasion, nobody is told of a date that is not theirs any more,
 * nobody is forgotten, and all counts are those of the rows.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import {
  cancelJob,
  changeJob,
  claimDeliveries,
  deleteRecipient,
  leaseBatch,
  pauseJob,
  releaseBatch,
  resumeJob,
} from '../src/index.ts';
import {
  BIRTHDAY,
  type DateTrigger,
  dateJob,
  pass,
  seedRecipient,
  setClock,
  setDate,
  wrongCounts,
} from './dateRows.ts';
import { openStore, type TestStore } from './rows.ts';

const START = Date.parse('2027-02-25T12:00:00Z');
const HOUR_MS = 3_600_000;
const AHEAD_MS = 36 * HOUR_MS;
const PEOPLE = 5;
const ZONES = ['Pacific/Kiritimati', 'Europe/Berlin', 'America/New_York', 'Pacific/Honolulu'];
/** Around 29 February in a year without one. */
const BIRTHDAYS = [
  '1990-02-26',
  '1992-02-29',
  '--02-28',
  '1990-03-01',
  '1992-02-28T23:30:00.000Z',
  '2020-03-01T02:00:00.000Z',
];
const ENDS = ['2027-02-26', '2027-02-28', '2027-03-01', '2027-02-27T23:30:00.000Z', '2027-02-28T02:00:00.000Z'];

let store: TestStore;
beforeAll(async () => {
  store = await openStore();
});
afterAll(() => store?.close());

const who = fc.nat({ max: PEOPLE - 1 });
const step = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ kind: 'pass' as const }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'passes' as const }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 30 }) }) },
  { weight: 5, arbitrary: fc.constant({ kind: 'claim' as const }) },
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('birthday' as const), who, value: fc.constantFrom(...BIRTHDAYS, null) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('ends' as const), who, value: fc.constantFrom(...ENDS, null) }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('zone' as const), who, zone: fc.constantFrom(...ZONES) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('address' as const), who }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('suppression' as const), who }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('erase' as const), who }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'pause' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'time' as const }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

interface Person {
  readonly id: number;
  readonly externalId: string;
  readonly phone: string;
  birthday: string | null;
  ends: string | null;
  zone: string;
  hasAddress: boolean;
  suppressed: boolean;
}

interface Job {
  readonly id: number;
  readonly date: 'birthday' | 'ends';
  readonly offsets: readonly number[];
  at: string;
  paused: boolean;
}

/** When somebody is to be told, by the other calendar. */
function expected(person: Person, job: Job): { key: string; day: string; dueAtMs: number }[] {
  const value = person[job.date];
  if (value === null) return [];
  const date = value.startsWith('--')
    ? Temporal.PlainDate.from(`2000${value.slice(1)}`)
    : value.includes('T')
      ? Temporal.Instant.from(value).toZonedDateTimeISO(person.zone).toPlainDate()
      : Temporal.PlainDate.from(value);
  // 29 February comes on the 28th, which is how the other calendar constrains it.
  const base = job.date === 'birthday' ? date.with({ year: 2027 }) : date;
  return job.offsets.map((offset) => {
    const day = base.add({ days: offset });
    const due = day.toZonedDateTime({ timeZone: person.zone, plainTime: Temporal.PlainTime.from(job.at) });
    const period = job.date === 'birthday' ? '2027' : value;
    return { key: `${job.id} ${person.id} ${offset} ${period}`, day: day.toString(), dueAtMs: due.epochMilliseconds };
  });
}

class House {
  nowMs = START;
  readonly told = new Set<string>();
  readonly people: Person[] = [];
  readonly jobs: Job[] = [];

  async open(): Promise<void> {
    await setClock(store, new Date(this.nowMs).toISOString());
    for (let n = 0; n < PEOPLE; n += 1) {
      const externalId = `model-${Math.random()}`;
      const phone = `49${Math.floor(Math.random() * 1e12)}`;
      const zone = ZONES[n % ZONES.length] as string;
      const id = await seedRecipient(store, { externalId, zone, phone });
      this.people.push({
        id,
        externalId,
        phone,
        zone,
        birthday: null,
        ends: null,
        hasAddress: true,
        suppressed: false,
      });
    }
    const recipientIds = this.people.map(({ id }) => id);
    const target = { everyone: false, recipientIds } as never;
    const yearly = await dateJob(store, { target, trigger: BIRTHDAY });
    const ends: Partial<DateTrigger> = { date: 'ends', repeat: 'once', offsets: [0, -1] };
    const once = await dateJob(store, { target, trigger: ends });
    this.jobs.push({ id: yearly, date: 'birthday', offsets: [0], at: '09:00', paused: false });
    this.jobs.push({ id: once, date: 'ends', offsets: [0, -1], at: '09:00', paused: false });
  }

  async close(): Promise<void> {
    for (const { id } of this.jobs) await cancelJob(store.db.pool, this.#request(id));
  }

  #request = (jobId: number) => ({ accountId: store.account.accountId, jobId, actor: 'test' });

  async do(step: Step): Promise<void> {
    const person = 'who' in step ? (this.people[step.who % this.people.length] as Person) : undefined;
    const query = (text: string, ...values: unknown[]) => store.db.pool.query(text, values);
    switch (step.kind) {
      case 'pass':
        await pass(store, { aheadMs: AHEAD_MS, pageSize: 2 });
        await this.nobodyForgotten();
        break;
      case 'passes':
        await Promise.all([1, 2, 3].map(() => pass(store, { aheadMs: AHEAD_MS, pageSize: 3 })));
        break;
      case 'wait':
        this.nowMs += step.hours * HOUR_MS;
        await setClock(store, new Date(this.nowMs).toISOString());
        break;
      case 'claim':
        await this.claim();
        break;
      case 'birthday':
      case 'ends':
        if (person === undefined) break;
        person[step.kind] = step.value;
        await setDate(store, person.id, step.value, step.kind);
        break;
      case 'zone':
        if (person === undefined) break;
        person.zone = step.zone;
        await query('UPDATE recipients SET zone = $2 WHERE id = $1', person.id, step.zone);
        break;
      case 'address':
        if (person === undefined) break;
        person.hasAddress = !person.hasAddress;
        await query(
          'UPDATE recipients SET phone = $2, whatsapp_key = md5($2)::uuid WHERE id = $1',
          person.id,
          person.hasAddress ? person.phone : null,
        );
        break;
      case 'suppression':
        if (person === undefined) break;
        person.suppressed = !person.suppressed;
        await query(
          person.suppressed
            ? `INSERT INTO suppressions (account_id, channel, address_key, reason, source)
               VALUES ($1, 'whatsapp', md5($2)::uuid, 'manual', 'test')`
            : `DELETE FROM suppressions WHERE account_id = $1 AND address_key = md5($2)::uuid`,
          store.account.accountId,
          person.phone,
        );
        break;
      case 'erase':
        if (person === undefined || this.people.length === 1) break;
        await deleteRecipient(store.db.pool, store.account.accountId, person.externalId, 'test');
        await query('DELETE FROM recipient_dates WHERE recipient_id = $1', person.id);
        this.people.splice(this.people.indexOf(person), 1);
        break;
      case 'pause':
        for (const job of this.jobs) {
          job.paused = !job.paused;
          await (job.paused ? pauseJob : resumeJob)(store.db.pool, this.#request(job.id));
        }
        break;
      case 'time':
        for (const job of this.jobs) await this.changeTime(job);
        break;
    }
    for (const { id } of this.jobs) expect(await wrongCounts(store, id)).toEqual([]);
  }

  async changeTime(job: Job): Promise<void> {
    const { rows } = await store.db.pool.query<{ version: number }>('SELECT version FROM jobs WHERE id = $1', [job.id]);
    const version = rows[0]?.version as number;
    const at = job.at === '09:00' ? '17:30' : '09:00';
    const result = await changeJob(
      store.db.pool,
      { ...this.#request(job.id), version, horizonMs: 0 },
      async (_, { trigger }) => ({ trigger: { stored: { ...(trigger as DateTrigger), at }, dueAtMs: null } }),
    );
    expect(result.kind).toBe('changed');
    job.at = at;
  }

  /** A sender: takes whatever is due, and has it accepted. */
  async claim(): Promise<void> {
    const { rows: due } = await store.db.pool.query<{ id: number; day: string }>(
      `SELECT b.id, b.day FROM batches b WHERE b.job_id = ANY ($1::bigint[]) AND b.open AND b.due_at <= carillon_now()`,
      [this.jobs.map(({ id }) => id)],
    );
    for (const { id, day } of due) {
      const batch = await leaseBatch(
        store.db.pool,
        { accountId: store.account.accountId, batchId: id },
        { leaseMs: 60_000, owner: 'model' },
      );
      if (batch === undefined) continue;
      const rows = await claimDeliveries(store.db.pool, batch, { fromNumber: 1, limit: 1_000, neededLeaseMs: 1_000 });
      for (const row of rows.filter(({ withheld }) => !withheld))
        await this.tell(batch.runId, row.recipientId as number);
      await store.db.pool.query(
        `UPDATE deliveries SET state = 'sent' WHERE batch_id = $1 AND day = $2 AND state = 'sending'`,
        [id, day],
      );
      await store.db.pool.query('UPDATE batches SET sent = sent + sending, sending = 0 WHERE id = $1', [id]);
      await releaseBatch(store.db.pool, batch);
    }
  }

  /** Somebody is told: of a date that is theirs, on its day and not before its moment, and for the first time. */
  async tell(runId: number, recipientId: number): Promise<void> {
    const { rows } = await store.db.pool.query<{ job_id: number; offset_days: number }>(
      'SELECT job_id, offset_days FROM runs WHERE id = $1',
      [runId],
    );
    const { job_id: jobId, offset_days: offset } = rows[0] as { job_id: number; offset_days: number };
    const person = this.people.find(({ id }) => id === recipientId);
    const job = this.jobs.find(({ id }) => id === jobId) as Job;
    expect(person).toBeDefined();
    const occasion = expected(person as Person, job)[job.offsets.indexOf(offset)];
    expect(occasion).toBeDefined();
    expect(this.told).not.toContain(occasion?.key);
    this.told.add(occasion?.key as string);
  }

  /** After a pass: whose moment comes within the time ahead waits for it, if they were not told already. */
  async nobodyForgotten(): Promise<void> {
    const { rows } = await store.db.pool.query<{
      job: number;
      recipient: number;
      offset: number;
      due: number;
      state: string;
    }>(
      `SELECT r.job_id AS job, d.recipient_id AS recipient, r.offset_days AS offset, extract(epoch FROM d.due_at)::float8 * 1000 AS due,
              d.state::text AS state
       FROM runs r JOIN deliveries d ON d.run_id = r.id AND d.day = r.day
       WHERE r.job_id = ANY ($1::bigint[]) AND d.state = 'scheduled'`,
      [this.jobs.map(({ id }) => id)],
    );
    for (const job of this.jobs) {
      if (job.paused) continue;
      for (const person of this.people) {
        for (const [index, { key, dueAtMs }] of expected(person, job).entries()) {
          if (dueAtMs <= this.nowMs || dueAtMs > this.nowMs + AHEAD_MS || this.told.has(key)) continue;
          if (!person.hasAddress || person.suppressed) continue;
          const waiting = rows.filter(
            (row) =>
              row.job === job.id &&
              row.recipient === person.id &&
              row.offset === job.offsets[index] &&
              Math.round(row.due) === dueAtMs,
          );
          expect({ key, due: new Date(dueAtMs).toISOString(), waiting: waiting.length }).toEqual({
            key,
            due: new Date(dueAtMs).toISOString(),
            waiting: 1,
          });
        }
      }
    }
  }
}

test('nobody is told twice or too late, nobody is forgotten, and counts add up', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 30 }), async (steps) => {
      const house = new House();
      await house.open();
      try {
        for (const one of steps) await house.do(one);
        // Whoever was told of half and comes to its end.
        for (const one of [
          { kind: 'pass' },
          { kind: 'wait', hours: 30 },
          { kind: 'pass' },
          { kind: 'claim' },
        ] as const) {
          await house.do(one);
        }
      } finally {
        await house.close();
      }
    }),
    {
      numRuns: Number(process.env.DATE_RUNS ?? 20),
      ...(process.env.FLOW_SEED ? { seed: Number(process.env.FLOW_SEED) } : {}),
    },
  );
}, 300_000);
