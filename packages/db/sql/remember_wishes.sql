-- Remembers what people said by reply, and tells which of it is news: not said before, and not overtaken by a later word of
-- theirs. Of two words in one second the one that stops counts, because the provider's clock cannot order them.
-- $1 account_id  $2 channel  $3 address_keys (each once)  $4 wishes  $5 said_at, epoch milliseconds
-- Returns the keys whose wish is news. Their rows stay locked until the transaction ends, so that what follows from the
-- wishes of one person happens in order.
INSERT INTO reply_wishes AS known (account_id, channel, address_key, wish, said_at)
SELECT $1::int, $2::text, g.address_key, g.wish, to_timestamp(g.said_at_ms / 1000)
FROM unnest($3::uuid[], $4::text[], $5::float8[]) AS g (address_key, wish, said_at_ms)
ORDER BY g.address_key
ON CONFLICT (account_id, channel, address_key) DO UPDATE SET wish = excluded.wish, said_at = excluded.said_at
WHERE known.said_at < excluded.said_at
   OR (known.said_at = excluded.said_at AND known.wish = 'start' AND excluded.wish = 'stop')
RETURNING address_key, wish
