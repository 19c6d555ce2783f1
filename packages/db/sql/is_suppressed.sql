-- Fragment: whether the address of the row d is suppressed in the account and channel of its batch. Not by EXISTS, which the
-- planner may turn into a hash of all suppressions, and keep that plan when there are many.
(SELECT true FROM suppressions s
               WHERE s.account_id = batch.account_id AND s.channel = batch.channel
                 AND s.address_key = coalesce(d.address_key, d.dedupe_key))
