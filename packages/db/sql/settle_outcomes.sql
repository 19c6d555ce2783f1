-- Writes what became of calls, for rows that still are `sending` in that try. Guarded by (delivery, try) and not by the
-- fence: a late truth is still the truth. Rows that do not match are left to settle_late_outcomes.sql.
-- $1 account_ids  $2 batch_ids  $3 numbers  $4 tries  $5 states  $6 codes  $7 messages  $8 provider_message_ids
-- $9 retry delays in milliseconds (for state scheduled)  $10 burns an attempt  $11 outcome words  $12 day
-- Returns the rows settled.
WITH outcome AS MATERIALIZED (
  SELECT o.*, n.now
  FROM unnest($1::int[], $2::bigint[], $3::smallint[], $4::smallint[], $5::delivery_state[], $6::text[], $7::text[],
              $8::text[], $9::float8[], $10::smallint[], $11::text[])
       AS o (account_id, batch_id, number, try, state, code, message, provider_message_id, delay_ms, burns, word),
       (SELECT carillon_now() AS now) n
), batch AS MATERIALIZED (
  SELECT b.account_id, b.id, b.cancelled_at IS NOT NULL AS is_cancelled
  FROM batches b
  WHERE (b.account_id, b.id) IN (SELECT DISTINCT account_id, batch_id FROM outcome)
  ORDER BY b.account_id, b.id
  FOR UPDATE
), moved AS (
  UPDATE {{deliveries}} d
  SET state = CASE WHEN o.state = 'scheduled' AND batch.is_cancelled THEN 'cancelled' ELSE o.state END,
      attempts = d.attempts + o.burns,
      code = o.code,
      provider_message_id = o.provider_message_id,
      settled_at = o.now,
      -- Retry times are rounded up to the second so that they meet and share a wake-up.
      due_at = CASE WHEN o.state = 'scheduled'
                    THEN date_trunc('second', o.now + o.delay_ms * interval '1 millisecond' + interval '999 milliseconds')
                    ELSE d.due_at END
  FROM outcome o JOIN batch ON batch.account_id = o.account_id AND batch.id = o.batch_id
  WHERE d.account_id = o.account_id AND d.batch_id = o.batch_id AND d.number = o.number AND d.day = $12
    AND d.try = o.try AND d.state = 'sending'
  RETURNING d.account_id, d.batch_id, d.number, d.try, d.sending_at, 'sending'::delivery_state AS old, d.state AS new
), noted AS (
  -- A first try that was accepted is told in full by the delivery itself.
  INSERT INTO {{attempts}} (account_id, batch_id, number, try, day, outcome, code, message, started_at, ended_at, provider_message_id)
  SELECT o.account_id, o.batch_id, o.number, o.try, $12, o.word, o.code, o.message, m.sending_at, o.now, o.provider_message_id
  FROM outcome o JOIN moved m USING (account_id, batch_id, number, try)
  WHERE o.try > 1 OR o.word <> 'accepted'
  ON CONFLICT DO NOTHING
), {{count_moves}}
SELECT account_id, batch_id, number, try FROM moved
