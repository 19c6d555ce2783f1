-- Makes the runs of many jobs without recipients, each with its one delivery in a batch of its own; what planRun and planSingle make
-- one by one. Each job once. An occurrence that was planned before is left alone.
-- Returns the jobs whose occurrence was not there before.
-- $1 account_ids  $2 job_ids  $3 occurrence keys  $4 due milliseconds  $5 channels  $6 provider_account_ids  $7 content versions
-- $8 addresses  $9 milliseconds until each expires  $10 attempts  $11 unknown actions  $12 unknown seconds  $13 day
WITH task AS MATERIALIZED (
  SELECT t.*, n.now
  FROM unnest($1::int[], $2::bigint[], $3::text[], $4::float8[], $5::text[], $6::int[], $7::int[], $8::text[], $9::float8[],
              $10::smallint[], $11::text[], $12::int[])
       AS t (account_id, job_id, occurrence_key, due_ms, channel, provider_account_id, content_version, address, expire_ms,
             max_attempts, unknown_action, unknown_after_seconds),
       (SELECT carillon_now() AS now OFFSET 0) n
), run AS (
  INSERT INTO runs (account_id, job_id, occurrence_key, day, due_at, state, created_at, expanded_at, people)
  SELECT account_id, job_id, occurrence_key, $13::date, to_timestamp(due_ms / 1000), 'sending', now, now, 1 FROM task
  ON CONFLICT (account_id, job_id, occurrence_key) DO NOTHING
  RETURNING account_id, id, job_id, occurrence_key, day, due_at
), batch AS (
  INSERT INTO batches (account_id, run_id, job_id, day, channel, provider_account_id, single, size, scheduled, due_at, expires_at,
                       max_attempts, unknown_action, unknown_after_seconds)
  SELECT r.account_id, r.id, r.job_id, r.day, t.channel, t.provider_account_id, true, 1, 1, r.due_at,
         r.due_at + t.expire_ms * interval '1 millisecond', t.max_attempts, t.unknown_action, t.unknown_after_seconds
  FROM run r JOIN task t ON t.account_id = r.account_id AND t.job_id = r.job_id AND t.occurrence_key = r.occurrence_key
  RETURNING account_id, id, run_id, job_id, day, due_at
), delivery AS (
  INSERT INTO {{deliveries}} (batch_id, run_id, due_at, dedupe_key, account_id, day, content_version, number, address, state)
  SELECT b.id, b.run_id, b.due_at, md5('run')::uuid, b.account_id, b.day, t.content_version, 1, t.address, 'scheduled'
  FROM batch b JOIN task t ON t.account_id = b.account_id AND t.job_id = b.job_id
)
SELECT account_id, job_id FROM run
