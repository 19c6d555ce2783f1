/** Recipients with dates, and jobs that follow them, for tests of passes. */
import type { StoredPolicy, StoredTrigger } from '@carillon/contracts';
import { type DatePassOptions, type DatePassResult, insertJob, moveClock, passDueDates } from '../src/index.ts';
import type { TestStore } from './rows.ts';

export type DateTrigger = Extract<StoredTrigger, { type: 'date' }>;

export const BIRTHDAY: DateTrigger = {
  type: 'date',
  date: 'birthday',
  offsets: [0],
  at: '09:00',
  zone: null,
  repeat: 'yearly',
  feb29: 'feb28',
  gap: 'later',
  repeated: 'first',
  missingZone: 'Europe/Berlin',
  lateness: { action: 'send' },
};

export const POLICY: StoredPolicy = {
  attempts: 5,
  backoff: { initialMs: 5_000, factor: 2, maxMs: 3_600_000 },
  expireAfterMs: null,
  unknown: { action: 'hold', afterSeconds: 3_600 },
  dedupeBy: 'recipient',
  quietHours: 'respect',
};

const EVERYONE = {
  everyone: true,
  audienceIds: [],
  recipientIds: [],
  excludedAudienceIds: [],
  excludedRecipientIds: [],
};

/** Stands the database's clock at an instant, from where it goes on. */
export async function setClock(store: TestStore, instant: string): Promise<void> {
  await moveClock(store.db.pool, { aheadMs: Date.parse(instant) - Date.now(), speed: 1 });
}

/** A recipient; `phone` null is somebody without an address. Returns the id. */
export async function seedRecipient(
  store: TestStore,
  person: { externalId: string; zone?: string | null; phone?: string | null; attributes?: Record<string, unknown> },
): Promise<number> {
  const phone =
    person.phone === undefined ? `49151${String(Math.floor(Math.random() * 1e9)).padStart(9, '0')}` : person.phone;
  const { rows } = await store.db.pool.query<{ id: number }>(
    `INSERT INTO recipients (account_id, external_id, phone, whatsapp_key, zone, attributes)
     VALUES ($1, $2, $3, md5($3)::uuid, $4, $5) RETURNING id`,
    [store.account.accountId, person.externalId, phone, person.zone ?? null, JSON.stringify(person.attributes ?? {})],
  );
  return (rows[0] as { id: number }).id;
}

/** Sets a date of a recipient: a day, one without year, or an instant in UTC; null takes it away. */
export async function setDate(
  store: TestStore,
  recipientId: number,
  value: string | null,
  name = 'birthday',
): Promise<void> {
  await store.db.pool.query('DELETE FROM recipient_dates WHERE account_id = $1 AND recipient_id = $2 AND name = $3', [
    store.account.accountId,
    recipientId,
    name,
  ]);
  if (value === null) return;
  const at = value.includes('T') ? value : null;
  const anniversary = value.startsWith('--') ? value : `-${value.slice(4, 10)}`;
  await store.db.pool.query(
    `INSERT INTO recipient_dates (account_id, recipient_id, name, value, anniversary, on_day, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [
      store.account.accountId,
      recipientId,
      name,
      value,
      anniversary,
      value.startsWith('--') ? null : value.slice(0, 10),
      at,
    ],
  );
}

/** A job that follows dates, as the API stores it. */
export async function dateJob(
  store: TestStore,
  options: {
    trigger?: Partial<DateTrigger>;
    policy?: Partial<StoredPolicy>;
    target?: Partial<typeof EVERYONE>;
    text?: string;
  } = {},
): Promise<number> {
  const target = { ...EVERYONE, ...options.target };
  return await insertJob(store.db.pool, {
    accountId: store.account.accountId,
    name: 'birthdays',
    kind: 'message',
    channel: 'whatsapp',
    providerAccountId: store.account.providerAccountId,
    trigger: { ...BIRTHDAY, ...options.trigger },
    target,
    asked: { everyone: target.everyone, audiences: [], recipients: [], exclude: { audiences: [], recipients: [] } },
    policy: { ...POLICY, ...options.policy },
    content: { type: 'text', text: options.text ?? 'Happy birthday!' },
    nextRunAtMs: 0,
    actor: 'test',
  });
}

const PASS: DatePassOptions = { aheadMs: 36 * 3_600_000, intervalMs: 3_600_000, pageSize: 100 };

/** One pass over each job that is due, whether its time has come or not. */
export async function pass(store: TestStore, options: Partial<DatePassOptions> = {}): Promise<DatePassResult[]> {
  // Locked in one order, as several do so at once.
  await store.db.pool.query(
    `UPDATE jobs SET next_run_at = carillon_now()
     WHERE id IN (SELECT id FROM jobs WHERE dated AND next_run_at IS NOT NULL ORDER BY account_id, id FOR UPDATE)`,
  );
  const results: DatePassResult[] = [];
  for (;;) {
    const result = await passDueDates(store.db.pool, { ...PASS, ...options });
    if (result.kind === 'nothing_due') return results;
    results.push(result);
  }
}

/** A delivery with what it is about. */
export interface DatedRow {
  readonly recipient: number;
  readonly occurrence: string;
  readonly state: string;
  readonly code: string | null;
  readonly due: string;
  readonly expires: string | null;
}

/** The job's deliveries, by recipient and occurrence. */
export async function datedRows(store: TestStore, jobId: number): Promise<DatedRow[]> {
  const { rows } = await store.db.pool.query<DatedRow & { due: Date; expires: Date | null }>(
    `SELECT d.recipient_id AS recipient, r.occurrence_key AS occurrence, d.state::text, d.code, d.due_at AS due, b.expires_at AS expires
     FROM runs r JOIN deliveries d ON d.run_id = r.id AND d.day = r.day JOIN batches b ON b.id = d.batch_id
     WHERE r.job_id = $1 ORDER BY 1, 2`,
    [jobId],
  );
  return rows.map((row) => ({ ...row, due: row.due.toISOString(), expires: row.expires?.toISOString() ?? null }));
}

/** What must hold whatever happened: counts of batches and runs are what their rows say; must be empty. */
export async function wrongCounts(store: TestStore, jobId: number): Promise<unknown[]> {
  const { rows } = await store.db.pool.query(
    `SELECT 'batch' AS kind, b.id FROM batches b JOIN LATERAL (
       SELECT count(*) AS n, count(*) FILTER (WHERE state = 'scheduled') AS scheduled, count(*) FILTER (WHERE state = 'skipped') AS skipped,
              count(*) FILTER (WHERE state = 'sending') AS sending, count(*) FILTER (WHERE state = 'sent') AS sent
       FROM deliveries d WHERE d.batch_id = b.id AND d.day = b.day) d ON true
     WHERE b.job_id = $1 AND (b.size, b.scheduled, b.skipped, b.sending, b.sent) <> (d.n, d.scheduled, d.skipped, d.sending, d.sent)
     UNION ALL
     SELECT 'run', r.id FROM runs r JOIN LATERAL (
       SELECT count(*) AS n, count(*) FILTER (WHERE code = 'suppressed' AND state = 'skipped') AS suppressed,
              count(*) FILTER (WHERE code = 'missing_variable' AND state = 'skipped') AS incomplete
       FROM deliveries d WHERE d.run_id = r.id AND d.day = r.day) d ON true
     WHERE r.job_id = $1 AND (r.people - r.duplicates - r.unreachable, r.incomplete) <> (d.n, d.incomplete)`,
    [jobId],
  );
  return rows;
}
