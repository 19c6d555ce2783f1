-- Outcomes whose row no longer was `sending` in that try: a lease ran out, or a report overtook the outcome. An `unknown`
-- is settled by the truth; a row that a report has moved on only learns the provider's id. That an earlier try was accepted is
-- remembered, and settles a row that waits: for its next try, or for somebody who knows about this one.
-- Parameters as in settle_outcomes.sql.  Returns (account_id, batch_id, number, try, old, new) of the rows touched.
WITH outcome AS MATERIALIZED (
  SELECT d.*, n.now, CASE WHEN d.try > 1 AND d.state <> 'sent' THEN {{told_by_that_day}} END AS told
  FROM unnest($1::int[], $2::bigint[], $3::smallint[], $4::smallint[], $5::delivery_state[], $6::text[], $7::text[],
              $8::text[], $9::float8[], $10::smallint[], $11::text[])
       AS d (account_id, batch_id, number, try, state, code, message, provider_message_id, delay_ms, burns, word),
       (SELECT carillon_now() AS now OFFSET 0) n
  -- Rows are locked in this order, as by reports.
  ORDER BY d.account_id, d.batch_id, d.number
), previous AS MATERIALIZED (
  SELECT d.account_id, d.batch_id, d.number, o.try, d.try AS latest, d.state, d.sending_at,
         -- Also a row that a policy or an operator freed for another try: the truth still comes before that try.
         CASE WHEN o.state = 'sent' AND d.try > o.try
              THEN d.state IN ('unknown', 'scheduled') AND NOT EXISTS (
                SELECT 1 FROM {{reports}} f
                WHERE f.account_id = d.account_id AND f.batch_id = d.batch_id AND f.number = d.number AND f.try = o.try
                  AND f.status = 'failed')
              ELSE d.try = o.try AND (d.state IN ('unknown', 'sending') OR d.state = 'scheduled' AND o.state = 'sent') END AS settles
  FROM outcome o JOIN {{deliveries}} d ON d.account_id = o.account_id AND d.batch_id = o.batch_id AND d.number = o.number AND d.try >= o.try
  FOR UPDATE OF d
), chosen AS MATERIALIZED (
  -- Outcomes of several tries of a row may come together: that somebody was told counts before what else became of it.
  SELECT DISTINCT ON (p.account_id, p.batch_id, p.number) p.sending_at, p.state AS old, p.settles, o.*
  FROM previous p JOIN outcome o USING (account_id, batch_id, number, try)
  WHERE p.settles OR p.try = p.latest
  ORDER BY p.account_id, p.batch_id, p.number, p.settles DESC, (o.state = 'sent') DESC, p.try DESC
), moved AS (
  UPDATE {{deliveries}} d
  SET state = CASE WHEN NOT o.settles THEN d.state
                   WHEN o.told IS NOT NULL THEN o.told
                   WHEN o.state = 'skipped' AND d.try > 1
                        AND (SELECT count(*) > 0 FROM {{attempts}} a
                             WHERE a.account_id = d.account_id AND a.batch_id = d.batch_id AND a.number = d.number
                               AND a.try < d.try AND a.outcome IN ('unknown', 'accepted')) THEN 'unknown'
                   ELSE o.state END,
      attempts = d.attempts + CASE WHEN o.settles THEN o.burns ELSE 0 END,
      code = CASE WHEN NOT o.settles THEN d.code WHEN o.told IS NULL THEN o.code END,
      provider_message_id = coalesce(o.provider_message_id, d.provider_message_id),
      settled_at = CASE WHEN o.settles THEN o.now ELSE d.settled_at END,
      due_at = CASE WHEN o.settles AND o.state = 'scheduled'
                    THEN date_trunc('second', o.now + o.delay_ms * interval '1 millisecond' + interval '999 milliseconds')
                    ELSE d.due_at END
  FROM chosen o
  WHERE d.account_id = o.account_id AND d.batch_id = o.batch_id AND d.number = o.number AND d.day = $12
  RETURNING d.account_id, d.batch_id, d.number, d.try, o.old, d.state AS new
), noted AS (
  INSERT INTO {{attempts}} AS a (account_id, batch_id, number, try, day, outcome, code, message, started_at, ended_at, provider_message_id)
  -- Of a try that is told of twice, that it was accepted.
  SELECT DISTINCT ON (o.account_id, o.batch_id, o.number, o.try)
         o.account_id, o.batch_id, o.number, o.try, $12, o.word, o.code, o.message, p.sending_at, o.now, o.provider_message_id
  FROM outcome o JOIN previous p USING (account_id, batch_id, number, try)
  WHERE o.try > 1 OR o.word <> 'accepted' OR p.state IN ('unknown', 'scheduled') OR p.latest > p.try
  ORDER BY o.account_id, o.batch_id, o.number, o.try, (o.state = 'sent') DESC, (o.word <> 'unknown') DESC
  ON CONFLICT (account_id, batch_id, number, try, day) DO UPDATE
  SET outcome = excluded.outcome, code = excluded.code, message = excluded.message, ended_at = excluded.ended_at,
      provider_message_id = excluded.provider_message_id
  -- What is known of a try stays known.
  WHERE excluded.outcome <> 'unknown'
), {{count_moves}}, reopened AS (
  -- A run may be completed with outcomes unknown; one that is known now not to have been sent makes it go on. Asked of
  -- the row's newest version, because a sweeper may be completing the run just now.
  UPDATE runs r
  SET state = 'sending', completed_at = NULL,
      -- A job that was paused or cancelled after this run was completed has flagged its batches, and not the run.
      paused_at = coalesce(r.paused_at, again.paused_at), cancelled_at = coalesce(r.cancelled_at, again.cancelled_at)
  FROM (
    SELECT c.account_id, c.run_id, max(c.paused_at) AS paused_at, max(c.cancelled_at) AS cancelled_at
    FROM counted c
    WHERE (c.account_id, c.id) IN (SELECT m.account_id, m.batch_id FROM moved m WHERE m.old = 'unknown' AND m.new = 'scheduled')
    GROUP BY c.account_id, c.run_id
  ) again
  WHERE r.account_id = again.account_id AND r.id = again.run_id AND r.state IN ('sending', 'completed')
)
SELECT account_id, batch_id, number, try, old, new FROM moved
