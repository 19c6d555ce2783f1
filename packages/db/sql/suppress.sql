-- Suppresses addresses of an account, each with its audit entry. One that is suppressed already keeps its reason.
-- $1 account_id  $2 channels  $3 address_keys  $4 addresses (null where not known)  $5 reasons  $6 sources
-- $7 actor  $8 audit detail beside channel, reason and source  $9 origin  $10 request_id
-- Returns the new ones. In the order of the key, so that two of these never wait for each other crosswise.
WITH inserted AS (
  INSERT INTO suppressions (account_id, channel, address_key, address, reason, source, created_at)
  SELECT a.id, g.channel, g.address_key, g.address, g.reason, g.source, n.now
  FROM unnest($2::text[], $3::uuid[], $4::text[], $5::text[], $6::text[]) AS g (channel, address_key, address, reason, source),
       accounts a, (SELECT carillon_now() AS now OFFSET 0) n
  WHERE a.id = $1
  ORDER BY g.channel, g.address_key
  ON CONFLICT (account_id, channel, address_key) DO NOTHING
  RETURNING id, channel, address, reason, source, created_at
), noted AS (
  INSERT INTO audit_entries (account_id, at, actor, action, subject, detail, origin, request_id)
  SELECT $1::int, i.created_at, $7::text, 'suppression.create', 'sup_' || i.id,
         jsonb_build_object('channel', i.channel, 'reason', i.reason, 'source', i.source) || $8::jsonb,
         coalesce($9::text, nullif(current_setting('carillon.origin', true), '')),
         coalesce($10::text, nullif(current_setting('carillon.request_id', true), ''))
  FROM inserted i
)
SELECT id, channel, address, reason, source, created_at FROM inserted
