-- One index for both questions: a day that comes once also is one that comes every year, so whoever asks for the day can name the
-- anniversary too. Of what dates cost an import a quarter was the second index, and two fifths of the room. Within an anniversary
-- the rows stand by their day, those without a year behind all others.
DROP INDEX recipient_dates_yearly;
DROP INDEX recipient_dates_once;
CREATE INDEX recipient_dates_by_day ON recipient_dates (account_id, anniversary, name, is_instant, on_day, recipient_id);
