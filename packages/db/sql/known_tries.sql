-- Fragment, the source of told_by.sql: tries of the row d that are known to have told its recipient, by stored reports and by answers that
-- came too late for their own try. An acceptance that the provider took back by a report of failure counts for nothing. Counted, and not
-- asked by NOT EXISTS: Postgres would make a hash of all such reports of the row for each of its tries.
(
   SELECT r.try, r.status FROM reports r
   WHERE r.account_id = d.account_id AND r.batch_id = d.batch_id AND r.number = d.number AND r.day = d.day AND r.status <> 'failed'
   UNION ALL
   SELECT a.try, 'sent' FROM attempts a
   WHERE a.account_id = d.account_id AND a.batch_id = d.batch_id AND a.number = d.number AND a.day = d.day AND a.outcome = 'accepted'
 ) known
 WHERE (known.status <> 'sent' OR (
   SELECT count(*) = 0 FROM reports f
   WHERE f.account_id = d.account_id AND f.batch_id = d.batch_id AND f.number = d.number AND f.day = d.day
     AND f.try = known.try AND f.status = 'failed'))
