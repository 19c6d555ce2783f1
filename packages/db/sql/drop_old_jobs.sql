-- Forgets jobs that were over long ago and have no run left, among some that follow one another in an account. Their idempotency keys
-- are those of no job then, and end by their own age.
-- $1 account_id  $2 the job after which it looks  $3 days that jobs are kept  $4 jobs looked at, at most
-- $5 occasions taken away, at most
-- Returns how many jobs and occasions went, how many jobs were looked at, the last of them, and whether it is old.
WITH moment AS MATERIALIZED (
  SELECT carillon_now() AS now, carillon_now() - $3::int * interval '1 day' AS before
), page AS MATERIALIZED (
  SELECT j.id, j.created_at FROM jobs j WHERE j.account_id = $1 AND j.id > $2 ORDER BY j.id LIMIT $4
), locked AS MATERIALIZED (
  -- Notices go with their events. People whom it named by address alone are dropped by what they find in its row.
  SELECT j.id, j.dated, j.audience
  FROM page p CROSS JOIN moment m JOIN jobs j ON j.account_id = $1 AND j.id = p.id
  WHERE j.status IN ('completed', 'cancelled') AND j.event_id IS NULL
    AND j.updated_at < least(m.before, CASE WHEN j.dated THEN m.now - interval '366 days' ELSE m.before END)
    -- OFFSET is for the reason given in drop_old_runs.
    AND (SELECT true FROM (SELECT r.account_id FROM runs r WHERE r.job_id = j.id OFFSET 0) r WHERE r.account_id = $1 LIMIT 1) IS NULL
    AND (SELECT true FROM (SELECT q.account_id FROM recipients q WHERE q.inline_job_id = j.id OFFSET 0) q
         WHERE q.account_id = $1 LIMIT 1) IS NULL
  FOR UPDATE OF j SKIP LOCKED
), told AS MATERIALIZED (
  SELECT o.job_id, o.recipient_id, o.date_name, o.offset_days, o.period
  FROM locked l CROSS JOIN LATERAL (SELECT * FROM occasions o WHERE o.account_id = $1 AND o.job_id = l.id OFFSET 0) o LIMIT $5
), forgotten AS (
  {{forget_told}}
), gone AS MATERIALIZED (
  SELECT l.* FROM locked l WHERE (SELECT true FROM occasions o WHERE o.account_id = $1 AND o.job_id = l.id LIMIT 1) IS NULL
), audiences AS (
  DELETE FROM job_audiences n
  USING (SELECT g.id, a.value::bigint AS audience_id FROM gone g CROSS JOIN jsonb_array_elements_text(g.audience -> 'audienceIds') a) g
  WHERE n.account_id = $1 AND n.audience_id = g.audience_id AND n.job_id = g.id
), dropped AS (
  -- Their contents and tags go with them.
  DELETE FROM jobs j USING gone g WHERE j.account_id = $1 AND j.id = g.id RETURNING 1
)
SELECT (SELECT count(*) FROM dropped) AS dropped, (SELECT count(*) FROM forgotten) AS occasions, count(*) AS seen, max(p.id) AS last,
       coalesce((array_agg(p.created_at < m.before ORDER BY p.id DESC))[1], false) AS last_is_old
FROM page p, moment m
