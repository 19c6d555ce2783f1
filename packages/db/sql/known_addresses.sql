-- In which way an account knows addresses. What it knows itself comes first; of our own checks those count that it pays for.
-- $1 account_id  $2 address_keys
-- Returns for each key its standing:
--   confirmed, deliverable, undeliverable, risky   known, and paid for where that costs something
--   pending   a check is under way that the account pays for
--   unknown   the last check found nothing out, and the next is to wait
--   shareable, joinable   there is such a verdict or check, which the account does not pay for yet
--   unasked   nothing that counts
-- and until when that holds (milliseconds, NULL for ever), and the check's run, its verdict, and whether that cost anything.
SELECT k.key AS address_key, CASE
         WHEN own.verdict IS NOT NULL THEN own.verdict
         WHEN s.address_key IS NULL THEN 'unasked'
         WHEN s.state = 'pending' THEN CASE WHEN s.paid THEN 'pending' ELSE 'joinable' END
         WHEN s.verdict IS NULL OR s.valid_until <= n.now THEN 'unasked'
         WHEN s.verdict = 'unknown' THEN 'unknown'
         WHEN s.paid THEN s.verdict
         ELSE 'shareable' END AS standing,
       extract(epoch FROM CASE WHEN own.verdict IS NOT NULL THEN own.valid_until ELSE s.valid_until END)::float8 * 1000 AS until_ms,
       s.check_run_id, s.verdict, coalesce(s.cost_micros > 0, false) AS costs
FROM unnest($2::uuid[]) AS k (key)
CROSS JOIN (SELECT carillon_now() AS now OFFSET 0) n
LEFT JOIN LATERAL (
  SELECT a.verdict, a.valid_until FROM account_verdicts a
  WHERE a.account_id = $1 AND a.address_key = k.key AND a.verdict <> 'unknown'
    AND (a.valid_until IS NULL OR a.valid_until > n.now)
) own ON true
LEFT JOIN LATERAL (
  SELECT v.*, EXISTS (SELECT 1 FROM check_charges c
                      WHERE c.account_id = $1 AND c.address_key = v.address_key AND c.check_run_id = v.check_run_id) AS paid
  FROM address_verdicts v WHERE v.address_key = k.key
) s ON true
