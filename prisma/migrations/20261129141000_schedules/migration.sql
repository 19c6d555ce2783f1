-- Jobs that come again by a schedule. Additive: the version before still runs.

ALTER TABLE jobs
  -- Comes again by a cron expression or an interval: `next_run_at` is then when its next run is due, jitter included.
  ADD COLUMN recurring boolean NOT NULL DEFAULT false,
  -- The next moment of the schedule that nothing was decided about, and the last one that something was.
  ADD COLUMN next_occurrence_at timestamptz,
  ADD COLUMN last_occurrence_at timestamptz,
  -- Runs that the schedule made so far; moments that were left out do not count.
  ADD COLUMN occurrences integer NOT NULL DEFAULT 0,
  -- When a scheduler last saw it wait for an earlier run of its own.
  ADD COLUMN waited_until timestamptz;
-- Apart from those that happen once, as these are planned much closer to their moment, and neither look reads the other's rows.
CREATE INDEX jobs_once_to_plan ON jobs (next_run_at) WHERE next_run_at IS NOT NULL AND status = 'active' AND NOT dated AND NOT recurring;
CREATE INDEX jobs_recurring_to_plan ON jobs (next_run_at) WHERE next_run_at IS NOT NULL AND status = 'active' AND recurring;

ALTER TABLE runs
  -- No run in truth, but the record that moments of the schedule got none, and why.
  ADD COLUMN left_out text CHECK (left_out IN ('missed', 'overlap')),
  -- How many, counted up to 10,000, and the last of them; the first is the occurrence key.
  ADD COLUMN left_out_count integer,
  ADD COLUMN left_out_until timestamptz;
-- What a job has open, and its latest runs, however many it made. The job first, for the reason given at batches_of_run.
CREATE INDEX runs_open_of_job ON runs (job_id) WHERE state <> 'completed';
CREATE INDEX runs_of_job ON runs (job_id, id);
