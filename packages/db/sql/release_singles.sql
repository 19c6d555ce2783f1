-- Gives back the leases of one-row batches of one day that still have something to do; those that closed need nothing.
-- $1 account_ids  $2 batch_ids  $3 fences  $4 day
-- Returns (id, due_in_ms) of those given back; a batch that is missing is closed, not ours, or still `sending`.
UPDATE batches b
SET lease_until = NULL, lease_owner = NULL, enqueued_at = NULL,
    due_at = coalesce((SELECT min(d.due_at) FROM {{deliveries}} d
                       WHERE d.account_id = b.account_id AND d.batch_id = b.id AND d.day = $4 AND d.state = 'scheduled'), b.due_at)
FROM (SELECT x.account_id, x.id, x.fence FROM unnest($1::int[], $2::bigint[], $3::int[]) AS x (account_id, id, fence)
      ORDER BY 1, 2) mine
WHERE b.account_id = mine.account_id AND b.id = mine.id AND b.fence = mine.fence AND b.open AND b.sending = 0
RETURNING b.id, extract(epoch FROM b.due_at - carillon_now())::float8 * 1000 AS due_in_ms
