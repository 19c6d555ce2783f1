-- Suppresses many addresses at once, with one audit entry for all that are new; see suppress.sql for the rest.
-- $1 account_id  $2 channels  $3 address_keys  $4 addresses  $5 reasons  $6 source  $7 actor
-- Returns how many are new.
WITH inserted AS (
  INSERT INTO suppressions (account_id, channel, address_key, address, reason, source, created_at)
  SELECT $1::int, g.channel, g.address_key, g.address, g.reason, $6::text, n.now
  FROM unnest($2::text[], $3::uuid[], $4::text[], $5::text[]) AS g (channel, address_key, address, reason),
       (SELECT carillon_now() AS now OFFSET 0) n
  ORDER BY g.channel, g.address_key
  ON CONFLICT (account_id, channel, address_key) DO NOTHING
  RETURNING id
), counted AS (
  SELECT count(*)::int AS added, min(id) AS first, max(id) AS last FROM inserted
), noted AS (
  INSERT INTO audit_entries (account_id, at, actor, action, subject, detail)
  SELECT $1::int, carillon_now(), $7::text, 'suppression.import', 'sup_' || c.first,
         jsonb_build_object('added', c.added, 'source', $6::text, 'last', 'sup_' || c.last)
  FROM counted c WHERE c.added > 0
)
SELECT added FROM counted
