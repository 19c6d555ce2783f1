-- After a restore: what was due until then and still is `scheduled` may have been sent since the backup. It is `unknown`
-- until a report, a look-up or a person settles it. A check that was unknown already may have been tried again since the backup, and so
-- is marked too: looked up is then also what was forgotten. (All tries of a payment have one name.)
-- $1 instant until which  $2 limit of batches
-- Returns (batch_id, rows) of each batch that had such rows, `rows` of them `scheduled`; none when nothing is left.
WITH batch AS MATERIALIZED (
  SELECT b.account_id, b.id, b.day, b.channel, b.cancelled_at, n.now
  FROM batches b, (SELECT carillon_now() AS now OFFSET 0) n
  WHERE b.open AND b.scheduled > 0 AND b.cancelled_at IS NULL
        AND EXISTS (SELECT 1 FROM deliveries d WHERE d.account_id = b.account_id AND d.batch_id = b.id AND d.day = b.day
                    AND d.state = 'scheduled' AND d.due_at <= $1)
     OR b.unknown > 0 AND b.channel = 'email_check'
        AND EXISTS (SELECT 1 FROM deliveries d WHERE d.account_id = b.account_id AND d.batch_id = b.id AND d.day = b.day
                    AND d.state = 'unknown' AND d.code IS DISTINCT FROM 'restored')
  ORDER BY b.account_id, b.id LIMIT $2
  FOR UPDATE OF b
), moved AS (
  UPDATE deliveries d SET state = 'unknown', code = 'restored', settled_at = batch.now
  FROM batch
  WHERE d.account_id = batch.account_id AND d.batch_id = batch.id AND d.day = batch.day AND d.state = 'scheduled'
    AND d.due_at <= $1 AND batch.cancelled_at IS NULL
  RETURNING d.account_id, d.batch_id, 'scheduled'::delivery_state AS old, d.state AS new
), doubted AS (
  UPDATE deliveries d SET code = 'restored'
  FROM batch
  WHERE d.account_id = batch.account_id AND d.batch_id = batch.id AND d.day = batch.day AND d.state = 'unknown'
    AND d.code IS DISTINCT FROM 'restored' AND batch.channel = 'email_check'
  RETURNING d.batch_id
), {{count_moves}}
SELECT batch_id, sum(rows)::int AS rows
FROM (SELECT batch_id, 1 AS rows FROM moved UNION ALL SELECT batch_id, 0 FROM doubted) changed GROUP BY 1
