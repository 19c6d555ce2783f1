-- What an account pays, or may have to pay, for checks of its own and those of others that it uses. The caller holds the locks
-- of the addresses and of the day's spend.
-- $1 account_id  $2 day  $3 currency  $4 address_keys  $5 runs of the checks  $6 price of each, in millionths
-- $7 whether each price is due at once (the verdict is known), or only may be  $8 whether each check was made for the account
-- $9 until when each known verdict counts (milliseconds)
WITH charged AS (
  INSERT INTO check_charges (account_id, address_key, check_run_id, day, currency, price_micros, charged_micros, valid_until)
  SELECT $1, c.key, c.run, $2::date, $3::text, c.price, CASE WHEN c.due THEN c.price END,
         CASE WHEN c.due THEN to_timestamp(c.until_ms / 1000) END
  FROM unnest($4::uuid[], $5::bigint[], $6::bigint[], $7::boolean[], $9::float8[]) AS c (key, run, price, due, until_ms)
), forgotten AS (
  -- What was paid for an earlier check of these addresses gives a right to nothing any more.
  DELETE FROM check_charges o USING unnest($4::uuid[], $5::bigint[]) AS c (key, run)
  WHERE o.account_id = $1 AND o.address_key = c.key AND o.check_run_id <> c.run AND o.charged_micros IS NOT NULL
)
UPDATE check_spend s
SET reserved_micros = s.reserved_micros + t.reserved, charged_micros = s.charged_micros + t.charged,
    asked = s.asked + t.asked, shared = s.shared + t.shared
FROM (SELECT coalesce(sum(price) FILTER (WHERE NOT due), 0) AS reserved, coalesce(sum(price) FILTER (WHERE due), 0) AS charged,
             count(*) FILTER (WHERE own) AS asked, count(*) FILTER (WHERE NOT own) AS shared
      FROM unnest($6::bigint[], $7::boolean[], $8::boolean[]) AS c (price, due, own)) t
WHERE s.account_id = $1 AND s.day = $2 AND s.currency = $3
