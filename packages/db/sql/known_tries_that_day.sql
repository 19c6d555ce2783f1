-- Fragment: as known_tries.sql, in the partitions of the statement's day.
(
   SELECT r.try, r.status FROM {{reports}} r
   WHERE r.account_id = d.account_id AND r.batch_id = d.batch_id AND r.number = d.number AND r.status <> 'failed'
   UNION ALL
   SELECT a.try, 'sent' FROM {{attempts}} a
   WHERE a.account_id = d.account_id AND a.batch_id = d.batch_id AND a.number = d.number AND a.outcome = 'accepted'
 ) known
 WHERE (known.status <> 'sent' OR (
   SELECT count(*) = 0 FROM {{reports}} f
   WHERE f.account_id = d.account_id AND f.batch_id = d.batch_id AND f.number = d.number AND f.try = known.try AND f.status = 'failed'))
