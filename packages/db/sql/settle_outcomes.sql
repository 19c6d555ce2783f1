-- Writes what became of calls, for rows that still are `sending` in that try. Guarded by (delivery, try) and not by the
-- fence: a late truth is still the truth. Rows that do not match are left to settle_late_outcomes.sql.
-- $1 account_ids  $2 batch_ids  $3 numbers  $4 tries  $5 states  $6 codes  $7 messages  $8 provider_message_ids
-- $9 retry delays in milliseconds (for state scheduled)  $10 burns an attempt  $11 outcome words  $12 day
-- A row that goes back to `scheduled` in a cancelled batch is ended by the sweeper, like the others there.
-- Returns the rows settled.
WITH outcome AS MATERIALIZED (
  SELECT d.*, n.now, CASE WHEN d.try > 1 AND d.state <> 'sent' THEN {{told_by_that_day}} END AS told
  FROM unnest($1::int[], $2::bigint[], $3::smallint[], $4::smallint[], $5::delivery_state[], $6::text[], $7::text[],
              $8::text[], $9::float8[], $10::smallint[], $11::text[])
       AS d (account_id, batch_id, number, try, state, code, message, provider_message_id, delay_ms, burns, word),
       (SELECT carillon_now() AS now OFFSET 0) n
  -- Rows are locked in this order, as by reports.
  ORDER BY d.account_id, d.batch_id, d.number
), moved AS (
  UPDATE {{deliveries}} d
  -- An earlier try that is known by now to have arrived settles the row, whatever this one came to. Withheld, though a try before may
  -- have reached the provider: the record must not deny that.
  SET state = CASE WHEN o.told IS NOT NULL THEN o.told
                   WHEN o.state = 'skipped' AND {{in_doubt_that_day}} THEN 'unknown' ELSE o.state END,
      attempts = d.attempts + o.burns,
      code = CASE WHEN o.told IS NULL THEN o.code END,
      provider_message_id = o.provider_message_id,
      settled_at = o.now,
      -- Retry times are rounded up to the second so that they meet and share a wake-up.
      due_at = CASE WHEN o.state = 'scheduled'
                    THEN date_trunc('second', o.now + o.delay_ms * interval '1 millisecond' + interval '999 milliseconds')
                    ELSE d.due_at END
  FROM outcome o
  WHERE d.account_id = o.account_id AND d.batch_id = o.batch_id AND d.number = o.number AND d.day = $12
    AND d.try = o.try AND d.state = 'sending'
  RETURNING d.account_id, d.batch_id, d.number, d.try, d.sending_at, 'sending'::delivery_state AS old, d.state AS new,
            o.word, o.code, o.message, o.provider_message_id, o.now
), noted AS (
  -- A first try that was accepted is told in full by the delivery itself.
  INSERT INTO {{attempts}} (account_id, batch_id, number, try, day, outcome, code, message, started_at, ended_at, provider_message_id)
  SELECT account_id, batch_id, number, try, $12, word, code, message, sending_at, now, provider_message_id
  FROM moved
  WHERE try > 1 OR word <> 'accepted'
  ON CONFLICT DO NOTHING
), {{count_moves}}
SELECT account_id, batch_id, number, try FROM moved
