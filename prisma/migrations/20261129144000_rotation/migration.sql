-- Rotation: what is old goes in small steps that keep nobody waiting, and leaves its counts. Additive: the version before still runs.

ALTER TABLE runs
  -- Counts by state of batches that are no longer kept, and their size; NULL while all of them are.
  ADD COLUMN kept jsonb;

ALTER TABLE accounts
  -- For how many days what was sent is kept, and what failed; NULL is as the installation has it.
  ADD COLUMN keep_days smallint CHECK (keep_days BETWEEN 8 AND 3650),
  ADD COLUMN keep_failed_days smallint CHECK (keep_failed_days BETWEEN 8 AND 3650);

CREATE INDEX audit_entries_by_time ON audit_entries USING brin (at) WITH (pages_per_range = 32, autosummarize = on);

-- Drops one partition. Dropping wants the whole table for a moment, and whoever comes while it waits for that waits behind it: so it
-- waits for a moment only, and is tried again. One table at a time, so that no lock is held while another one is waited for.
CREATE FUNCTION drop_partition(parent text, for_day date) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path FROM CURRENT SET lock_timeout TO '150ms' AS $$
BEGIN
  IF parent NOT IN ('results', 'reports', 'attempts', 'deliveries') THEN
    RAISE EXCEPTION 'there are no daily partitions of %', parent;
  END IF;
  EXECUTE format('DROP TABLE IF EXISTS %I', parent || '_' || to_char(for_day, 'YYYYMMDD'));
END
$$;
REVOKE ALL ON FUNCTION drop_partition FROM PUBLIC;
GRANT EXECUTE ON FUNCTION drop_partition TO carillon_worker;
