-- What lists of jobs of all kinds are filtered by. Additive: the version before still runs.

-- As those of messages, for all kinds that an account makes; a list without a kind shows them together.
CREATE INDEX jobs_shown ON jobs (account_id, id DESC) WHERE kind NOT IN ('test', 'notice', 'check');
CREATE INDEX jobs_shown_active ON jobs (account_id, id DESC) WHERE kind NOT IN ('test', 'notice', 'check') AND status = 'active';
CREATE INDEX jobs_shown_paused ON jobs (account_id, id DESC) WHERE kind NOT IN ('test', 'notice', 'check') AND status = 'paused';
CREATE INDEX jobs_shown_completed ON jobs (account_id, id DESC) WHERE kind NOT IN ('test', 'notice', 'check') AND status = 'completed';
CREATE INDEX jobs_shown_cancelled ON jobs (account_id, id DESC) WHERE kind NOT IN ('test', 'notice', 'check') AND status = 'cancelled';
CREATE INDEX jobs_shown_by_name ON jobs (account_id, name text_pattern_ops) WHERE kind NOT IN ('test', 'notice', 'check');
CREATE INDEX jobs_by_user ON jobs (account_id, user_id, id DESC) WHERE user_id IS NOT NULL;
CREATE INDEX jobs_by_next_run ON jobs (account_id, next_run_at) WHERE next_run_at IS NOT NULL AND kind NOT IN ('test', 'notice', 'check');

-- The tags of jobs once more, so that those with a tag are read in order and no others. Written by a trigger, whoever writes the job.
CREATE TABLE job_tags (
  account_id integer NOT NULL,
  tag        text NOT NULL,
  job_id     bigint NOT NULL,
  PRIMARY KEY (account_id, tag, job_id)
);
SELECT protect_table('job_tags');
INSERT INTO job_tags (account_id, tag, job_id) SELECT DISTINCT account_id, unnest(tags), id FROM jobs WHERE tags <> '{}';

CREATE FUNCTION index_job_tags() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    DELETE FROM job_tags WHERE account_id = OLD.account_id AND job_id = OLD.id AND tag = ANY (OLD.tags);
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO job_tags (account_id, tag, job_id) SELECT DISTINCT NEW.account_id, unnest(NEW.tags), NEW.id;
  END IF;
  RETURN NULL;
END
$$;
-- Jobs without tags, and changes of anything else, do not even call it.
CREATE TRIGGER job_tags_inserted AFTER INSERT ON jobs FOR EACH ROW WHEN (NEW.tags <> '{}') EXECUTE FUNCTION index_job_tags();
CREATE TRIGGER job_tags_changed AFTER UPDATE OF tags ON jobs FOR EACH ROW WHEN (OLD.tags IS DISTINCT FROM NEW.tags)
  EXECUTE FUNCTION index_job_tags();
CREATE TRIGGER job_tags_deleted AFTER DELETE ON jobs FOR EACH ROW WHEN (OLD.tags <> '{}') EXECUTE FUNCTION index_job_tags();
