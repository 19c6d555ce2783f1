-- What is `sending` in a batch that we hold: asked after a claim whose answer was lost, and when a lease cannot be released.
-- Runs in a transaction that has locked the batch in a statement before: a claim still under way is waited for there, and
-- this statement's own snapshot then sees what it claimed.
-- $1 account_id  $2 batch_id  $3 day  $4 whether address keys are wanted
SELECT d.number, d.try, d.attempts, d.address, d.content_version, d.recipient_id,
       CASE WHEN $4::boolean THEN coalesce(d.address_key, d.dedupe_key) END AS address_key, false AS withheld,
       extract(epoch FROM d.due_at)::float8 * 1000 AS due_at_ms, extract(epoch FROM d.sending_at)::float8 * 1000 AS sending_at_ms,
       extract(epoch FROM carillon_now() - d.sending_at)::float8 * 1000 AS claimed_ago_ms
FROM {{deliveries}} d
WHERE d.account_id = $1 AND d.batch_id = $2 AND d.day = $3 AND d.state = 'sending'
