-- Erases a recipient: name, addresses, zone and attributes go, and so do the keyed hashes, so that no later expansion meets
-- the person; deliveries keep their own copy of one, which prevents a second send. The row stays, so that past deliveries
-- still name somebody.
-- $1 account_id  $2 external_id  $3 actor
-- Returns the id, or no row when there is nobody of that external id.
WITH clock_now AS MATERIALIZED (SELECT carillon_now() AS now),
known AS (
  SELECT id, whatsapp_key, email_key FROM recipients
  WHERE account_id = $1 AND external_id = $2 AND deleted_at IS NULL AND inline_job_id IS NULL
  FOR UPDATE
), erased AS (
  UPDATE recipients r
  SET name = NULL, phone = NULL, whatsapp_key = NULL, email = NULL, email_key = NULL, zone = NULL, attributes = '{}',
      updated_at = n.now, deleted_at = n.now
  FROM clock_now n, known k
  WHERE r.account_id = $1 AND r.id = k.id
  RETURNING r.id
), forgotten AS (
  UPDATE suppressions s SET address = NULL
  FROM known k, LATERAL (VALUES ('whatsapp', k.whatsapp_key), ('email', k.email_key)) AS own (channel, address_key)
  WHERE s.account_id = $1 AND s.channel = own.channel AND s.address_key = own.address_key
), noted AS (
  INSERT INTO audit_entries (account_id, at, actor, action, subject)
  SELECT $1, n.now, $3, 'recipient.delete', 'rcp_' || erased.id FROM erased, clock_now n
)
SELECT id FROM erased
