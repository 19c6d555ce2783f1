/**
 * Notices: how endpoints are told of events. A notice is a job of kind `notice` with one delivery, so that limits, holds, retries
 * and crashes are those of every other delivery; its run is silent, so that no event is made of it.
 */
import type { Content, StoredNotify, StoredPolicy } from '@carillon/contracts';
import { formatId } from '@carillon/core';
import type pg from 'pg';
import { insertEvent, type NewEvent, noticeBody, type StoredEvent } from './events.ts';
import { createOwnerNotices } from './ownerNotices.ts';
import { ensurePartitions } from './partitions.ts';
import { inTransaction, type Queryable } from './pool.ts';
import { statement } from './statements.ts';

/** How long a notice's second try waits; the ones after it five times as long each, up to a day. */
export const NOTICE_BACKOFF_MS = 5_000;

/**
 * Ten tries over at least sixty hours, so that an endpoint may be down for two days. What nobody knows is sent again: receivers
 * tell by the `webhook-id` what they have.
 */
function policyOf(backoffMs: number): StoredPolicy {
  return {
    attempts: 10,
    backoff: { initialMs: backoffMs, factor: 5, maxMs: 86_400_000 },
    expireAfterMs: null,
    unknown: { action: 'resend', afterSeconds: 60 },
    dedupeBy: 'address',
    quietHours: 'ignore',
  };
}

/** For whom notices are. */
export interface NoticeOptions {
  /** The one endpoint that is meant, whatever types it takes; without it every enabled one that takes the event's type. */
  readonly endpointId?: number | undefined;
  /** Default {@link NOTICE_BACKOFF_MS}; tests have less time. */
  readonly backoffMs?: number | undefined;
}

/**
 * Makes notices of an event that is stored, due now; to be called in a transaction, and followed by a wake of `webhook`.
 * The same event again is a replay: another job with the same id and the same bytes.
 * @returns the endpoints; none when nobody takes the event or the one that is meant is switched off
 */
export async function createNotices(
  client: Queryable,
  event: StoredEvent,
  options: NoticeOptions = {},
): Promise<number[]> {
  const policy = policyOf(options.backoffMs ?? NOTICE_BACKOFF_MS);
  const content: Content = {
    type: 'notice',
    eventId: formatId('evt', event.id),
    eventType: event.type,
    body: noticeBody(event),
  };
  const day = await readyDay(client);
  const { rows } = await client.query<{ endpoint_id: number }>({
    ...statement('create_notices'),
    values: [
      event.accountId,
      event.id,
      event.type,
      day,
      JSON.stringify(policy),
      JSON.stringify(content),
      policy.attempts,
      policy.unknown.action,
      policy.unknown.afterSeconds,
      options.endpointId ?? null,
    ],
  });
  return rows.map((row) => row.endpoint_id);
}

/** Today, whose partitions are there. */
async function readyDay(client: Queryable): Promise<string> {
  const { rows } = await client.query<{ day: string }>(`SELECT (carillon_now() AT TIME ZONE 'UTC')::date AS day`);
  const { day } = rows[0] as { day: string };
  await ensurePartitions(client, day);
  return day;
}

/**
 * An event with the notices of it, where somebody takes it.
 * @param owner how the owner of what it is about is told as well
 */
export async function tell(
  client: Queryable,
  event: NewEvent,
  options: NoticeOptions = {},
  owner?: StoredNotify | null,
): Promise<{ readonly event: StoredEvent; readonly endpoints: number[] }> {
  const stored = await insertEvent(client, event);
  const endpoints = await createNotices(client, stored, options);
  if (owner) {
    const policy = policyOf(options.backoffMs ?? NOTICE_BACKOFF_MS);
    await createOwnerNotices(client, stored, { notify: owner, day: await readyDay(client), policy });
  }
  return { event: stored, endpoints };
}

/**
 * Drops events older than `keepDays` with the jobs and runs of their notices, at most `limit` at once. Those with a newer notice
 * (a replay), or with one whose batch is still kept, stay until that has gone.
 * @returns how many were dropped; fewer than `limit` when nothing is left to drop
 */
export async function dropOldEvents(pool: pg.Pool, keepDays: number, limit: number): Promise<number> {
  return await inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ account_id: number; id: number }>(
      `SELECT e.account_id, e.id FROM events e
       WHERE e.created_at < carillon_now() - $1 * interval '1 day'
         AND NOT EXISTS (
           SELECT 1 FROM jobs j JOIN runs r ON r.account_id = j.account_id AND r.job_id = j.id
           WHERE j.account_id = e.account_id AND j.event_id = e.id
             AND (j.created_at >= carillon_now() - $1 * interval '1 day' OR r.state <> 'completed'
                  OR EXISTS (SELECT 1 FROM batches b WHERE b.account_id = r.account_id AND b.run_id = r.id)))
       ORDER BY e.created_at LIMIT $2 FOR UPDATE SKIP LOCKED`,
      [keepDays, limit],
    );
    const keys = [rows.map((row) => row.account_id), rows.map((row) => row.id)];
    const ofThese = `FROM unnest($1::int[], $2::bigint[]) AS e (account_id, id)`;
    await client.query(
      `DELETE FROM runs r USING (SELECT j.account_id, j.id ${ofThese} JOIN jobs j ON j.account_id = e.account_id AND j.event_id = e.id) j
       WHERE r.account_id = j.account_id AND r.job_id = j.id`,
      keys,
    );
    await client.query(
      `DELETE FROM jobs j USING (SELECT * ${ofThese}) e WHERE j.account_id = e.account_id AND j.event_id = e.id`,
      keys,
    );
    await client.query(
      `DELETE FROM events v USING (SELECT * ${ofThese}) e WHERE v.account_id = e.account_id AND v.id = e.id`,
      keys,
    );
    return rows.length;
  });
}
