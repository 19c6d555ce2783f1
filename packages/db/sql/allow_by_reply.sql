-- Lets people be written to again who stopped by reply and now say otherwise; any other reason or source stands.
-- $1 account_id  $2 channel  $3 address_keys
WITH allowed AS (
  DELETE FROM suppressions s
  WHERE s.account_id = $1 AND s.channel = $2 AND s.address_key = ANY($3::uuid[])
    AND s.reason = 'unsubscribed' AND s.source = 'reply'
  RETURNING s.id, s.channel, s.reason, s.source
), noted AS (
  INSERT INTO audit_entries (account_id, at, actor, action, subject, detail)
  SELECT $1::int, carillon_now(), 'recipient', 'suppression.delete', 'sup_' || a.id,
         jsonb_build_object('channel', a.channel, 'reason', a.reason, 'source', a.source)
  FROM allowed a
)
SELECT id FROM allowed
