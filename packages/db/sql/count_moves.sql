-- Fragment: moves the counts of the batches whose rows a statement moved. Expects a CTE moved (account_id, batch_id, old, new).
-- Counts follow only rows that a statement returned, so they cannot drift. The batches are locked in ascending order here,
-- where the statement is nearly done, and new counts are made of those read under the lock: Postgres checks a constraint on what it
-- makes of the version that the statement's snapshot shows before it finds that there is a newer one, and a row that an outcome has
-- just counted as sent would be taken off a count without it.
locked AS MATERIALIZED (
  SELECT b.account_id, b.id, b.scheduled, b.sending, b.sent, b.delivered, b.failed, b.unknown, b.skipped, b.cancelled FROM batches b
  WHERE (b.account_id, b.id) IN (SELECT DISTINCT account_id, batch_id FROM moved)
  ORDER BY b.account_id, b.id
  FOR UPDATE
), counted AS (
  UPDATE batches b
  SET scheduled = locked.scheduled + c.scheduled,
      sending = locked.sending + c.sending,
      sent = locked.sent + c.sent,
      delivered = locked.delivered + c.delivered,
      failed = locked.failed + c.failed,
      unknown = locked.unknown + c.unknown,
      skipped = locked.skipped + c.skipped,
      cancelled = locked.cancelled + c.cancelled,
      -- The policy's next moment: set by the first unknown outcome, gone with the last.
      settle_at = CASE WHEN locked.unknown + c.unknown = 0 OR b.unknown_action = 'hold' OR b.cancelled_at IS NOT NULL THEN NULL
                       WHEN c.unknown > 0 THEN least(b.settle_at, c.now + b.unknown_after_seconds * interval '1 second')
                       ELSE b.settle_at END,
      -- Nothing left to send: the lease ends with the last row.
      lease_until = CASE WHEN locked.scheduled + c.scheduled + locked.sending + c.sending = 0 THEN NULL ELSE b.lease_until END,
      -- Rows that came back while nobody holds the batch: due now, and to be enqueued again.
      enqueued_at = CASE WHEN c.scheduled > 0 AND b.lease_until IS NULL THEN NULL ELSE b.enqueued_at END,
      due_at = CASE WHEN c.scheduled > 0 AND b.lease_until IS NULL THEN c.now ELSE b.due_at END
  FROM (
    SELECT account_id, batch_id, (SELECT carillon_now()) AS now,
           (count(*) FILTER (WHERE new = 'scheduled') - count(*) FILTER (WHERE old = 'scheduled'))::int AS scheduled,
           (count(*) FILTER (WHERE new = 'sending') - count(*) FILTER (WHERE old = 'sending'))::int AS sending,
           (count(*) FILTER (WHERE new = 'sent') - count(*) FILTER (WHERE old = 'sent'))::int AS sent,
           (count(*) FILTER (WHERE new = 'delivered') - count(*) FILTER (WHERE old = 'delivered'))::int AS delivered,
           (count(*) FILTER (WHERE new = 'failed') - count(*) FILTER (WHERE old = 'failed'))::int AS failed,
           (count(*) FILTER (WHERE new = 'unknown') - count(*) FILTER (WHERE old = 'unknown'))::int AS unknown,
           (count(*) FILTER (WHERE new = 'skipped') - count(*) FILTER (WHERE old = 'skipped'))::int AS skipped,
           (count(*) FILTER (WHERE new = 'cancelled') - count(*) FILTER (WHERE old = 'cancelled'))::int AS cancelled
    FROM moved GROUP BY account_id, batch_id
  ) c JOIN locked USING (account_id)
  WHERE locked.id = c.batch_id AND b.account_id = c.account_id AND b.id = c.batch_id
  -- Of the row's newest version, so that a pause or cancel that was waited for is seen.
  RETURNING b.account_id, b.id, b.run_id, b.paused_at, b.cancelled_at
)
