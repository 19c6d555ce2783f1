-- Renews the leases that are still ours: same fence, not run out.
-- $1 account_ids  $2 batch_ids  $3 fences  $4 lease milliseconds
-- Returns those renewed with their fences; one that is missing was lost to somebody else, be it to a newer lease of the same process.
UPDATE batches b
SET lease_until = n.now + $4 * interval '1 millisecond'
FROM (SELECT carillon_now() AS now OFFSET 0) n,
     (SELECT x.account_id, x.id, x.fence FROM unnest($1::int[], $2::bigint[], $3::int[]) AS x (account_id, id, fence)
      ORDER BY 1, 2) mine
WHERE b.account_id = mine.account_id AND b.id = mine.id AND b.fence = mine.fence AND b.lease_until > n.now
RETURNING b.id, b.fence
