-- Fragment: whether the row d may have been sent before: a try without an answer, one that was accepted
-- and then reported to have failed, or tries that a restored database forgot.
(d.code = 'restored' OR d.try > 0 AND (SELECT count(*) > 0 FROM attempts a
   WHERE a.account_id = d.account_id AND a.batch_id = d.batch_id AND a.number = d.number AND a.day = d.day
     AND a.outcome IN ('unknown', 'accepted')))
