-- Accounts that keep what they sent for a time of their own are few, and asked for every half minute. Additive: the version before still
-- runs.
CREATE INDEX accounts_keeping ON accounts (keep_days) WHERE keep_days IS NOT NULL;
