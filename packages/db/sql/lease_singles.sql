-- Leases up to $2 one-row batches of a channel that are due, skipping those that somebody is leasing at this moment.
-- $1 channel  $2 limit  $3 lease milliseconds  $4 owner
-- Returns the batches with their new fences.
UPDATE batches b
SET fence = b.fence + 1, lease_until = n.now + $3 * interval '1 millisecond', lease_owner = $4
FROM (SELECT carillon_now() AS now OFFSET 0) n,
     LATERAL (
       SELECT account_id, id FROM batches
       WHERE open AND enqueued_at IS NOT NULL AND single AND channel = $1 AND due_at <= n.now
         AND lease_until IS NULL AND paused_at IS NULL AND cancelled_at IS NULL
       ORDER BY due_at LIMIT $2 FOR UPDATE SKIP LOCKED
     ) picked
WHERE b.account_id = picked.account_id AND b.id = picked.id
RETURNING b.account_id, b.id, b.run_id, b.job_id, b.day, b.channel, b.provider_account_id, b.single, b.fence, b.scheduled,
          b.expires_at, b.size
