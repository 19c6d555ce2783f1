-- Jobs of more kinds than messages: whose they are and how they are labelled, and what came of each of their tries.
-- Additive: the version before still runs.

ALTER TABLE jobs
  -- The account's own id of the user that the job belongs to; NULL is nobody's in particular.
  ADD COLUMN user_id text,
  ADD COLUMN tags text[] NOT NULL DEFAULT '{}';

-- Lists of a kind, newest first. Messages and tests have indexes of their own, and pay nothing for this one.
CREATE INDEX jobs_by_kind ON jobs (account_id, kind, id DESC) WHERE kind NOT IN ('message', 'test', 'notice', 'check');
-- Cancelled jobs of any kind of which endpoints are still to be told; beside the one for messages, which stays for the version before.
CREATE INDEX jobs_cancelled_to_tell ON jobs (account_id, updated_at)
  WHERE kind NOT IN ('test', 'notice', 'check') AND status = 'cancelled' AND cancel_noticed_at IS NULL;

-- What a try came to, of channels whose answer is worth keeping: calls, payments, scripts. Written before the outcome of the try,
-- by (delivery, try) as attempts are, and by nothing on the way of a message.
CREATE TABLE results (
  account_id  integer NOT NULL,
  batch_id    bigint NOT NULL,
  number      smallint NOT NULL,
  try         smallint NOT NULL,
  day         date NOT NULL,
  started_at  timestamptz NOT NULL,
  ended_at    timestamptz NOT NULL,
  -- Of an HTTP call.
  status      integer,
  -- Of a script.
  exit_code   integer,
  -- At most 3 KB each, of the beginning.
  output      text,
  error       text,
  -- Whether something was left out of these two.
  truncated   boolean NOT NULL DEFAULT false,
  PRIMARY KEY (account_id, batch_id, number, try, day)
) PARTITION BY RANGE (day);
SELECT protect_table('results');

-- As before, with results.
CREATE OR REPLACE FUNCTION ensure_partitions(for_day date) RETURNS boolean LANGUAGE plpgsql
SECURITY DEFINER SET search_path FROM CURRENT SET lock_timeout TO '2s' AS $$
DECLARE
  parent text;
  child  text;
  made   boolean := false;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('carillon.partitions'));
  FOREACH parent IN ARRAY ARRAY['deliveries', 'attempts', 'reports', 'results'] LOOP
    child := parent || '_' || to_char(for_day, 'YYYYMMDD');
    -- Not to_regclass: its cache may not know yet what was committed while we waited for the lock.
    IF NOT EXISTS (SELECT FROM pg_class WHERE relname = child AND relnamespace = current_schema()::regnamespace) THEN
      EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING INDEXES) WITH (fillfactor = %s)',
                     child, parent, CASE parent WHEN 'deliveries' THEN 35 ELSE 100 END);
      PERFORM protect_table(child);
      EXECUTE format('ALTER TABLE %I ADD CONSTRAINT day_of_partition CHECK (day >= %L AND day < %L)',
                     child, for_day, for_day + 1);
      EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
                     parent, child, for_day, for_day + 1);
      EXECUTE format('ALTER TABLE %I DROP CONSTRAINT day_of_partition', child);
      made := true;
    END IF;
  END LOOP;
  RETURN made;
END
$$;

CREATE OR REPLACE FUNCTION drop_partitions(for_day date) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  parent text;
BEGIN
  FOREACH parent IN ARRAY ARRAY['results', 'reports', 'attempts', 'deliveries'] LOOP
    EXECUTE format('DROP TABLE IF EXISTS %I', parent || '_' || to_char(for_day, 'YYYYMMDD'));
  END LOOP;
END
$$;

-- Days that exist already lack this one.
SELECT ensure_partitions(to_date(right(c.relname, 8), 'YYYYMMDD'))
FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'deliveries'::regclass;
