-- A notice of one event for each endpoint that takes it: job, content, run, batch and delivery, due now.
-- $1 account  $2 event  $3 event type  $4 day of its partitions  $5 policy  $6 content  $7 attempts
-- $8 what becomes of unknown outcomes  $9 after how many seconds  $10 the one endpoint that is meant, whatever types it takes, or NULL
-- Returns the endpoints.
WITH moment AS MATERIALIZED (
  SELECT carillon_now() AS now
), endpoint AS MATERIALIZED (
  SELECT p.id FROM provider_accounts p
  WHERE p.account_id = $1 AND p.channel = 'webhook' AND p.disabled_at IS NULL
    AND CASE WHEN $10::int IS NULL THEN NOT p.settings ? 'eventTypes' OR p.settings -> 'eventTypes' ? $3 ELSE p.id = $10 END
), job AS (
  INSERT INTO jobs (account_id, name, kind, channel, provider_account_id, trigger, audience, policy, event_id, created_at, updated_at)
  SELECT $1, $3, 'notice', 'webhook', e.id, '{"type": "now"}', '{}', $5::jsonb, $2, m.now, m.now FROM endpoint e, moment m
  RETURNING id, provider_account_id
), content AS (
  INSERT INTO contents (account_id, job_id, version, body) SELECT $1, job.id, 1, $6::jsonb FROM job
), run AS (
  INSERT INTO runs (account_id, job_id, occurrence_key, day, due_at, state, created_at, expanded_at, people, silent)
  SELECT $1, job.id, 'once', $4, m.now, 'sending', m.now, m.now, 1, true FROM job, moment m
  RETURNING id, job_id, due_at
), batch AS (
  INSERT INTO batches (account_id, run_id, job_id, day, channel, provider_account_id, single, size, scheduled, due_at,
                       max_attempts, unknown_action, unknown_after_seconds)
  SELECT $1, run.id, run.job_id, $4, 'webhook', job.provider_account_id, true, 1, 1, run.due_at, $7, $8, $9
  FROM run JOIN job ON job.id = run.job_id
  RETURNING id, run_id, provider_account_id, due_at
), delivery AS (
  INSERT INTO deliveries (batch_id, run_id, due_at, dedupe_key, account_id, day, content_version, number, address)
  SELECT b.id, b.run_id, b.due_at, md5('notice:' || b.provider_account_id || ':' || $2::bigint)::uuid, $1, $4, 1, 1,
         'whk_' || b.provider_account_id
  FROM batch b
)
SELECT provider_account_id AS endpoint_id FROM batch ORDER BY 1
