-- Fragment: whether the row d, which may have been done before, was first tried so long ago that the key by which its provider would
-- leave a second one out may be forgotten. Counted from the first try of all, whatever became of it, for a key begins with its first
-- request. Of tries that a restored database forgot nobody knows how long ago they were.
(batch.key_ms IS NOT NULL AND {{in_doubt_that_day}}
      AND coalesce(CASE WHEN d.code IS DISTINCT FROM 'restored' THEN (
                      SELECT min(a.started_at) FROM {{attempts}} a
                      WHERE a.account_id = d.account_id AND a.batch_id = d.batch_id AND a.number = d.number) END, '-infinity')
          + batch.key_ms * interval '1 millisecond' <= batch.now)
