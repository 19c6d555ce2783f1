-- What lists of jobs are filtered by, and what tells announcements that are alike.

ALTER TABLE jobs
  -- To audiences, to everyone, or to more than one person: what is compared with others like it.
  ADD COLUMN is_announcement boolean NOT NULL DEFAULT false;

-- Which jobs name which audience. Without foreign keys, like the audiences' members: what it points to was just looked up.
CREATE TABLE job_audiences (
  account_id  integer NOT NULL,
  audience_id bigint NOT NULL,
  job_id      bigint NOT NULL,
  PRIMARY KEY (account_id, audience_id, job_id)
);
SELECT protect_table('job_audiences');
INSERT INTO job_audiences (account_id, audience_id, job_id)
SELECT DISTINCT j.account_id, a.id::bigint, j.id
FROM jobs j CROSS JOIN LATERAL jsonb_array_elements_text(coalesce(j.audience -> 'audienceIds', '[]')) AS a (id);

CREATE INDEX jobs_announced ON jobs (account_id, planned_at) WHERE is_announcement;

-- Lists show messages, and tests when asked for; notices are many and never listed.
CREATE INDEX jobs_messages ON jobs (account_id, id DESC) WHERE kind = 'message';
CREATE INDEX jobs_tests ON jobs (account_id, id DESC) WHERE kind = 'test';
-- An index per status and not one with the status in it: row-level security keeps conditions on enums out of indexes, but
-- not the proof that an index has all that is wanted. Most jobs are completed; those the list of all finds soon enough.
CREATE INDEX jobs_active ON jobs (account_id, id DESC) WHERE kind = 'message' AND status = 'active';
CREATE INDEX jobs_paused ON jobs (account_id, id DESC) WHERE kind = 'message' AND status = 'paused';
CREATE INDEX jobs_cancelled ON jobs (account_id, id DESC) WHERE kind = 'message' AND status = 'cancelled';
CREATE INDEX jobs_by_email ON jobs (account_id, id DESC) WHERE kind = 'message' AND channel = 'email';
CREATE INDEX jobs_by_name ON jobs (account_id, name text_pattern_ops) WHERE kind = 'message';
CREATE INDEX jobs_by_creation ON jobs (account_id, created_at) WHERE kind = 'message';
