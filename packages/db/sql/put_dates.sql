-- Gives recipients the dates that they have from now on; what they had beside these goes, and what stays the same is not touched.
-- In the transaction that holds the locks of the recipients' rows, as a statement of its own: it sees what was committed while
-- those were waited for. Under these locks nobody else adds a date, so a plain INSERT does; ON CONFLICT, which looks twice, costs
-- a quarter more.
-- Not to be named: a kept plan would guess the arrays' lengths once and for all, and join them by nested loops.
-- $1 account_id  $2 recipient_ids that may have dates (those who have just been created need no look)
-- $3 recipient_ids  $4 names  $5 values   of the dates
WITH given AS MATERIALIZED (
  SELECT g.recipient_id, g.name, g.value,
         {{date_parts}}
  FROM unnest($3::bigint[], $4::text[], $5::text[]) AS g (recipient_id, name, value)
), had AS MATERIALIZED (
  SELECT d.recipient_id, d.name, d.value FROM recipient_dates d WHERE d.account_id = $1 AND d.recipient_id = ANY ($2::bigint[])
), clock_now AS MATERIALIZED (
  SELECT carillon_now() AS now
), gone AS (
  DELETE FROM recipient_dates d
  USING had h
  WHERE d.account_id = $1 AND d.recipient_id = h.recipient_id AND d.name = h.name
    AND NOT EXISTS (SELECT 1 FROM given g WHERE g.recipient_id = h.recipient_id AND g.name = h.name)
), changed AS (
  UPDATE recipient_dates d
  SET value = g.value, anniversary = g.anniversary, on_day = g.on_day, at = g.at, updated_at = n.now
  FROM had h, given g, clock_now n
  WHERE g.recipient_id = h.recipient_id AND g.name = h.name AND g.value <> h.value
    AND d.account_id = $1 AND d.recipient_id = h.recipient_id AND d.name = h.name
)
INSERT INTO recipient_dates (account_id, recipient_id, name, value, anniversary, on_day, at, updated_at)
SELECT $1, g.recipient_id, g.name, g.value, g.anniversary, g.on_day, g.at, n.now
FROM given g, clock_now n
WHERE NOT EXISTS (SELECT 1 FROM had h WHERE h.recipient_id = g.recipient_id AND h.name = g.name)
