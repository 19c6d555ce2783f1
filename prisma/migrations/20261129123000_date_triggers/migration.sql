-- What passes over the dates of recipients keep. Additive: the version before still runs.

ALTER TABLE jobs
  -- Moments before this are not made up for: when the job was created, or its trigger last changed.
  ADD COLUMN dates_from timestamptz;

ALTER TABLE occasions
  -- The moment that was planned; one that is another by now, as the recipient's zone changed, is planned anew.
  ADD COLUMN due_at timestamptz,
  -- What was made of it: a delivery, or nothing, as an address was already taken in the run, or as there was none.
  ADD COLUMN plan text NOT NULL DEFAULT 'delivery' CHECK (plan IN ('delivery', 'duplicate', 'unreachable'));

-- The jobs of an account that may hold occasions of somebody who is erased.
CREATE INDEX jobs_dated ON jobs (account_id, id) WHERE dated;
