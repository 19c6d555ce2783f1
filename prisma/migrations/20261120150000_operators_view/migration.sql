-- Runs that ended lately, for the operators' page: to whom they could not be sent may be sent again. Runs for one person
-- each are many and are not shown, so they cost nothing here.
CREATE INDEX runs_finished ON runs (account_id, completed_at DESC) WHERE state = 'completed' AND people > 1;
