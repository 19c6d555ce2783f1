-- Fragment: the state that a claim gives to the row d: what an earlier try is known to have come to, or by the reason why it is not to be
-- sent, if there is one.
CASE WHEN d.told IS NOT NULL THEN d.told
     WHEN d.reason IS NULL THEN 'sending'
     WHEN d.reason = 'awaits_verdict' THEN 'scheduled'
     WHEN {{in_doubt_that_day}} THEN 'unknown'
     ELSE 'skipped' END::delivery_state
