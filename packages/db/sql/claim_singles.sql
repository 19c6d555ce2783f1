-- Claims the one row of each of several leased one-row batches of one day; the same guards as claim.sql.
-- $1 account_ids  $2 batch_ids  $3 fences  $4 day  $5 needed lease milliseconds
-- Returns the claimed rows with their batch.
WITH batch AS MATERIALIZED (
  SELECT b.account_id, b.id, n.now
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
), claimed AS (
  UPDATE {{deliveries}} d
  SET state = 'sending', try = d.try + 1, sending_at = batch.now, settled_at = NULL
  FROM batch
  WHERE d.account_id = batch.account_id AND d.batch_id = batch.id AND d.number = 1 AND d.day = $4
    AND d.state = 'scheduled' AND d.due_at <= batch.now
  RETURNING d.account_id, d.batch_id, d.number, d.try, d.attempts, d.address, d.content_version, d.due_at, d.sending_at
), counted AS (
  UPDATE batches b SET scheduled = b.scheduled - 1, sending = b.sending + 1
  FROM claimed c WHERE b.account_id = c.account_id AND b.id = c.batch_id
)
SELECT account_id, batch_id, number, try, attempts, address, content_version,
       extract(epoch FROM due_at)::float8 * 1000 AS due_at_ms, extract(epoch FROM sending_at)::float8 * 1000 AS sending_at_ms
FROM claimed
