-- Dates of recipients and the jobs that follow them; what is known of e-mail addresses, and what asking cost.
-- Additive: the version before still runs.

-- ---------------------------------------------------------------------------------------------- dates of recipients --
-- Without a foreign key: rows arrive by the million with their recipients, and go with them.
CREATE TABLE recipient_dates (
  account_id   integer NOT NULL,
  recipient_id bigint NOT NULL,
  name         text NOT NULL,
  -- As it was given, in one spelling: `1990-03-10`, `--03-10` (no year), or an instant `2027-03-08T14:30:00.000Z`.
  value        text NOT NULL,
  -- `--MM-DD`, what comes back every year; of an instant the day in UTC.
  anniversary  text NOT NULL,
  -- The day itself; NULL without a year; of an instant the day in UTC.
  on_day       date,
  -- Only of an instant, whose day depends on the zone that asks.
  at           timestamptz,
  -- So that days and instants are looked up apart, and each look reads just its own rows.
  is_instant   boolean GENERATED ALWAYS AS (at IS NOT NULL) STORED,
  updated_at   timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (account_id, recipient_id, name)
);
-- "Whose day is it": by the day that comes every year, and by the day itself. The recipient last, so that pages of a day are
-- read in order, each from where the one before ended.
CREATE INDEX recipient_dates_yearly ON recipient_dates (account_id, name, is_instant, anniversary, recipient_id);
CREATE INDEX recipient_dates_once ON recipient_dates (account_id, name, is_instant, on_day, recipient_id) WHERE on_day IS NOT NULL;
SELECT protect_table('recipient_dates');

-- One row for each occasion on which somebody is told of a date of theirs, whatever becomes of the telling. Not partitioned: it
-- must be unique for as long as it is kept.
CREATE TABLE occasions (
  account_id   integer NOT NULL,
  job_id       bigint NOT NULL,
  recipient_id bigint NOT NULL,
  date_name    text NOT NULL,
  -- Days between the date and the telling; negative is before.
  offset_days  smallint NOT NULL,
  -- The year of the anniversary (`2027`), or for what happens once the value of the date.
  period       text NOT NULL,
  -- What the date was when this was planned; a claim compares it with what it is by then.
  value        text NOT NULL,
  run_id       bigint NOT NULL,
  made_at      timestamptz NOT NULL,
  PRIMARY KEY (account_id, job_id, recipient_id, date_name, offset_days, period)
);
SELECT protect_table('occasions');

ALTER TABLE jobs
  -- Follows a date of its recipients: `next_run_at` is then when the next pass looks for whom it is due.
  ADD COLUMN dated boolean NOT NULL DEFAULT false,
  -- Until when passes have looked, so that a standstill is made up for.
  ADD COLUMN dates_looked_to timestamptz,
  -- When the addresses of whom it will tell are looked at next, to have them checked ahead; NULL when they are not.
  ADD COLUMN next_check_at timestamptz;
CREATE INDEX jobs_of_dates ON jobs (next_run_at) WHERE dated AND next_run_at IS NOT NULL AND status = 'active';
CREATE INDEX jobs_to_check ON jobs (next_check_at) WHERE next_check_at IS NOT NULL AND status = 'active';

ALTER TABLE runs
  -- The civil day on which a run of dates is told, and how many days from the date that is.
  ADD COLUMN civil_day date,
  ADD COLUMN offset_days smallint;

ALTER TABLE batches
  -- A claim asks whether the date of each recipient is still what it was.
  ADD COLUMN dated boolean NOT NULL DEFAULT false,
  -- Until when a claim waits for the verdict on an address; NULL when none is asked for.
  ADD COLUMN verify_until timestamptz,
  -- What a claim does with a risky address, and with one that nothing is known of by then: `send` or `skip`.
  ADD COLUMN verify_risky text,
  ADD COLUMN verify_unknown text;

-- ------------------------------------------------------------------------------------------------ checked addresses --
-- What our own checks found, one row per address, for all accounts: nobody's address is bought twice within its validity. By the
-- keyed hash, so that it says nothing about whose it is. No account's rows: the api's role cannot see it.
CREATE TABLE address_verdicts (
  address_key  uuid PRIMARY KEY,
  -- `pending` while a check is under way, `done` once it has ended, with or without a verdict.
  state        text NOT NULL CHECK (state IN ('pending', 'done')),
  -- NULL before the first; stays while a later check is under way.
  verdict      text CHECK (verdict IN ('deliverable', 'undeliverable', 'risky', 'unknown')),
  reason       text,
  checked_at   timestamptz,
  checked_by   text,
  cost_micros  bigint,
  currency     text,
  valid_until  timestamptz,
  -- For whom the check is made that is under way, or was the last, and its run.
  checked_for  integer NOT NULL,
  check_run_id bigint NOT NULL,
  requested_at timestamptz NOT NULL
);
GRANT SELECT, INSERT, UPDATE, DELETE ON address_verdicts TO carillon_worker;

-- What an account knows by itself: that the owner confirmed an address, or a verdict that it brought along.
CREATE TABLE account_verdicts (
  account_id  integer NOT NULL REFERENCES accounts (id),
  address_key uuid NOT NULL,
  verdict     text NOT NULL CHECK (verdict IN ('confirmed', 'deliverable', 'undeliverable', 'risky', 'unknown')),
  reason      text,
  -- Who said so: a link, an API key, an import.
  source      text NOT NULL,
  at          timestamptz NOT NULL,
  -- NULL is for ever.
  valid_until timestamptz,
  PRIMARY KEY (account_id, address_key)
);
SELECT protect_table('account_verdicts');
