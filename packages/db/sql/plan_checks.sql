-- A silent run of checks with its batches and deliveries, due now; the addresses' rows become `pending`. The caller holds the locks
-- of the addresses, and the spend of the day with its job.
-- $1 account_id  $2 job_id  $3 day of its partitions  $4 provider account  $5 address_keys, in their order  $6 addresses
-- $7 rows of a batch at most  $8 deadline  $9 attempts  $10 the job is paused
-- Returns the run.
WITH moment AS MATERIALIZED (
  SELECT carillon_now() AS now
), placed AS MATERIALIZED (
  SELECT key, address, (place - 1) / $7::int AS part, ((place - 1) % $7::int + 1)::smallint AS number
  FROM unnest($5::uuid[], $6::text[]) WITH ORDINALITY AS p (key, address, place)
), run AS (
  INSERT INTO runs (account_id, job_id, occurrence_key, day, due_at, state, created_at, expanded_at, people, silent, paused_at)
  SELECT $1, $2, 'checks:' || gen_random_uuid(), $3, m.now, 'sending', m.now, m.now, cardinality($5::uuid[]), true,
         CASE WHEN $10::boolean THEN m.now END
  FROM moment m
  RETURNING id, job_id, due_at, paused_at
), cut AS MATERIALIZED (
  SELECT nextval(pg_get_serial_sequence('batches', 'id')) AS batch_id, g.*
  FROM (SELECT part, count(*)::int AS size FROM placed GROUP BY part ORDER BY part) g
), made AS (
  INSERT INTO batches (account_id, id, run_id, job_id, day, channel, provider_account_id, size, scheduled, due_at, expires_at,
                       max_attempts, unknown_action, paused_at)
  SELECT $1, cut.batch_id, run.id, run.job_id, $3, 'email_check', $4, cut.size, cut.size, run.due_at, $8::timestamptz, $9, 'hold',
         run.paused_at
  FROM cut, run
), planned AS (
  INSERT INTO {{deliveries}} (batch_id, run_id, due_at, dedupe_key, account_id, day, content_version, number, address)
  SELECT cut.batch_id, run.id, run.due_at, p.key, $1, $3, 1, p.number, p.address
  FROM placed p JOIN cut USING (part), run
  ORDER BY p.key
), pending AS (
  UPDATE address_verdicts v
  SET state = 'pending', checked_for = $1, check_run_id = run.id, requested_at = m.now
  FROM run, moment m
  WHERE v.address_key = ANY ($5::uuid[])
)
SELECT id AS run_id FROM run
