-- "Whose day is it" reads the same rows whatever the order of what is compared for equality, but writing compares until the first
-- difference: the day first, which is nearly always one, and the name, which hardly ever is, behind it. An import with two dates
-- a line is cheaper by a tenth of what its dates cost.
DROP INDEX recipient_dates_yearly;
DROP INDEX recipient_dates_once;
CREATE INDEX recipient_dates_yearly ON recipient_dates (account_id, anniversary, name, is_instant, recipient_id);
CREATE INDEX recipient_dates_once ON recipient_dates (account_id, on_day, name, is_instant, recipient_id) WHERE on_day IS NOT NULL;
