-- Claims the one row of each of several leased one-row batches of one day; the same guards, and the same for what must not be
-- sent, as in claim.sql.
-- $1 account_ids  $2 batch_ids  $3 fences  $4 day  $5 needed lease milliseconds  $6 whether address keys are wanted
-- $7 milliseconds after which a verdict that is missing is asked for again
-- $8 for how many milliseconds after its first try a row that is in doubt may be tried again; NULL is for ever
-- Returns the rows taken with their batch; those withheld are not to be sent.
WITH batch AS MATERIALIZED (
  SELECT b.account_id, b.id, b.channel, b.job_id, b.dated, b.verify_until, b.verify_risky, b.verify_unknown, n.now, $7::float8 AS await_ms, $8::float8 AS key_ms,
         coalesce((SELECT true FROM suppressions s WHERE s.account_id = b.account_id AND s.channel = b.channel
                   ORDER BY s.address_key LIMIT 1), false) AS guarded
  FROM unnest($1::int[], $2::bigint[], $3::int[]) AS mine (account_id, id, fence)
  JOIN batches b ON b.account_id = mine.account_id AND b.id = mine.id AND b.fence = mine.fence,
       (SELECT carillon_now() AS now OFFSET 0) n
  WHERE b.lease_until > n.now + $5 * interval '1 millisecond'
    AND b.paused_at IS NULL AND b.cancelled_at IS NULL AND (b.expires_at IS NULL OR b.expires_at > n.now)
    AND NOT EXISTS (
      SELECT 1 FROM holds h
      WHERE (h.account_id IS NULL OR h.account_id = b.account_id) AND (h.channel IS NULL OR h.channel = b.channel))
  ORDER BY b.account_id, b.id
  FOR UPDATE OF b
), picked AS MATERIALIZED (
  SELECT d.*, {{claim_goal}} AS goal
  FROM (
    SELECT d.ctid AS place, d.account_id, d.batch_id, d.number, d.day, d.try, d.code, batch.now,
           {{withheld_because}} AS reason, {{asked_again_at}} AS again_at,
           -- First tries have nothing to look at.
           CASE WHEN d.try > 0 THEN {{told_by_that_day}} END AS told
    FROM batch JOIN {{deliveries}} d ON d.account_id = batch.account_id AND d.batch_id = batch.id AND d.number = 1 AND d.day = $4
    WHERE d.state = 'scheduled' AND d.due_at <= batch.now
    OFFSET 0
  ) d
), claimed AS (
  UPDATE {{deliveries}} d
  SET {{claim_changes}}
  FROM picked p
  WHERE d.ctid = p.place AND d.state = 'scheduled'
  RETURNING d.account_id, d.batch_id, d.number, d.try, d.attempts, d.address, d.content_version, d.recipient_id, d.dedupe_key,
            d.address_key, d.state, d.due_at, d.sending_at
), counted AS (
  UPDATE batches b
  SET scheduled = b.scheduled - (c.state <> 'scheduled')::int, sending = b.sending + (c.state = 'sending')::int,
      sent = b.sent + (c.state = 'sent')::int, delivered = b.delivered + (c.state = 'delivered')::int,
      skipped = b.skipped + (c.state = 'skipped')::int, unknown = b.unknown + (c.state = 'unknown')::int,
      lease_until = CASE WHEN c.state IN ('sending', 'scheduled') THEN b.lease_until END
  FROM claimed c WHERE b.account_id = c.account_id AND b.id = c.batch_id
)
SELECT account_id, batch_id, number, try, attempts, address, content_version, recipient_id,
       CASE WHEN $6::boolean THEN coalesce(address_key, dedupe_key) END AS address_key, state <> 'sending' AS withheld,
       extract(epoch FROM due_at)::float8 * 1000 AS due_at_ms, extract(epoch FROM sending_at)::float8 * 1000 AS sending_at_ms
FROM claimed
