-- Notes that the owners of addresses have confirmed them to the account. One that is confirmed already keeps since when and by whom;
-- any other verdict of the account's own gives way.
-- Not to be named, for the reason at put_dates.sql.
-- $1 account_id  $2 address_keys (each once)  $3 source
INSERT INTO account_verdicts AS v (account_id, address_key, verdict, source, at)
SELECT $1, k.address_key, 'confirmed', $3, n.now
FROM unnest($2::uuid[]) AS k (address_key), (SELECT carillon_now() AS now OFFSET 0) n
-- Always in the same order, so that two of these never wait for each other crosswise.
ORDER BY k.address_key
ON CONFLICT (account_id, address_key) DO UPDATE
SET verdict = excluded.verdict, reason = NULL, source = excluded.source, at = excluded.at, valid_until = NULL
WHERE v.verdict <> 'confirmed' OR v.valid_until IS NOT NULL
