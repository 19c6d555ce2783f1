(SELECT count(*) > 0 FROM attempts a
   WHERE a.account_id = d.account_id AND a.batch_id = d.batch_id AND a.number = d.number AND a.day = d.day
     AND a.outcome = 'unknown')
