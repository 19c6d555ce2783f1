-- What the reports of a run attach: made once for the run, so that everybody gets the same, at every try. Additive: the version before
-- still runs. Not partitioned, as there is one row for a run; a day's go with its batches.
CREATE TABLE run_documents (
  account_id      integer NOT NULL,
  run_id          bigint NOT NULL,
  content_version integer NOT NULL,
  day             date NOT NULL,
  media_type      text NOT NULL,
  bytes           bytea NOT NULL,
  made_at         timestamptz NOT NULL,
  PRIMARY KEY (account_id, run_id, content_version)
);
CREATE INDEX run_documents_by_day ON run_documents (day);
SELECT protect_table('run_documents');
