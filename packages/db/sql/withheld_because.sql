-- Fragment: why the row d of the batch must not be sent at this moment; NULL when it may be. The first reason that holds.
CASE WHEN batch.guarded AND {{is_suppressed}} THEN 'suppressed'
     WHEN {{key_outlived}} THEN 'key_expired'
     WHEN batch.dated AND {{is_still_due}} IS NOT TRUE THEN 'no_longer_due'
     WHEN batch.verify_until IS NOT NULL THEN {{verdict_gate}} END
