-- Claims up to $6 due deliveries of one leased batch: the intent, committed before any provider is called. The batch row
-- is locked first; a pause, cancel or newer lease that committed meanwhile is seen there, on the row's newest version.
-- $1 account_id  $2 batch_id  $3 day  $4 fence  $5 lowest number  $6 limit  $7 needed lease milliseconds
-- Returns the claimed rows; `fence_held` false on no row tells nothing, so the caller asks read_claim.sql after an error.
WITH batch AS MATERIALIZED (
  SELECT b.account_id, b.id, n.now
  FROM batches b, (SELECT carillon_now() AS now) n
  WHERE b.account_id = $1 AND b.id = $2 AND b.fence = $4
    AND b.lease_until > n.now + $7 * interval '1 millisecond'
    AND b.paused_at IS NULL AND b.cancelled_at IS NULL AND (b.expires_at IS NULL OR b.expires_at > n.now)
    AND NOT EXISTS (
      SELECT 1 FROM holds h
      WHERE (h.account_id IS NULL OR h.account_id = b.account_id) AND (h.channel IS NULL OR h.channel = b.channel))
  FOR UPDATE OF b
), picked AS MATERIALIZED (
  SELECT d.number, batch.now
  FROM batch JOIN {{deliveries}} d ON d.account_id = batch.account_id AND d.batch_id = batch.id
  WHERE d.account_id = $1 AND d.batch_id = $2 AND d.number >= $5 AND d.state = 'scheduled' AND d.due_at <= batch.now
  ORDER BY d.number LIMIT $6
), claimed AS (
  UPDATE {{deliveries}} d
  SET state = 'sending', try = d.try + 1, sending_at = picked.now, settled_at = NULL
  FROM picked
  -- The state is asked again: a rival statement with our fence may have taken the row while we waited for the lock.
  WHERE d.account_id = $1 AND d.batch_id = $2 AND d.number = picked.number AND d.day = $3 AND d.state = 'scheduled'
  RETURNING d.number, d.try, d.attempts, d.address, d.content_version, d.due_at, d.sending_at
), counted AS (
  UPDATE batches b SET scheduled = b.scheduled - c.rows, sending = b.sending + c.rows
  FROM (SELECT count(*)::int AS rows FROM claimed) c
  WHERE b.account_id = $1 AND b.id = $2 AND c.rows > 0
)
SELECT number, try, attempts, address, content_version,
       extract(epoch FROM due_at)::float8 * 1000 AS due_at_ms, extract(epoch FROM sending_at)::float8 * 1000 AS sending_at_ms
FROM claimed
