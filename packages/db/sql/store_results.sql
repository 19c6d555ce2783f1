-- Keeps what tries came to, of channels whose answer is worth keeping. Written before the outcomes, so that none is forgotten; the
-- same again, or the truth after a guess, replaces what stands there.
-- $1 account_ids  $2 batch_ids  $3 numbers  $4 tries  $5 milliseconds that each took  $6 HTTP statuses  $7 exit codes
-- $8 outputs  $9 errors  $10 whether something was left out  $11 day
-- Returns nothing.
INSERT INTO {{results}} (account_id, batch_id, number, try, day, started_at, ended_at, status, exit_code, output, error, truncated)
SELECT r.account_id, r.batch_id, r.number, r.try, $11, n.now - r.ms * interval '1 millisecond', n.now, r.status, r.exit_code,
       r.output, r.error, r.truncated
FROM unnest($1::int[], $2::bigint[], $3::smallint[], $4::smallint[], $5::float8[], $6::int[], $7::int[], $8::text[], $9::text[],
            $10::boolean[])
     AS r (account_id, batch_id, number, try, ms, status, exit_code, output, error, truncated),
     (SELECT carillon_now() AS now) n
ON CONFLICT (account_id, batch_id, number, try, day) DO UPDATE
SET started_at = excluded.started_at, ended_at = excluded.ended_at, status = excluded.status, exit_code = excluded.exit_code,
    output = excluded.output, error = excluded.error, truncated = excluded.truncated
