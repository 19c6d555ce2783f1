-- A person settles outcomes that nobody knows: as sent, as failed, or to be sent once more. What was cancelled or has
-- expired is not sent again. The batches first, as everybody does who takes rows that wait.
-- $1 account_id  $2 state (sent|failed|scheduled)  $3 run_id  $4 job_id  $5 channel  $6 batch ids to look into (NULL: all)
-- $7 after this batch id  $8 limit of batches  $9, $10 the very rows: batch_ids and numbers (NULL: all)  $11 code
-- $12 addresses  $13 unknown since before this instant  $14 only count
-- Returns (batch_id, channel, rows) for each batch looked into.
WITH batch AS MATERIALIZED (
  SELECT b.account_id, b.id, b.day, b.channel, n.now
  FROM batches b, (SELECT carillon_now() AS now OFFSET 0) n
  WHERE b.account_id = $1 AND b.unknown > 0 AND b.id > $7
    AND ($3::bigint IS NULL OR b.run_id = $3) AND ($4::bigint IS NULL OR b.job_id = $4)
    AND ($5::text IS NULL OR b.channel = $5) AND ($6::bigint[] IS NULL OR b.id = ANY ($6))
    AND ($2 <> 'scheduled' OR b.cancelled_at IS NULL AND (b.expires_at IS NULL OR b.expires_at > n.now))
  ORDER BY b.account_id, b.id LIMIT $8
  FOR UPDATE OF b
), wanted AS MATERIALIZED (
  SELECT d.account_id, d.batch_id, d.number, d.day, batch.now
  FROM batch JOIN deliveries d ON d.account_id = batch.account_id AND d.batch_id = batch.id AND d.day = batch.day
  WHERE d.state = 'unknown'
    AND ($9::bigint[] IS NULL OR (d.batch_id, d.number) IN (SELECT * FROM unnest($9, $10::smallint[])))
    AND ($11::text IS NULL OR d.code = $11) AND ($12::text[] IS NULL OR d.address = ANY ($12))
    AND ($13::timestamptz IS NULL OR d.settled_at < $13)
), moved AS (
  UPDATE deliveries d
  SET state = $2::delivery_state,
      code = CASE $2 WHEN 'sent' THEN NULL WHEN 'failed' THEN 'settled_by_operator' ELSE d.code END,
      due_at = CASE $2 WHEN 'scheduled' THEN w.now ELSE d.due_at END,
      settled_at = w.now
  FROM wanted w
  WHERE d.account_id = w.account_id AND d.batch_id = w.batch_id AND d.number = w.number AND d.day = w.day
    AND d.state = 'unknown' AND NOT $14::boolean
  RETURNING d.account_id, d.batch_id, 'unknown'::delivery_state AS old, d.state AS new
), {{count_moves}}, reopened AS (
  UPDATE runs r
  SET state = 'sending', completed_at = NULL,
      -- A job that was paused or cancelled after this run was completed has flagged its batches, and not the run.
      paused_at = coalesce(r.paused_at, again.paused_at), cancelled_at = coalesce(r.cancelled_at, again.cancelled_at)
  FROM (
    SELECT c.account_id, c.run_id, max(c.paused_at) AS paused_at, max(c.cancelled_at) AS cancelled_at
    FROM counted c
    WHERE (c.account_id, c.id) IN (SELECT m.account_id, m.batch_id FROM moved m WHERE m.new = 'scheduled')
    GROUP BY c.account_id, c.run_id
  ) again
  WHERE r.account_id = again.account_id AND r.id = again.run_id AND r.state IN ('sending', 'completed')
)
SELECT batch.id AS batch_id, batch.channel,
       (SELECT count(*)::int FROM wanted w WHERE w.batch_id = batch.id) AS found,
       (SELECT count(*)::int FROM moved m WHERE m.batch_id = batch.id) AS settled
FROM batch ORDER BY batch.id
