-- Lists show all kinds of jobs since they are more than messages, and so the indexes of their filters have all of these. What only had
-- messages goes: nothing asks for it any more, and every job that is made or changed writes it. The version before still runs.
DROP INDEX jobs_messages;
DROP INDEX jobs_tests;
DROP INDEX jobs_active;
DROP INDEX jobs_paused;
DROP INDEX jobs_cancelled;
DROP INDEX jobs_by_email;
DROP INDEX jobs_by_name;
-- The primary key, read backwards.
DROP INDEX jobs_by_account;

DROP INDEX jobs_by_kind;
CREATE INDEX jobs_by_kind ON jobs (account_id, kind, id DESC) WHERE kind NOT IN ('notice', 'check');
CREATE INDEX jobs_by_channel ON jobs (account_id, channel, id DESC) WHERE kind NOT IN ('test', 'notice', 'check');
DROP INDEX jobs_by_user;
CREATE INDEX jobs_by_user ON jobs (account_id, user_id, id DESC) WHERE user_id IS NOT NULL AND kind NOT IN ('test', 'notice', 'check');
DROP INDEX jobs_by_creation;
CREATE INDEX jobs_by_creation ON jobs (account_id, created_at) WHERE kind NOT IN ('test', 'notice', 'check');
DROP INDEX jobs_by_moment;
CREATE INDEX jobs_by_moment ON jobs (account_id, planned_at) WHERE planned_at IS NOT NULL AND kind NOT IN ('test', 'notice', 'check');
