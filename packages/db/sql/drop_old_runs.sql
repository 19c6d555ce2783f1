-- Forgets runs that were over long ago and of which nothing but counts is left, among some that follow one another in an account.
-- $1 account_id  $2 the run after which it looks  $3 days that runs are kept  $4 days whose partitions are there
-- $5 runs looked at, at most  $6 occasions taken away, at most
-- Returns how many runs and occasions went, how many runs were looked at, the last of them, and whether it is old.
WITH moment AS MATERIALIZED (
  SELECT carillon_now() AS now, carillon_now() - $3::int * interval '1 day' AS before
), page AS MATERIALIZED (
  SELECT r.id, r.job_id, r.occurrence_key, r.day, r.state, r.due_at, r.completed_at, r.parent_run_id, r.left_out,
         r.civil_day - coalesce(r.offset_days, 0) AS base_day
  FROM runs r WHERE r.account_id = $1 AND r.id > $2 ORDER BY r.id LIMIT $5
), spent AS MATERIALIZED (
  -- No batch: nothing is open, unknown, waits for a policy, or is kept longer by the account. Of a run and its resends the latest goes
  -- first: the key of the next one is made of how many there are. OFFSET keeps the account out of these looks, as by it and LIMIT the
  -- planner would walk through all that the account has in the hope of meeting one soon.
  SELECT p.* FROM page p, moment m
  WHERE p.state = 'completed' AND p.completed_at < m.before AND p.day <> ALL ($4::date[])
    AND (SELECT true FROM (SELECT b.account_id FROM batches b WHERE b.run_id = p.id OFFSET 0) b WHERE b.account_id = $1 LIMIT 1) IS NULL
    AND (SELECT count(*) FROM runs f WHERE f.account_id = $1 AND f.parent_run_id = coalesce(p.parent_run_id, p.id) AND f.id > p.id) = 0
), job AS MATERIALIZED (
  -- Notices go with their events.
  SELECT j.id, j.recurring, j.dated, j.next_occurrence_at, j.dates_looked_to, o.is_over,
         CASE WHEN NOT o.is_over THEN (SELECT min(r.due_at) FROM runs r WHERE r.job_id = j.id AND r.account_id = $1 AND r.state <> 'completed') END
           AS open_from,
         CASE WHEN NOT o.is_over THEN (
           SELECT r.id FROM (SELECT r.account_id, r.id, r.left_out FROM runs r WHERE r.job_id = j.id ORDER BY r.id DESC OFFSET 0) r
           WHERE r.account_id = $1 AND r.left_out IS NULL LIMIT 1) END AS latest
  FROM (SELECT DISTINCT job_id FROM spent) s
  CROSS JOIN moment m
  JOIN jobs j ON j.account_id = $1 AND j.id = s.job_id
  CROSS JOIN LATERAL (SELECT j.status IN ('completed', 'cancelled') AND j.updated_at < m.before AS is_over OFFSET 0) o
  WHERE j.event_id IS NULL
), forgettable AS MATERIALIZED (
  -- Of a job that goes on stay: the run of one that happens once, as its key is what keeps a moved moment from making a second;
  -- the latest; what a schedule or a pass may come to once more, which goes back as far as what is open, and over dates a month
  -- further; and what keeps somebody from being told twice in a year, until the year is over everywhere.
  SELECT s.id, s.base_day IS NOT NULL AND NOT j.is_over AS has_occasions
  FROM spent s JOIN job j ON j.id = s.job_id CROSS JOIN moment m
  WHERE j.is_over
     OR (j.recurring OR j.dated) AND s.occurrence_key <> 'once'
        AND (s.left_out IS NOT NULL OR s.id < j.latest)
        AND (j.next_occurrence_at IS NULL OR s.due_at < j.next_occurrence_at)
        AND (j.open_from IS NULL OR s.due_at < j.open_from - interval '60 days')
        AND (NOT j.dated OR s.due_at < coalesce(j.dates_looked_to, m.now) - interval '60 days')
        AND (s.base_day IS NULL OR extract(year FROM s.base_day + 1) < extract(year FROM m.now AT TIME ZONE 'UTC' - interval '2 days'))
), locked AS MATERIALIZED (
  SELECT r.id, f.has_occasions FROM forgettable f JOIN runs r ON r.account_id = $1 AND r.id = f.id
  WHERE r.state = 'completed' FOR UPDATE OF r SKIP LOCKED
), told AS MATERIALIZED (
  SELECT o.job_id, o.recipient_id, o.date_name, o.offset_days, o.period
  FROM locked l CROSS JOIN LATERAL (SELECT * FROM occasions o WHERE o.run_id = l.id OFFSET 0) o
  WHERE l.has_occasions AND o.account_id = $1 LIMIT $6
), forgotten AS (
  {{forget_told}}
), gone AS MATERIALIZED (
  SELECT l.id FROM locked l
  WHERE NOT l.has_occasions
     OR (SELECT true FROM (SELECT o.account_id FROM occasions o WHERE o.run_id = l.id OFFSET 0) o WHERE o.account_id = $1 LIMIT 1) IS NULL
), documents AS (
  DELETE FROM run_documents d USING gone g WHERE d.account_id = $1 AND d.run_id = g.id
), dropped AS (
  -- Their steps go with them.
  DELETE FROM runs r USING gone g WHERE r.account_id = $1 AND r.id = g.id RETURNING 1
)
SELECT (SELECT count(*) FROM dropped) AS dropped, (SELECT count(*) FROM forgotten) AS occasions, count(*) AS seen, max(p.id) AS last,
       coalesce((array_agg(p.day < (m.before AT TIME ZONE 'UTC')::date ORDER BY p.id DESC))[1], false) AS last_is_old
FROM page p, moment m
