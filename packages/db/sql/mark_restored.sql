-- After a restore: what was due until then and still is `scheduled` may have been sent since the backup. It is `unknown`
-- until a report or a person settles it.
-- $1 instant until which  $2 limit of batches
-- Returns (batch_id, rows) of each batch that had such rows; none when nothing is left.
WITH batch AS MATERIALIZED (
  SELECT b.account_id, b.id, b.day, n.now
  FROM batches b, (SELECT carillon_now() AS now OFFSET 0) n
  WHERE b.open AND b.scheduled > 0 AND b.cancelled_at IS NULL
    AND EXISTS (SELECT 1 FROM deliveries d WHERE d.account_id = b.account_id AND d.batch_id = b.id AND d.day = b.day
                AND d.state = 'scheduled' AND d.due_at <= $1)
  ORDER BY b.account_id, b.id LIMIT $2
  FOR UPDATE OF b
), moved AS (
  UPDATE deliveries d SET state = 'unknown', code = 'restored', settled_at = batch.now
  FROM batch
  WHERE d.account_id = batch.account_id AND d.batch_id = batch.id AND d.day = batch.day AND d.state = 'scheduled'
    AND d.due_at <= $1
  RETURNING d.account_id, d.batch_id, 'scheduled'::delivery_state AS old, d.state AS new
), {{count_moves}}
SELECT batch_id, count(*)::int AS rows FROM moved GROUP BY 1
