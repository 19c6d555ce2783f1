-- A notice of one event for the owner of a job, by one channel: job, content, run, batch and delivery, due now.
-- $1 account  $2 event  $3 event type  $4 day of its partitions  $5 policy  $6 content  $7 attempts
-- $8 what becomes of unknown outcomes  $9 after how many seconds  $10 channel  $11 provider account  $12 address
-- $13 its key, by which it may be suppressed; for an URL any
-- Returns nothing.
WITH moment AS MATERIALIZED (
  SELECT carillon_now() AS now
), job AS (
  INSERT INTO jobs (account_id, name, kind, channel, provider_account_id, trigger, audience, policy, event_id, created_at, updated_at)
  SELECT $1, $3, 'notice', $10, $11, '{"type": "now"}', '{}', $5::jsonb, $2, m.now, m.now FROM moment m
  RETURNING id
), content AS (
  INSERT INTO contents (account_id, job_id, version, body) SELECT $1, job.id, 1, $6::jsonb FROM job
), run AS (
  INSERT INTO runs (account_id, job_id, occurrence_key, day, due_at, state, created_at, expanded_at, people, silent)
  SELECT $1, job.id, 'once', $4, m.now, 'sending', m.now, m.now, 1, true FROM job, moment m
  RETURNING id, job_id, due_at
), batch AS (
  INSERT INTO batches (account_id, run_id, job_id, day, channel, provider_account_id, single, size, scheduled, due_at,
                       max_attempts, unknown_action, unknown_after_seconds)
  SELECT $1, run.id, run.job_id, $4, $10, $11, true, 1, 1, run.due_at, $7, $8, $9 FROM run
  RETURNING id, run_id, due_at
)
INSERT INTO deliveries (batch_id, run_id, due_at, dedupe_key, account_id, day, content_version, number, address)
SELECT b.id, b.run_id, b.due_at, $13::uuid, $1, $4, 1, 1, $12 FROM batch b
