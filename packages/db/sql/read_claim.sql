-- What carries our fence and is `sending`: asked after a claim whose answer was lost, and when a lease cannot be released.
-- $1 account_id  $2 batch_id  $3 day  $4 fence
SELECT d.number, d.try, d.attempts, d.address, d.content_version,
       extract(epoch FROM d.due_at)::float8 * 1000 AS due_at_ms, extract(epoch FROM d.sending_at)::float8 * 1000 AS sending_at_ms
FROM (SELECT account_id, id FROM batches WHERE account_id = $1 AND id = $2 AND fence = $4 FOR UPDATE) b
JOIN {{deliveries}} d ON d.account_id = b.account_id AND d.batch_id = b.id
WHERE d.account_id = $1 AND d.batch_id = $2 AND d.day = $3 AND d.state = 'sending'
