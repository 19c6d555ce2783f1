-- Fragment: takes away the occasions that `told` has, of the account $1.
DELETE FROM occasions o USING told t
  WHERE o.account_id = $1 AND o.job_id = t.job_id AND o.recipient_id = t.recipient_id AND o.date_name = t.date_name
    AND o.offset_days = t.offset_days AND o.period = t.period
  RETURNING 1
