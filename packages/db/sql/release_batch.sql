-- Gives a lease back. Only when no row is `sending`; the batch is then due when the earliest of its open rows is.
-- $1 account_id  $2 batch_id  $3 fence  $4 day
-- Returns (due_in_ms, open) or no row when the lease was not ours or outcomes are still missing.
UPDATE batches b
SET lease_until = NULL, lease_owner = NULL, enqueued_at = NULL,
    due_at = coalesce((SELECT min(d.due_at) FROM {{deliveries}} d
                       WHERE d.account_id = $1 AND d.batch_id = $2 AND d.day = $4 AND d.state = 'scheduled'), b.due_at)
WHERE b.account_id = $1 AND b.id = $2 AND b.fence = $3 AND b.sending = 0
RETURNING b.open, extract(epoch FROM b.due_at - carillon_now())::float8 * 1000 AS due_in_ms
