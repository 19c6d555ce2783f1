-- Fragment: what the date g.value is looked up by. It is in the one spelling that it was read into (`1990-03-10`, `--03-10`,
-- `2027-03-08T14:30:00.000Z`), so its parts stand at fixed places; handed over by column they would cost an import more.
CASE WHEN g.value LIKE '--%' THEN g.value ELSE '-' || substr(g.value, 5, 6) END AS anniversary,
         CASE WHEN g.value NOT LIKE '--%' THEN left(g.value, 10)::date END AS on_day,
         CASE WHEN length(g.value) > 10 THEN g.value::timestamptz END AS at
