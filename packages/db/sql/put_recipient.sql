-- Creates a recipient or replaces it whole, but for its dates; one that was deleted comes back.
-- $1 account_id  $2 external_id  $3 name  $4 phone (E.164 digits)  $5 whatsapp_key  $6 email  $7 email_key  $8 zone
-- $9 attributes  $10 actor  $11 audit detail
-- Returns the recipient, whether it was created (or came back), and whether the row is a new one, which nothing can belong to.
WITH clock_now AS MATERIALIZED (SELECT carillon_now() AS now),
known AS (
  SELECT id, deleted_at IS NULL AS live FROM recipients WHERE account_id = $1 AND external_id = $2
), kept AS (
  INSERT INTO recipients AS r (account_id, external_id, name, phone, whatsapp_key, email, email_key, zone, attributes,
                               created_at, updated_at)
  SELECT $1, $2, $3, $4, $5::uuid, $6, $7::uuid, $8, $9::jsonb, n.now, n.now FROM clock_now n
  ON CONFLICT (account_id, external_id) DO UPDATE
  SET name = excluded.name, phone = excluded.phone, whatsapp_key = excluded.whatsapp_key,
      email = excluded.email, email_key = excluded.email_key, zone = excluded.zone,
      attributes = excluded.attributes, updated_at = excluded.updated_at, deleted_at = NULL,
      created_at = CASE WHEN r.deleted_at IS NULL THEN r.created_at ELSE excluded.created_at END
  -- What was there is locked before it is updated, and keeps the lock's mark.
  RETURNING r.id, r.external_id, r.name, r.phone, r.email, r.zone, r.attributes, r.created_at, r.updated_at, r.xmax = 0 AS fresh
), noted AS (
  INSERT INTO audit_entries (account_id, at, actor, action, subject, detail)
  SELECT $1, n.now, $10, 'recipient.put', 'rcp_' || kept.id, $11::jsonb FROM kept, clock_now n
)
SELECT kept.*, NOT coalesce((SELECT live FROM known), false) AS created FROM kept
