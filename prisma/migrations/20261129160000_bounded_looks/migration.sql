-- Looks that cost as much as there is, and not as much as they find. Additive: the version before still runs.

-- Whose owners of jobs are told: asked at every pass over notices.
CREATE INDEX accounts_owners_told ON accounts (id) WHERE owners_told_since IS NOT NULL;
-- Runs of a job that are let go again, of which one may have ended while it was paused. Only a pause and its end change the column.
CREATE INDEX runs_paused_of_job ON runs (job_id) WHERE paused_at IS NOT NULL;
