-- Makes the rows of addresses where they are missing, and locks them all, in the order of the key and in one pass: of two
-- requests that want the same addresses one waits for the other, and never both.
-- $1 account_id  $2 address_keys
INSERT INTO address_verdicts AS v (address_key, state, checked_for, check_run_id, requested_at)
SELECT k.key, 'done', $1, 0, n.now
FROM (SELECT DISTINCT unnest($2::uuid[]) AS key) k, (SELECT carillon_now() AS now OFFSET 0) n
ORDER BY k.key
-- Locks the row and changes nothing.
ON CONFLICT (address_key) DO UPDATE SET state = v.state WHERE false
