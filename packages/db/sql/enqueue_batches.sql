-- Chooses which batches of a channel to wake next, and marks them enqueued with a new generation. Per account there is a
-- window of batches that are due and enqueued, and one of equal size for those due within the horizon; within a window
-- the account's runs take turns. One whose rows are all claimed has left the window: a call of it that hangs holds up nobody. Has no state of its own: senders, scheduler and sweeper all call it.
-- $1 channel  $2 window  $3 horizon milliseconds
-- Returns what to add to the queue: ids, generation, size and milliseconds until due (by the database's clock).
WITH clock_now AS MATERIALIZED (SELECT carillon_now() AS now),
occupied AS MATERIALIZED (
  SELECT b.account_id,
         count(*) FILTER (WHERE b.due_at <= n.now) AS due,
         count(*) FILTER (WHERE b.due_at > n.now) AS ahead
  FROM batches b, clock_now n
  WHERE b.open AND b.scheduled > 0 AND b.enqueued_at IS NOT NULL AND b.channel = $1 AND NOT b.single
  GROUP BY b.account_id
), candidates AS (
  SELECT b.account_id, b.id, b.due_at, b.due_at > n.now AS is_ahead,
         row_number() OVER (PARTITION BY b.account_id, b.run_id ORDER BY b.due_at, b.id) AS turn
  FROM batches b, clock_now n
  WHERE b.open AND b.enqueued_at IS NULL AND b.channel = $1 AND NOT b.single
    AND b.due_at <= n.now + $3 * interval '1 millisecond'
    AND b.paused_at IS NULL AND b.cancelled_at IS NULL AND b.lease_until IS NULL
    AND (b.expires_at IS NULL OR b.expires_at > n.now)
    AND NOT EXISTS (
      SELECT 1 FROM holds h
      WHERE (h.account_id IS NULL OR h.account_id = b.account_id) AND (h.channel IS NULL OR h.channel = b.channel))
), ranked AS (
  SELECT c.*, row_number() OVER (
           PARTITION BY c.account_id, c.is_ahead
           ORDER BY CASE WHEN c.is_ahead THEN c.due_at END, c.turn, c.due_at, c.id) AS place
  FROM candidates c
), picked AS MATERIALIZED (
  SELECT r.account_id, r.id
  FROM ranked r LEFT JOIN occupied o USING (account_id)
  WHERE r.place <= $2 - coalesce(CASE WHEN r.is_ahead THEN o.ahead ELSE o.due END, 0)
  ORDER BY r.account_id, r.id
)
UPDATE batches b
SET generation = b.generation + 1, enqueued_at = n.now
FROM picked p, clock_now n
WHERE b.account_id = p.account_id AND b.id = p.id AND b.open AND b.enqueued_at IS NULL AND b.lease_until IS NULL
RETURNING b.account_id, b.id, b.generation, b.size,
          greatest(0, extract(epoch FROM b.due_at - n.now)::float8 * 1000) AS due_in_ms
