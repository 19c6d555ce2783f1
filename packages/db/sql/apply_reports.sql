-- What a provider reported about deliveries of one day. Each report is stored once; only what was new moves a delivery,
-- only forward, and only in the try that the report names; but that an earlier try reached its recipient settles a row that waits for its
-- next try, or for somebody who knows about this one, and no try's failure denies what another is known to have come to. A report may
-- overtake the outcome of its own call. After a restore (code `restored`) a row does not know the tries that were made since the backup:
-- whichever was accepted settles it, also when a person has freed it for another try that did not begin yet.
-- $1 account_id  $2 batch_ids  $3 numbers  $4 tries  $5 statuses (sent|delivered|read|failed)  $6 codes
-- $7 provider_message_ids  $8 reported_at milliseconds  $9 day
-- Returns (batch_id, number, try, old, new) of the deliveries moved.
-- Account and day go along with each report instead of being compared with a parameter: Postgres would take a partition it knows
-- nothing of yet for nearly empty, and read all of the account's day for each report.
WITH report AS MATERIALIZED (
  SELECT DISTINCT ON (r.batch_id, r.number, r.try, r.status) $1::int AS account_id, $9::date AS day, r.*, n.now
  FROM unnest($2::bigint[], $3::smallint[], $4::smallint[], $5::text[], $6::text[], $7::text[], $8::float8[])
       AS r (batch_id, number, try, status, code, provider_message_id, reported_at_ms),
       (SELECT carillon_now() AS now OFFSET 0) n
  ORDER BY r.batch_id, r.number, r.try, r.status
), known AS MATERIALIZED (
  -- A report about a delivery that does not exist is not worth a row.
  SELECT report.* FROM report
  JOIN {{deliveries}} d ON d.account_id = report.account_id AND d.batch_id = report.batch_id AND d.number = report.number
    AND (d.try >= report.try OR d.state IN ('unknown', 'scheduled') AND d.code = 'restored')
), fresh AS (
  INSERT INTO {{reports}} (account_id, batch_id, number, try, day, status, code, provider_message_id, reported_at, received_at)
  SELECT account_id, batch_id, number, try, day, status, code, provider_message_id,
         to_timestamp(reported_at_ms / 1000), now
  FROM known ORDER BY batch_id, number, try, status
  ON CONFLICT DO NOTHING
  RETURNING account_id, day, batch_id, number, try, status, code, provider_message_id
), best AS MATERIALIZED (
  SELECT DISTINCT ON (batch_id, number, try) account_id, day, batch_id, number, try, code, provider_message_id,
         CASE status WHEN 'read' THEN 'delivered' ELSE status END::delivery_state AS state
  FROM fresh
  ORDER BY batch_id, number, try, CASE status WHEN 'read' THEN 3 WHEN 'delivered' THEN 3 WHEN 'failed' THEN 2 ELSE 1 END DESC
), previous AS MATERIALIZED (
  SELECT d.account_id, best.day, d.batch_id, d.number, best.try, d.state, best.code, best.provider_message_id,
         CASE WHEN best.state = 'failed' AND d.try > 1
              THEN coalesce((SELECT {{most_known}} FROM {{known_tries_that_day}} AND known.try <> best.try HAVING count(*) > 0), 'failed')
              ELSE best.state END AS reported
  FROM best JOIN {{deliveries}} d ON d.account_id = best.account_id AND d.batch_id = best.batch_id AND d.number = best.number
    AND (d.try = best.try
         OR d.state IN ('unknown', 'scheduled') AND d.code = 'restored' AND best.state <> 'failed'
         OR d.try > best.try AND CASE best.state
              WHEN 'delivered' THEN d.state <> 'sending'
              -- It was the earlier try that was taken to have told them.
              WHEN 'failed' THEN d.state = 'sent' AND best.try IN (SELECT known.try FROM {{known_tries_that_day}})
              ELSE d.state IN ('unknown', 'scheduled') AND NOT EXISTS (
                SELECT 1 FROM {{reports}} f
                WHERE f.account_id = d.account_id AND f.batch_id = d.batch_id AND f.number = d.number AND f.try = best.try
                  AND f.status = 'failed') END)
  ORDER BY d.batch_id, d.number
  FOR UPDATE OF d
), chosen AS MATERIALIZED (
  -- Of reports about several tries, the one that says the most.
  SELECT DISTINCT ON (batch_id, number) * FROM previous
  ORDER BY batch_id, number, CASE reported WHEN 'delivered' THEN 3 WHEN 'sent' THEN 2 ELSE 1 END DESC, try DESC
), moved AS (
  UPDATE {{deliveries}} d
  SET state = p.reported, settled_at = (SELECT carillon_now()),
      code = CASE WHEN p.reported = 'failed' THEN p.code END,
      provider_message_id = coalesce(d.provider_message_id, p.provider_message_id)
  FROM chosen p
  WHERE d.account_id = p.account_id AND d.batch_id = p.batch_id AND d.number = p.number AND d.day = p.day
    AND (p.state IN ('scheduled', 'sending', 'unknown')
         OR p.state = 'sent' AND p.reported IN ('delivered', 'failed')
         -- Failed by an earlier report; not by the call's own answer, which an attempt tells, nor by the job's policy or a person.
         OR p.state = 'failed' AND p.reported = 'delivered'
            AND d.code IS DISTINCT FROM 'unknown_outcome' AND d.code IS DISTINCT FROM 'settled_by_operator'
            AND EXISTS (
              SELECT 1 FROM {{reports}} r WHERE r.account_id = d.account_id AND r.batch_id = d.batch_id AND r.number = d.number
                AND r.day = d.day AND r.status = 'failed')
            AND NOT EXISTS (
              SELECT 1 FROM {{attempts}} a WHERE a.account_id = d.account_id AND a.batch_id = d.batch_id AND a.number = d.number
                AND a.try = d.try AND a.day = d.day
                AND a.outcome IN ('rejected', 'exhausted')
                -- An answer that failed it settled it in the same statement. One that came after the report, or found the row sent
                -- by an earlier report, did not fail it.
                AND a.ended_at = d.settled_at))
  RETURNING d.account_id, d.batch_id, d.number, d.try, p.state AS old, d.state AS new
), {{count_moves}}
SELECT batch_id, number, try, old, new FROM moved
