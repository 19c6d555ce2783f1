-- The batches of a day are looked for when its partitions are dropped. They are written in the order of their days and never
-- change theirs, so a few bytes for each stretch of the table tell where a day can be; a tree would cost every batch.
CREATE INDEX batches_by_day ON batches USING brin (day) WITH (pages_per_range = 32, autosummarize = on);

-- Whoever plans the first run of a day makes its partitions, and waits for everything that holds the parents. Better
-- to fail after a while and be repeated than to keep all others waiting behind.
ALTER FUNCTION ensure_partitions(date) SET lock_timeout TO '2s';
