-- What checks of addresses cost, and which planned messages still need one. Additive: the version before still runs.

ALTER TABLE accounts
  -- What checks may cost on one day (UTC), in millionths of the currency's unit; NULL is without a limit.
  ADD COLUMN check_budget_micros bigint CHECK (check_budget_micros >= 0),
  ADD COLUMN check_budget_currency text,
  ADD CHECK ((check_budget_micros IS NULL) = (check_budget_currency IS NULL));

-- What an account spent on a day, and what it may still have to pay for checks under way. The row is locked by whoever asks for
-- checks, so that no two requests spend the same money.
CREATE TABLE check_spend (
  account_id      integer NOT NULL,
  day             date NOT NULL,
  currency        text NOT NULL,
  -- The hidden job that the day's checks belong to.
  job_id          bigint,
  reserved_micros bigint NOT NULL DEFAULT 0 CHECK (reserved_micros >= 0),
  charged_micros  bigint NOT NULL DEFAULT 0 CHECK (charged_micros >= 0),
  -- Checks that were made for the account, and results of others' checks that it uses.
  asked           bigint NOT NULL DEFAULT 0,
  shared          bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (account_id, day, currency)
);
SELECT protect_table('check_spend');

-- One row for each check that an account pays for, its own or another's that it shares; by it an account has a right to the
-- verdict. A check is known by the address and its run.
CREATE TABLE check_charges (
  account_id     integer NOT NULL,
  address_key    uuid NOT NULL,
  check_run_id   bigint NOT NULL,
  day            date NOT NULL,
  currency       text NOT NULL,
  -- What it may cost, and what it did; NULL while the check is under way.
  price_micros   bigint NOT NULL,
  charged_micros bigint,
  -- For how long the verdict counts, so that an account can count what it knows without seeing what others do.
  valid_until    timestamptz,
  PRIMARY KEY (account_id, address_key, check_run_id)
);
CREATE INDEX check_charges_of_check ON check_charges (address_key, check_run_id);
SELECT protect_table('check_charges');

ALTER TABLE batches
  -- Of a batch that waits for verdicts: all are known for as long as it needs them. Of a batch of checks: none is left open.
  ADD COLUMN checks_done boolean NOT NULL DEFAULT false,
  -- When its addresses are looked at next.
  ADD COLUMN checks_next_at timestamptz NOT NULL DEFAULT '-infinity',
  -- How many addresses were in which way known at the last look, and why some could not be asked for.
  ADD COLUMN checks jsonb,
  ADD COLUMN checks_blocked text;
CREATE INDEX batches_to_check ON batches (checks_next_at) WHERE open AND verify_until IS NOT NULL AND NOT checks_done;
CREATE INDEX batches_checks_blocked ON batches (account_id) WHERE open AND checks_blocked IS NOT NULL;
CREATE INDEX batches_checks_to_close ON batches (checks_next_at)
  WHERE channel = 'email_check' AND NOT open AND NOT checks_done;
