-- No reference from recipients to accounts, as there is none from members and dates: rows arrive by the million, and the look at the
-- account for each of them was a quarter of what a line without dates cost the database. Accounts are never deleted, and whoever writes a
-- recipient has been told by its key, or by a row of its own, which account that is. Additive: the version before still runs.
ALTER TABLE recipients DROP CONSTRAINT recipients_account_id_fkey;
