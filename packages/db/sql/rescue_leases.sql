-- Settles leases that ran out: whoever held them may have sent what is `sending`, and nobody knows, so those rows become
-- `unknown`, but for those that an earlier try is known by now to have reached. The fence moves on, and the batch is free to be enqueued at once.
-- $1 limit
-- Returns the rescued batches with the number of rows that became unknown.
WITH clock_now AS MATERIALIZED (SELECT carillon_now() AS now),
late AS MATERIALIZED (
  -- Found before they are put in order: in the order of the key one would walk through all batches that ever were.
  SELECT b.account_id, b.id FROM batches b, clock_now n
  WHERE b.open AND b.enqueued_at IS NOT NULL AND b.lease_until < n.now
  LIMIT $1
), batch AS MATERIALIZED (
  SELECT b.account_id, b.id, b.day, n.now
  FROM late JOIN batches b ON b.account_id = late.account_id AND b.id = late.id, clock_now n
  WHERE b.open AND b.enqueued_at IS NOT NULL AND b.lease_until < n.now
  ORDER BY b.account_id, b.id
  FOR UPDATE OF b SKIP LOCKED
), moved AS (
  UPDATE deliveries d
  SET state = coalesce(CASE WHEN d.try > 1 THEN {{told_by}} END, 'unknown'),
      code = CASE WHEN d.try = 1 OR {{told_by}} IS NULL THEN 'lease_expired' END, settled_at = batch.now
  FROM batch
  WHERE d.account_id = batch.account_id AND d.batch_id = batch.id AND d.day = batch.day AND d.state = 'sending'
  RETURNING d.account_id, d.batch_id, d.number, d.try, d.day, d.sending_at, 'sending'::delivery_state AS old, d.state AS new
), noted AS (
  INSERT INTO attempts (account_id, batch_id, number, try, day, outcome, code, message, started_at, ended_at)
  SELECT account_id, batch_id, number, try, day, 'unknown', 'lease_expired',
         'the sender that claimed it did not report an outcome before its lease ran out', sending_at, (SELECT now FROM clock_now)
  FROM moved
  ON CONFLICT DO NOTHING
), ended AS MATERIALIZED (
  SELECT account_id, batch_id, count(*)::int AS rows, (count(*) FILTER (WHERE new NOT IN ('sent', 'delivered')))::int AS unknown,
         (count(*) FILTER (WHERE new = 'sent'))::int AS sent, (count(*) FILTER (WHERE new = 'delivered'))::int AS delivered
  FROM moved GROUP BY 1, 2
), freed AS (
  UPDATE batches b
  SET fence = b.fence + 1, lease_until = NULL, lease_owner = NULL, enqueued_at = NULL,
      sending = b.sending - coalesce(e.rows, 0), unknown = b.unknown + coalesce(e.unknown, 0),
      sent = b.sent + coalesce(e.sent, 0), delivered = b.delivered + coalesce(e.delivered, 0),
      settle_at = CASE WHEN e.unknown > 0 AND b.unknown_action <> 'hold' AND b.cancelled_at IS NULL
                       THEN least(b.settle_at, batch.now + b.unknown_after_seconds * interval '1 second')
                       ELSE b.settle_at END
  FROM batch LEFT JOIN ended e ON e.account_id = batch.account_id AND e.batch_id = batch.id
  WHERE b.account_id = batch.account_id AND b.id = batch.id
  RETURNING b.account_id, b.id, b.channel, coalesce(e.unknown, 0) AS unknown
)
SELECT account_id, id, channel, unknown FROM freed
