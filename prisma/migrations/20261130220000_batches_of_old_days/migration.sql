-- Rotation asks of each old day whether anything keeps it, and takes its batches away run by run: each from an index that has
-- just these, in place of one that knows the pages of a day, all of which were read. Days, accounts and runs of batches never change, and what
-- the first index asks for has others already, so that no update has to write more indexes than before.
CREATE INDEX batches_keeping_day ON batches (day) WHERE open OR unknown > 0 OR settle_at IS NOT NULL;
DROP INDEX batches_by_day;
CREATE INDEX batches_by_day ON batches (day, account_id, run_id);
-- And the few accounts that say for themselves how long something is kept.
CREATE INDEX accounts_with_retention ON accounts (id) WHERE keep_days IS NOT NULL OR keep_failed_days IS NOT NULL;
