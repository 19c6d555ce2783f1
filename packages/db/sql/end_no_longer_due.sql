-- Ends rows that nobody claimed, or that were skipped, as their recipient is told on another day: the date or the zone changed. The
-- caller holds the batches' rows.
-- $1 account_id  $2 batch_ids  $3 numbers  $4 days  $5 code
-- Returns the recipient_id of each row that ended so.
WITH picked AS MATERIALIZED (
  SELECT d.account_id, d.batch_id, d.number, d.day, d.state AS old
  -- The account goes along with each row, so that it is found by its whole key whatever Postgres knows of the table.
  FROM (SELECT $1::int AS account_id, u.* FROM unnest($2::bigint[], $3::int[], $4::date[]) AS u (batch_id, number, day) OFFSET 0) w
  JOIN deliveries d ON d.account_id = w.account_id AND d.batch_id = w.batch_id AND d.number = w.number AND d.day = w.day
  WHERE d.state = 'scheduled' AND d.try = 0 AND d.code IS DISTINCT FROM 'restored' OR d.state = 'skipped'
  FOR UPDATE OF d
), moved AS (
  UPDATE deliveries d SET state = 'skipped', code = $5, settled_at = carillon_now()
  FROM picked p
  WHERE d.account_id = p.account_id AND d.batch_id = p.batch_id AND d.number = p.number AND d.day = p.day
  RETURNING d.account_id, d.batch_id, p.old, d.state AS new, d.recipient_id
), {{count_moves}}
SELECT recipient_id FROM moved
