-- Where what endpoints are still to be told of is found, and what they were told. Additive: the version before still runs.

ALTER TABLE runs
  -- Nothing is told of it: the runs of notices, or each would make the next.
  ADD COLUMN silent boolean NOT NULL DEFAULT false,
  -- The completion that was told last; a run that was reopened and completed again is told of once more.
  ADD COLUMN completion_noticed_at timestamptz;
-- Both are partial, so that what is told and what is silent costs no look.
CREATE INDEX runs_watched ON runs (account_id, id) WHERE state <> 'completed' AND NOT silent;
CREATE INDEX runs_to_notice ON runs (account_id, completed_at)
  WHERE completed_at IS NOT NULL AND NOT silent
    AND (completion_noticed_at IS NULL OR completion_noticed_at < completed_at);

ALTER TABLE jobs ADD COLUMN cancel_noticed_at timestamptz;
CREATE INDEX jobs_to_notice ON jobs (account_id, updated_at)
  WHERE kind = 'message' AND status = 'cancelled' AND cancel_noticed_at IS NULL;
CREATE INDEX jobs_of_event ON jobs (account_id, event_id) WHERE event_id IS NOT NULL;

CREATE INDEX provider_accounts_endpoints ON provider_accounts (account_id) WHERE channel = 'webhook' AND disabled_at IS NULL;

CREATE INDEX events_by_type ON events (account_id, type, id);
CREATE INDEX events_by_subject ON events (account_id, subject, id);
CREATE INDEX events_by_age ON events (created_at);

-- How far an account's endpoints were told of what has no row of its own to be marked.
CREATE TABLE notice_marks (
  account_id      integer PRIMARY KEY,
  -- The last suppression that was told, and when.
  suppressions_to bigint NOT NULL,
  suppressions_at timestamptz NOT NULL
);
SELECT protect_table('notice_marks');
