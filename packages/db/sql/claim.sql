-- Claims up to $6 due deliveries of one leased batch: the intent, committed before any provider is called. The batch row
-- is locked first; a pause, cancel or newer lease that committed meanwhile is seen there, on the row's newest version.
-- $1 account_id  $2 batch_id  $3 fence  $4 needed lease milliseconds  $5 lowest number  $6 limit
-- Returns the claimed rows, in no order. After an error the caller asks read_claim.sql what was claimed all the same.
WITH batch AS MATERIALIZED (
  SELECT b.account_id, b.id, n.now
  FROM batches b, (SELECT carillon_now() AS now OFFSET 0) n
  WHERE b.account_id = $1 AND b.id = $2 AND b.fence = $3
    AND b.lease_until > n.now + $4 * interval '1 millisecond'
    AND b.paused_at IS NULL AND b.cancelled_at IS NULL AND (b.expires_at IS NULL OR b.expires_at > n.now)
    AND NOT EXISTS (
      SELECT 1 FROM holds h
      WHERE (h.account_id IS NULL OR h.account_id = b.account_id) AND (h.channel IS NULL OR h.channel = b.channel))
  FOR UPDATE OF b
), claimed AS (
  UPDATE {{deliveries}} d
  SET state = 'sending', try = d.try + 1, sending_at = batch.now, settled_at = NULL
  FROM batch
  -- By their place in the heap, as the rows were just read there: no second index search.
  WHERE d.ctid = ANY (ARRAY(
      SELECT p.ctid FROM {{deliveries}} p, batch
      WHERE p.account_id = $1 AND p.batch_id = $2 AND p.number >= $5 AND p.state = 'scheduled' AND p.due_at <= batch.now
      ORDER BY p.number LIMIT $6))
    -- The state is asked again: a rival statement with our fence may have taken the row while we waited for the lock.
    AND d.state = 'scheduled'
  RETURNING d.number, d.try, d.attempts, d.address, d.content_version, d.due_at, d.sending_at
), counted AS (
  UPDATE batches b SET scheduled = b.scheduled - c.rows, sending = b.sending + c.rows
  FROM (SELECT count(*)::int AS rows FROM claimed) c
  WHERE b.account_id = $1 AND b.id = $2 AND c.rows > 0
)
SELECT number, try, attempts, address, content_version,
       extract(epoch FROM due_at)::float8 * 1000 AS due_at_ms, extract(epoch FROM sending_at)::float8 * 1000 AS sending_at_ms
FROM claimed
