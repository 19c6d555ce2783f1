-- Runs of dates are forgotten with their occasions, when the year of these is over. Additive: the version before still runs.
-- The run first, for the reason given at batches_of_run.
CREATE INDEX occasions_of_run ON occasions (run_id);
