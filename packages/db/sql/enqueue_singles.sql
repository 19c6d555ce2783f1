-- Marks every one-row batch of a channel that is due within the horizon as enqueued. They share a wake-up per moment, so
-- only the distinct moments are returned, however many batches there are.
-- $1 channel  $2 horizon milliseconds  $3 limit of one call
-- Returns (due_at_ms, due_in_ms, batches) per moment.
WITH clock_now AS MATERIALIZED (SELECT carillon_now() AS now),
picked AS MATERIALIZED (
  SELECT b.account_id, b.id FROM batches b, clock_now n
  WHERE b.open AND b.enqueued_at IS NULL AND b.channel = $1 AND b.single
    AND b.due_at <= n.now + $2 * interval '1 millisecond'
    AND b.paused_at IS NULL AND b.cancelled_at IS NULL AND b.lease_until IS NULL
    AND (b.expires_at IS NULL OR b.expires_at > n.now)
    AND NOT EXISTS (
      SELECT 1 FROM holds h
      WHERE (h.account_id IS NULL OR h.account_id = b.account_id) AND (h.channel IS NULL OR h.channel = b.channel))
  ORDER BY b.account_id, b.id LIMIT $3
  FOR UPDATE OF b SKIP LOCKED
), marked AS (
  UPDATE batches b SET generation = b.generation + 1, enqueued_at = n.now
  FROM picked p, clock_now n
  WHERE b.account_id = p.account_id AND b.id = p.id
  RETURNING b.due_at
)
SELECT extract(epoch FROM due_at)::float8 * 1000 AS due_at_ms,
       greatest(0, extract(epoch FROM due_at - (SELECT now FROM clock_now))::float8 * 1000) AS due_in_ms,
       count(*)::int AS batches
FROM marked GROUP BY due_at
