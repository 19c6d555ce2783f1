-- What checks found out, for addresses that still wait for just these checks, or whose check had ended without a verdict; and what
-- it costs whom. The caller holds the locks of the addresses, so that nobody joins a check meanwhile.
-- $1 account_ids  $2 batch_ids  $3 numbers  $4 verdicts  $5 reasons  $6 checked_by  $7 cost in millionths  $8 day
-- $9 milliseconds for which a check that found nothing out is not repeated
-- Returns the verdicts that were stored.
WITH found AS MATERIALIZED (
  SELECT v.address_key, v.check_run_id, v.checked_for, f.verdict, f.reason, f.checked_by, f.cost, n.now,
         p.settings ->> 'currency' AS currency,
         CASE WHEN f.verdict = 'unknown' THEN $9::float8 * interval '1 millisecond'
              ELSE (p.settings ->> 'validDays')::float8 * interval '1 day' END AS valid
  FROM unnest($1::int[], $2::bigint[], $3::smallint[], $4::text[], $5::text[], $6::text[], $7::bigint[])
         AS f (account_id, batch_id, number, verdict, reason, checked_by, cost)
  CROSS JOIN (SELECT carillon_now() AS now OFFSET 0) n
  JOIN {{deliveries}} d ON d.account_id = f.account_id AND d.batch_id = f.batch_id AND d.number = f.number AND d.day = $8
  JOIN batches b ON b.account_id = d.account_id AND b.id = d.batch_id
  JOIN provider_accounts p ON p.id = b.provider_account_id
  JOIN address_verdicts v ON v.address_key = d.dedupe_key AND v.check_run_id = d.run_id
  WHERE v.state = 'pending' OR v.verdict = 'unknown' AND f.verdict <> 'unknown'
), stored AS (
  UPDATE address_verdicts v
  SET state = 'done', verdict = f.verdict, reason = f.reason, checked_at = f.now, checked_by = f.checked_by,
      cost_micros = f.cost, currency = f.currency, valid_until = f.now + f.valid
  FROM found f
  WHERE v.address_key = f.address_key
), previous AS MATERIALIZED (
  SELECT f.now + f.valid AS valid_until, c.account_id, c.address_key, c.check_run_id, c.day, c.currency, c.price_micros, c.charged_micros,
         -- Whoever shares it pays its own price, as if the check had been made for it.
         CASE WHEN f.cost = 0 THEN 0 WHEN c.account_id = f.checked_for THEN f.cost ELSE c.price_micros END AS due
  FROM found f JOIN check_charges c ON c.address_key = f.address_key AND c.check_run_id = f.check_run_id
), charged AS (
  UPDATE check_charges c SET charged_micros = p.due, valid_until = p.valid_until
  FROM previous p
  WHERE c.account_id = p.account_id AND c.address_key = p.address_key AND c.check_run_id = p.check_run_id
), moved AS MATERIALIZED (
  SELECT account_id, day, currency,
         sum(CASE WHEN charged_micros IS NULL THEN price_micros ELSE 0 END) AS released,
         sum(due - coalesce(charged_micros, 0)) AS charged
  FROM previous GROUP BY 1, 2, 3
), locked AS MATERIALIZED (
  SELECT s.account_id, s.day, s.currency FROM check_spend s
  WHERE (s.account_id, s.day, s.currency) IN (SELECT account_id, day, currency FROM moved)
  ORDER BY s.account_id, s.day, s.currency FOR UPDATE
), spent AS (
  UPDATE check_spend s
  SET reserved_micros = s.reserved_micros - m.released, charged_micros = s.charged_micros + m.charged
  FROM moved m JOIN locked USING (account_id, day, currency)
  WHERE s.account_id = m.account_id AND s.day = m.day AND s.currency = m.currency
)
SELECT verdict, currency, cost FROM found
