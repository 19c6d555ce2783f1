-- Fragment: the state that a claim gives to the row d, by the reason why it is not to be sent, if there is one.
CASE WHEN d.reason IS NULL THEN 'sending'
     WHEN d.reason = 'awaits_verdict' THEN 'scheduled'
     WHEN {{in_doubt_that_day}} THEN 'unknown'
     ELSE 'skipped' END::delivery_state
