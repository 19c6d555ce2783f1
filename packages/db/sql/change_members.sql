-- Adds and removes members of an audience, whose row the caller has locked. All or nothing: when an external id is
-- unknown, nothing changes and the unknown ones are returned.
-- $1 account_id  $2 audience_id  $3 external ids to add  $4 external ids to remove
-- Returns (unknown_add, unknown_remove: positions from 1, at most 20 each; added, removed).
WITH wanted_add AS MATERIALIZED (
  SELECT w.position, r.id
  FROM (SELECT * FROM unnest($3::text[]) WITH ORDINALITY AS u (external_id, position) ORDER BY u.external_id COLLATE "C") w
  -- One look-up each, whatever the planner knows about the table: right after an import it knows nothing. Locked against
  -- being deleted at this moment, which would leave a member that is nobody; in the order in which imports lock.
  LEFT JOIN LATERAL (
    SELECT r.id FROM recipients r
    WHERE r.account_id = $1 AND r.external_id = w.external_id AND r.deleted_at IS NULL AND r.inline_job_id IS NULL
    FOR SHARE
  ) r ON true
), wanted_remove AS MATERIALIZED (
  SELECT w.position, r.id
  FROM unnest($4::text[]) WITH ORDINALITY AS w (external_id, position)
  LEFT JOIN LATERAL (
    SELECT r.id FROM recipients r
    WHERE r.account_id = $1 AND r.external_id = w.external_id AND r.deleted_at IS NULL AND r.inline_job_id IS NULL
    OFFSET 0
  ) r ON true
), known AS MATERIALIZED (
  SELECT NOT EXISTS (SELECT 1 FROM wanted_add WHERE id IS NULL)
     AND NOT EXISTS (SELECT 1 FROM wanted_remove WHERE id IS NULL) AS all_known
), added AS (
  INSERT INTO audience_members (account_id, audience_id, recipient_id)
  SELECT $1, $2, w.id FROM wanted_add w, known k WHERE k.all_known
  ON CONFLICT DO NOTHING
  RETURNING 1
), removed AS (
  DELETE FROM audience_members m USING wanted_remove w, known k
  WHERE k.all_known AND m.account_id = $1 AND m.audience_id = $2 AND m.recipient_id = w.id
  RETURNING 1
)
SELECT ARRAY(SELECT position FROM wanted_add WHERE id IS NULL ORDER BY position LIMIT 20)::int[] AS unknown_add,
       ARRAY(SELECT position FROM wanted_remove WHERE id IS NULL ORDER BY position LIMIT 20)::int[] AS unknown_remove,
       (SELECT count(*) FROM added)::int AS added, (SELECT count(*) FROM removed)::int AS removed
