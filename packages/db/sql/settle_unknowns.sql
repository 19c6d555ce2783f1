-- Applies the policy that a job chose for outcomes nobody knows, once its time without a report is over: `fail`, or
-- `resend` while attempts are left and the batch has not expired. `hold` never comes here. Who is known to have been told by an
-- earlier try, because its report or answer came while this one was made, is neither told again nor given up.
-- $1 limit of batches
-- Returns (account_id, batch_id, channel, failed, resent).
WITH clock_now AS MATERIALIZED (SELECT carillon_now() AS now),
ripe AS MATERIALIZED (
  -- Found before they are put in order: in the order of the key one would walk through all batches that ever were.
  SELECT b.account_id, b.id FROM batches b, clock_now n
  WHERE b.settle_at <= n.now AND b.cancelled_at IS NULL AND b.unknown_action <> 'hold'
    -- A hold stops the clock of policies too: a restored database must not resend what it forgot to have sent.
    AND NOT EXISTS (
      SELECT 1 FROM holds h
      WHERE (h.account_id IS NULL OR h.account_id = b.account_id) AND (h.channel IS NULL OR h.channel = b.channel))
  ORDER BY b.settle_at LIMIT $1
), batch AS MATERIALIZED (
  SELECT b.account_id, b.id, b.day, b.channel, b.unknown_action, b.unknown_after_seconds, b.max_attempts, n.now,
         -- What may not be sent any more is not freed for another try: a row that then ended as skipped would deny this one.
         b.unknown_action = 'resend' AND (b.expires_at IS NULL OR b.expires_at > n.now) AS may_resend
  FROM ripe JOIN batches b ON b.account_id = ripe.account_id AND b.id = ripe.id, clock_now n
  WHERE b.settle_at <= n.now AND b.cancelled_at IS NULL AND b.unknown_action <> 'hold'
  ORDER BY b.account_id, b.id
  FOR UPDATE OF b SKIP LOCKED
), picked AS MATERIALIZED (
  -- A row that is locked is being settled by a report or a late answer. Waiting for it, with its batch in hand, is what whoever holds it
  -- would wait for in turn.
  SELECT d.account_id, d.batch_id, d.number, d.day,
         {{told_by}} AS told
  FROM batch
  JOIN deliveries d ON d.account_id = batch.account_id AND d.batch_id = batch.id AND d.day = batch.day AND d.state = 'unknown'
    AND d.settled_at <= batch.now - batch.unknown_after_seconds * interval '1 second'
    -- What a restore made unknown only a report or a person settles.
    AND d.code IS DISTINCT FROM 'restored'
  FOR UPDATE OF d SKIP LOCKED
), moved AS (
  UPDATE deliveries d
  SET state = CASE WHEN p.told IS NOT NULL THEN p.told
                   WHEN batch.may_resend AND d.attempts + 1 < batch.max_attempts
                   THEN 'scheduled'::delivery_state ELSE 'failed'::delivery_state END,
      attempts = d.attempts + 1,
      code = CASE WHEN p.told IS NOT NULL THEN NULL
                  WHEN batch.may_resend AND d.attempts + 1 < batch.max_attempts THEN d.code
                  ELSE 'unknown_outcome' END,
      due_at = CASE WHEN p.told IS NULL THEN batch.now ELSE d.due_at END, settled_at = batch.now
  FROM picked p JOIN batch ON batch.account_id = p.account_id AND batch.id = p.batch_id
  WHERE d.account_id = p.account_id AND d.batch_id = p.batch_id AND d.number = p.number AND d.day = p.day
  RETURNING d.account_id, d.batch_id, 'unknown'::delivery_state AS old, d.state AS new
), {{count_moves}}, postponed AS (
  -- Not among those counted: nothing was old enough yet, so the next moment is when the eldest will be.
  UPDATE batches b
  SET settle_at = (SELECT min(d.settled_at) FROM deliveries d
                   WHERE d.account_id = b.account_id AND d.batch_id = b.id AND d.day = b.day AND d.state = 'unknown'
                     AND d.code IS DISTINCT FROM 'restored')
                  + b.unknown_after_seconds * interval '1 second'
  FROM batch
  WHERE b.account_id = batch.account_id AND b.id = batch.id
    AND NOT EXISTS (SELECT 1 FROM moved WHERE moved.account_id = b.account_id AND moved.batch_id = b.id)
)
SELECT batch.account_id, batch.id AS batch_id, batch.channel,
       count(*) FILTER (WHERE m.new = 'failed')::int AS failed, count(*) FILTER (WHERE m.new = 'scheduled')::int AS resent
FROM batch LEFT JOIN moved m ON m.account_id = batch.account_id AND m.batch_id = batch.id
GROUP BY 1, 2, 3
