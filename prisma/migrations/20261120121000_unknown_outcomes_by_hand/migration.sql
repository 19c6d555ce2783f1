-- Unknown outcomes are found by run or account when a person settles them, and counted on the status page. Partial, so
-- that no look-up by key can be tempted to use it.
CREATE INDEX batches_unknown ON batches (account_id, run_id) WHERE unknown > 0;

-- After a restore the numbers that were given out since the backup must not be given out again.
GRANT UPDATE ON ALL SEQUENCES IN SCHEMA public TO carillon_worker;
