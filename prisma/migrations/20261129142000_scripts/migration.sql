-- Scripts of jobs, and who can run them. Additive: the version before still runs.

-- What a script says, once by its content: jobs and their versions name it by its hash, and deliveries carry none of it.
CREATE TABLE scripts (
  account_id  integer NOT NULL REFERENCES accounts (id),
  -- Of the language, a line break and the source.
  sha256      text NOT NULL CHECK (length(sha256) = 64),
  language    text NOT NULL,
  source      text NOT NULL,
  created_at  timestamptz NOT NULL,
  PRIMARY KEY (account_id, sha256)
);
SELECT protect_table('scripts');

-- Executors that are alive say so every few seconds; without one no job with a script is accepted. Of no account.
CREATE TABLE executors (
  -- Host and process.
  name       text PRIMARY KEY,
  languages  text[] NOT NULL,
  -- How many scripts it runs at once.
  places     integer NOT NULL,
  seen_at    timestamptz NOT NULL
);
GRANT SELECT, INSERT, UPDATE, DELETE ON executors TO carillon_worker;
