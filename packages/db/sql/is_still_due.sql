-- Fragment: whether the date that the row d was planned for is still the recipient's. The occasion is compared with the date's
-- value, and where only the day of the year counts with that. By keys alone, and not by EXISTS, for the reason at is_suppressed.
(SELECT true FROM occasions o, recipient_dates r
               WHERE o.account_id = batch.account_id AND o.job_id = batch.job_id AND o.recipient_id = d.recipient_id
                 AND o.run_id = d.run_id
                 AND r.account_id = o.account_id AND r.recipient_id = o.recipient_id AND r.name = o.date_name
                 AND o.value IN (r.value, r.anniversary)
               LIMIT 1)
