-- Sets one date of a recipient, whose row the transaction has locked, unless the recipient has as many others as there may be.
-- $1 account_id  $2 recipient_id  $3 name  $4 value  $5 how many there may be
WITH given AS (
  SELECT g.value, {{date_parts}} FROM (SELECT $4::text AS value) g
)
INSERT INTO recipient_dates AS d (account_id, recipient_id, name, value, anniversary, on_day, at, updated_at)
SELECT $1::int, $2::bigint, $3::text, g.value, g.anniversary, g.on_day, g.at, carillon_now() FROM given g
WHERE (SELECT count(*) FROM recipient_dates o WHERE o.account_id = $1 AND o.recipient_id = $2 AND o.name <> $3) < $5
ON CONFLICT (account_id, recipient_id, name) DO UPDATE
SET value = excluded.value, anniversary = excluded.anniversary, on_day = excluded.on_day, at = excluded.at,
    updated_at = excluded.updated_at
