-- Whom a job belongs to is told of it. Additive: the version before still runs.

ALTER TABLE accounts
  -- Since when owners of the account's jobs are told; NULL while no job and no user says how. Until then nobody looks.
  ADD COLUMN owners_told_since timestamptz;

ALTER TABLE jobs
  -- How its owner is told: {email?: {address, key}, whatsapp?: {address, key}, webhook?: url}; NULL is as the user says.
  ADD COLUMN notify jsonb,
  -- Told that it is completed, which is told once, also when it goes on later.
  ADD COLUMN completion_noticed_at timestamptz;
-- As jobs_cancelled_to_tell: found by account and moment.
CREATE INDEX jobs_completed_to_tell ON jobs (account_id, updated_at)
  WHERE kind NOT IN ('test', 'notice', 'check') AND status = 'completed' AND completion_noticed_at IS NULL;

-- How a user of the account is told of jobs that do not say it themselves.
CREATE TABLE user_contacts (
  account_id integer NOT NULL REFERENCES accounts (id),
  -- The account's own id of the user, as in jobs.
  user_id    text NOT NULL,
  notify     jsonb NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (account_id, user_id)
);
SELECT protect_table('user_contacts');
