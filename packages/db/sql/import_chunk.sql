-- Stores one chunk of an import, but for confirmed addresses and the dates of those who were there before: recipients created or
-- replaced, the dates of the new ones, memberships, and the report's bad lines. May be repeated as it is.
-- Not to be named: a kept plan would guess the lists' lengths once and for all, and join them by nested loops.
-- Lists are texts with U+001F between the values, which none of them can hold: read and written for a fraction of what arrays cost. An
-- empty value is NULL.
-- $1 account_id  $2 import_id
-- $3 external_ids (each once)  $4 names  $5 phones  $6 whatsapp_keys  $7 emails  $8 email_keys  $9 zones
-- $10 attributes   lists, one value for each row
-- $11 audiences that every row joins  $12, $13 further memberships: lists of external_ids and of audience_ids
-- $14 lines  $15 codes  $16 fields  $17 details   of the bad lines, as arrays
-- $18 external_ids  $19 names  $20 values   of the dates, as lists
-- Returns ids with external ids of those who were there before. The new ones have had no dates, and nobody else knows them yet.
WITH clock_now AS MATERIALIZED (SELECT carillon_now() AS now),
kept AS (
  INSERT INTO recipients AS r (account_id, external_id, name, phone, whatsapp_key, email, email_key, zone, attributes,
                               created_at, updated_at)
  SELECT $1, i.external_id, i.name, i.phone, i.whatsapp_key, i.email, i.email_key, i.zone, i.attributes::jsonb, n.now, n.now
  -- Side by side in the list of what is selected: in FROM each list would become a table of its own first.
  FROM (SELECT unnest(string_to_array($3, E'\x1f')) AS external_id, unnest(string_to_array($4, E'\x1f', '')) AS name,
               unnest(string_to_array($5, E'\x1f', '')) AS phone, unnest(string_to_array($6, E'\x1f', '')::uuid[]) AS whatsapp_key,
               unnest(string_to_array($7, E'\x1f', '')) AS email, unnest(string_to_array($8, E'\x1f', '')::uuid[]) AS email_key,
               unnest(string_to_array($9, E'\x1f', '')) AS zone, unnest(string_to_array($10, E'\x1f')) AS attributes) i,
       clock_now n
  -- Always in the same order, so that two imports of the same people wait for each other and never in a circle.
  ORDER BY i.external_id COLLATE "C"
  ON CONFLICT (account_id, external_id) DO UPDATE
  SET name = excluded.name, phone = excluded.phone, whatsapp_key = excluded.whatsapp_key,
      email = excluded.email, email_key = excluded.email_key, zone = excluded.zone,
      attributes = excluded.attributes, updated_at = excluded.updated_at, deleted_at = NULL,
      created_at = CASE WHEN r.deleted_at IS NULL THEN r.created_at ELSE excluded.created_at END
  -- What was there is locked before it is updated, and keeps the lock's mark.
  RETURNING r.id, r.external_id, r.xmax = 0 AS fresh
), open_audience AS MATERIALIZED (
  -- Locked against being deleted at this moment; one that is gone is no longer joined.
  SELECT a.id FROM audiences a
  WHERE a.account_id = $1 AND a.id IN (SELECT unnest($11::bigint[]) UNION SELECT unnest(string_to_array($13, E'\x1f')::bigint[]))
  ORDER BY a.id FOR KEY SHARE
), joined AS (
  INSERT INTO audience_members (account_id, audience_id, recipient_id)
  SELECT $1, a.id, k.id FROM open_audience a, kept k WHERE a.id = ANY ($11::bigint[])
  UNION ALL
  SELECT $1, a.id, k.id
  FROM unnest(string_to_array($12, E'\x1f'), string_to_array($13, E'\x1f')::bigint[]) AS m (external_id, audience_id)
  JOIN kept k ON k.external_id = m.external_id
  JOIN open_audience a ON a.id = m.audience_id
  ON CONFLICT DO NOTHING
), dated AS (
  INSERT INTO recipient_dates (account_id, recipient_id, name, value, anniversary, on_day, at, updated_at)
  SELECT $1, k.id, g.name, g.value,
         {{date_parts}}, n.now
  FROM (SELECT unnest(string_to_array($18, E'\x1f')) AS external_id, unnest(string_to_array($19, E'\x1f')) AS name,
               unnest(string_to_array($20, E'\x1f')) AS value) g
  JOIN kept k ON k.fresh AND k.external_id = g.external_id, clock_now n
), noted AS (
  INSERT INTO import_errors (account_id, import_id, line, code, field, detail)
  SELECT $1, $2, e.line, e.code, e.field, e.detail
  FROM unnest($14::bigint[], $15::text[], $16::text[], $17::text[]) AS e (line, code, field, detail)
  ON CONFLICT DO NOTHING
)
SELECT id, external_id FROM kept WHERE NOT fresh
