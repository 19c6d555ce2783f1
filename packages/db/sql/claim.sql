-- Claims up to $6 due deliveries of one leased batch: the intent, committed before any provider is called. The batch row
-- is locked first; a pause, cancel or newer lease that committed meanwhile is seen there, on the row's newest version.
-- A row that must not be sent by now (withheld_because.sql says why) becomes `skipped` instead. One that a policy freed for another
-- try is `unknown` again: the record must not deny what may have been sent. One that an earlier try is known by now to have reached
-- is `sent` or `delivered` (told_by.sql), and is not sent again. One whose address is still being checked stays
-- `scheduled`, and is due a while later.
-- $1 account_id  $2 batch_id  $3 fence  $4 needed lease milliseconds  $5 lowest number  $6 limit  $7 whether address keys are wanted
-- $8 milliseconds after which a verdict that is missing is asked for again
-- $9 for how many milliseconds after its first try a row that is in doubt may be tried again; NULL is for ever
-- Returns the rows taken, in no order; those withheld are not to be sent. After an error the caller asks read_claim.sql
-- what was claimed all the same.
WITH batch AS MATERIALIZED (
  SELECT b.account_id, b.id, b.channel, b.job_id, b.dated, b.verify_until, b.verify_risky, b.verify_unknown, n.now, $8::float8 AS await_ms, $9::float8 AS key_ms,
         -- Asked once, so that an account without suppressions pays nothing for each row. Ordered, so that the index that has the
         -- channel is used: by another one all suppressions of the account's other channels would be passed over, in each claim.
         coalesce((SELECT true FROM suppressions s WHERE s.account_id = b.account_id AND s.channel = b.channel
                   ORDER BY s.address_key LIMIT 1), false) AS guarded
  FROM batches b, (SELECT carillon_now() AS now OFFSET 0) n
  WHERE b.account_id = $1 AND b.id = $2 AND b.fence = $3
    AND b.lease_until > n.now + $4 * interval '1 millisecond'
    AND b.paused_at IS NULL AND b.cancelled_at IS NULL AND (b.expires_at IS NULL OR b.expires_at > n.now)
    AND NOT EXISTS (
      SELECT 1 FROM holds h
      WHERE (h.account_id IS NULL OR h.account_id = b.account_id) AND (h.channel IS NULL OR h.channel = b.channel))
  FOR UPDATE OF b
), picked AS MATERIALIZED (
  SELECT d.*, {{claim_goal}} AS goal
  FROM (
    SELECT d.ctid AS place, d.account_id, d.batch_id, d.number, d.day, d.try, d.code, batch.now,
           {{withheld_because}} AS reason, {{asked_again_at}} AS again_at,
           -- First tries have nothing to look at.
           CASE WHEN d.try > 0 THEN {{told_by_that_day}} END AS told
    FROM {{deliveries}} d, batch
    WHERE d.account_id = $1 AND d.batch_id = $2 AND d.number >= $5 AND d.state = 'scheduled' AND d.due_at <= batch.now
    ORDER BY d.number LIMIT $6
  ) d
), claimed AS (
  UPDATE {{deliveries}} d
  SET {{claim_changes}}
  FROM picked p
  -- By their place in the heap, as the rows were just read there: no second index search.
  WHERE d.ctid = p.place
    -- The state is asked again: a rival statement with our fence may have taken the row while we waited for the lock.
    AND d.state = 'scheduled'
  RETURNING d.number, d.try, d.attempts, d.address, d.content_version, d.recipient_id, d.dedupe_key, d.address_key, d.state,
            d.due_at, d.sending_at
), counted AS (
  UPDATE batches b
  SET scheduled = b.scheduled - c.rows, sending = b.sending + c.sending, sent = b.sent + c.sent, delivered = b.delivered + c.delivered,
      skipped = b.skipped + c.skipped, unknown = b.unknown + c.unknown,
      -- Nothing left to send: the lease ends with the last row.
      lease_until = CASE WHEN b.scheduled - c.rows + b.sending + c.sending = 0 THEN NULL ELSE b.lease_until END
  -- Rows that wait for a verdict have not moved.
  FROM (SELECT (count(*) FILTER (WHERE state <> 'scheduled'))::int AS rows, (count(*) FILTER (WHERE state = 'sending'))::int AS sending,
               (count(*) FILTER (WHERE state = 'sent'))::int AS sent, (count(*) FILTER (WHERE state = 'delivered'))::int AS delivered,
               (count(*) FILTER (WHERE state = 'skipped'))::int AS skipped, (count(*) FILTER (WHERE state = 'unknown'))::int AS unknown
        FROM claimed) c
  WHERE b.account_id = $1 AND b.id = $2 AND c.rows > 0
)
SELECT number, try, attempts, address, content_version, recipient_id,
       CASE WHEN $7::boolean THEN coalesce(address_key, dedupe_key) END AS address_key, state <> 'sending' AS withheld,
       extract(epoch FROM due_at)::float8 * 1000 AS due_at_ms, extract(epoch FROM sending_at)::float8 * 1000 AS sending_at_ms
FROM claimed
