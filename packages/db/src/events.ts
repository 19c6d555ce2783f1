/** Events: what happened, and that an endpoint asked to be told. Written with their notices, in one transaction. */
import type { EventType } from '@carillon/contracts';
import type { DeliveryState } from '@carillon/core';
import type { Queryable } from './pool.ts';

/** An event to be stored. */
export interface NewEvent {
  readonly accountId: number;
  readonly type: EventType;
  /** Public id of what it is about. */
  readonly subject: string;
  /** What endpoints are told; ids as the API writes them, and no address. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** An event as it is stored. */
export interface StoredEvent extends NewEvent {
  readonly id: number;
  readonly createdAtMs: number;
}

interface EventRow {
  account_id: number;
  id: number;
  type: EventType;
  subject: string;
  data: Record<string, unknown>;
  created_at_ms: number;
}

const COLUMNS = `account_id, id, type, subject, data, extract(epoch FROM created_at)::float8 * 1000 AS created_at_ms`;

function toStored(row: EventRow): StoredEvent {
  const { account_id: accountId, created_at_ms: createdAtMs, ...rest } = row;
  return { ...rest, accountId, createdAtMs };
}

/** Stores an event. What is returned is read back, so that a replay years later writes the very same body. */
export async function insertEvent(client: Queryable, event: NewEvent): Promise<StoredEvent> {
  const { rows } = await client.query<EventRow>({
    name: 'insert_event',
    text: `INSERT INTO events (account_id, type, subject, data, created_at) VALUES ($1, $2, $3, $4::jsonb, carillon_now())
           RETURNING ${COLUMNS}`,
    values: [event.accountId, event.type, event.subject, JSON.stringify(event.data)],
  });
  return toStored(rows[0] as EventRow);
}

/** The body of an event's notices, by Standard Webhooks. */
export function noticeBody(event: StoredEvent): string {
  const timestamp = new Date(event.createdAtMs).toISOString();
  return JSON.stringify({ type: event.type, timestamp, data: event.data });
}

/** Events of an account, the newest first, from below `beforeId`. */
export async function listEvents(
  db: Queryable,
  accountId: number,
  wanted: {
    readonly type?: EventType | undefined;
    readonly subject?: string | undefined;
    readonly beforeId: number | undefined;
    readonly limit: number;
  },
): Promise<StoredEvent[]> {
  const { rows } = await db.query<EventRow>(
    `SELECT ${COLUMNS} FROM events
     WHERE account_id = $1 AND ($2::text IS NULL OR type = $2) AND ($3::text IS NULL OR subject = $3)
       AND id < coalesce($4::bigint, 9223372036854775807)
     ORDER BY id DESC LIMIT $5`,
    [accountId, wanted.type ?? null, wanted.subject ?? null, wanted.beforeId ?? null, wanted.limit],
  );
  return rows.map(toStored);
}

/** One event of the account. */
export async function readEvent(db: Queryable, accountId: number, id: number): Promise<StoredEvent | undefined> {
  const { rows } = await db.query<EventRow>(`SELECT ${COLUMNS} FROM events WHERE account_id = $1 AND id = $2`, [
    accountId,
    id,
  ]);
  return rows[0] && toStored(rows[0]);
}

/** A notice: the delivery of an event to an endpoint, or by another channel to the owner of a job. Its delivery is null once its day was dropped. */
export interface NoticeRow {
  readonly channel: 'webhook' | 'email' | 'whatsapp' | 'call';
  /** Its provider account; of channel `webhook` the endpoint. */
  readonly endpoint_id: number;
  readonly created_at_ms: number;
  readonly day: string;
  readonly batch_id: number | null;
  readonly number: number | null;
  readonly state: DeliveryState | null;
  readonly code: string | null;
  readonly try: number | null;
  readonly attempts: number | null;
  readonly due_at_ms: number | null;
  readonly settled_at_ms: number | null;
}

/** The newest notices of an event. */
export async function listNotices(
  db: Queryable,
  event: { readonly accountId: number; readonly id: number },
  limit: number,
): Promise<NoticeRow[]> {
  const ms = (column: string) => `extract(epoch FROM ${column})::float8 * 1000 AS ${column.replace(/^.*\./, '')}_ms`;
  const { rows } = await db.query<NoticeRow>(
    `SELECT j.channel, j.provider_account_id AS endpoint_id, ${ms('j.created_at')}, r.day, d.batch_id, d.number, d.state::text, d.code,
            d.try, d.attempts, ${ms('d.due_at')}, ${ms('d.settled_at')}
     FROM jobs j JOIN runs r ON r.account_id = j.account_id AND r.job_id = j.id
     LEFT JOIN batches b ON b.account_id = r.account_id AND b.run_id = r.id
     LEFT JOIN deliveries d ON d.account_id = b.account_id AND d.batch_id = b.id AND d.number = 1 AND d.day = b.day
     WHERE j.account_id = $1 AND j.event_id = $2
     ORDER BY j.id DESC LIMIT $3`,
    [event.accountId, event.id, limit],
  );
  return rows;
}
