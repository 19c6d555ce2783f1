-- Ends rows that will not be sent any more: those of cancelled batches become `cancelled`, those of expired ones
-- `skipped` (code expired). Only rows that still are `scheduled`. One that a policy freed for another try, because nobody
-- knew what became of its last one, is `unknown` again: the record must not deny what may have been sent.
-- $1 account_ids  $2 batch_ids  $3 state (cancelled|skipped)  $4 code
-- Returns (account_id, batch_id, rows).
WITH batch AS MATERIALIZED (
  SELECT b.account_id, b.id, b.day, n.now
  FROM batches b, (SELECT carillon_now() AS now OFFSET 0) n
  WHERE (b.account_id, b.id) IN (SELECT * FROM unnest($1::int[], $2::bigint[]))
    AND CASE $3 WHEN 'cancelled' THEN b.cancelled_at IS NOT NULL ELSE b.expires_at <= n.now END
  ORDER BY b.account_id, b.id
  FOR UPDATE OF b
), moved AS (
  UPDATE deliveries d
  SET state = CASE WHEN {{in_doubt}} THEN 'unknown' ELSE $3::delivery_state END,
      code = CASE WHEN {{in_doubt}} THEN d.code ELSE $4 END,
      settled_at = batch.now
  FROM batch
  WHERE d.account_id = batch.account_id AND d.batch_id = batch.id AND d.day = batch.day AND d.state = 'scheduled'
  RETURNING d.account_id, d.batch_id, 'scheduled'::delivery_state AS old, d.state AS new
), {{count_moves}}
SELECT account_id, batch_id, count(*)::int AS rows FROM moved GROUP BY 1, 2
