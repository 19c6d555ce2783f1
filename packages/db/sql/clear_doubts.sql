-- Settles earlier tries of deliveries, of which the provider said that it has none: what was unknown was not done. The latest try of
-- each is settled by its outcome.
-- $1 account_ids  $2 batch_ids  $3 numbers  $4 latest tries  $5 code  $6 message  $7 day
-- Returns nothing.
UPDATE {{attempts}} a
SET outcome = 'retry', code = $5, message = $6
FROM unnest($1::int[], $2::bigint[], $3::smallint[], $4::smallint[]) AS d (account_id, batch_id, number, try)
WHERE a.account_id = d.account_id AND a.batch_id = d.batch_id AND a.number = d.number AND a.try < d.try AND a.day = $7
  AND a.outcome = 'unknown'
