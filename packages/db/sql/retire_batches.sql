-- Takes away batches of some runs and a day in which nothing can happen any more, and adds their counts to those that their runs keep.
-- The runs are locked before, in order.
-- $1 account_ids  $2 run_ids  $3 day  $4 whether only batches without failures
-- Returns how many batches went, and how many deliveries they had.
WITH gone AS (
  DELETE FROM batches b USING unnest($1::int[], $2::bigint[]) AS of (account_id, run_id)
  WHERE b.account_id = of.account_id AND b.run_id = of.run_id AND b.day = $3
    AND NOT b.open AND b.unknown = 0 AND b.settle_at IS NULL AND (NOT $4::boolean OR b.failed = 0)
  RETURNING b.*
), sums AS (
  SELECT g.account_id, g.run_id, sum(g.size) AS size, sum(g.scheduled) AS scheduled, sum(g.sending) AS sending, sum(g.sent) AS sent,
         sum(g.delivered) AS delivered, sum(g.failed) AS failed, sum(g.unknown) AS unknown, sum(g.skipped) AS skipped,
         sum(g.cancelled) AS cancelled
  FROM gone g GROUP BY 1, 2
), kept AS (
  UPDATE runs r SET kept = (
    SELECT jsonb_object_agg(s.key, s.value::bigint + coalesce((r.kept ->> s.key)::bigint, 0))
    FROM jsonb_each_text(to_jsonb(sums) - 'account_id' - 'run_id') s)
  FROM sums WHERE r.account_id = sums.account_id AND r.id = sums.run_id
)
SELECT count(*) AS batches, coalesce(sum(size), 0)::bigint AS deliveries FROM gone
