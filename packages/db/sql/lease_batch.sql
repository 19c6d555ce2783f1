-- Leases one batch: timed, fenced ownership. Refused (no row) when there is nothing to do, somebody holds it, it is not
-- yet due, or it is paused or cancelled. Holds are not asked here but in every claim.
-- $1 account_id  $2 batch_id  $3 lease milliseconds  $4 owner
-- Returns the batch with its new fence.
UPDATE batches b
SET fence = b.fence + 1,
    lease_until = n.now + $3 * interval '1 millisecond',
    lease_owner = $4,
    -- A wake-up from an old snapshot may find a batch that nobody enqueued; it is looked after like any other.
    enqueued_at = coalesce(b.enqueued_at, n.now)
FROM (SELECT carillon_now() AS now OFFSET 0) n
WHERE b.account_id = $1 AND b.id = $2 AND b.open AND b.lease_until IS NULL
  AND b.due_at <= n.now AND b.paused_at IS NULL AND b.cancelled_at IS NULL
RETURNING b.account_id, b.id, b.run_id, b.job_id, b.day, b.channel, b.provider_account_id, b.single, b.fence, b.scheduled,
          b.expires_at, b.size
