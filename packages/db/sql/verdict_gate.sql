-- Fragment: what the verdict on the address of the row d says against sending to it. What the account knows itself comes first. Of
-- our own checks those count that the account pays for; one that is under way is waited for until the batch's limit, and after
-- it an older verdict counts.
(SELECT CASE WHEN v.verdict IN ('confirmed', 'deliverable') THEN NULL
                    WHEN v.verdict = 'undeliverable' THEN 'undeliverable'
                    WHEN v.verdict = 'risky' THEN CASE batch.verify_risky WHEN 'skip' THEN 'risky' END
                    WHEN batch.now < batch.verify_until THEN 'awaits_verdict'
                    WHEN batch.verify_unknown = 'skip' THEN 'address_unverified' END
        FROM (SELECT coalesce(
          (SELECT nullif(a.verdict, 'unknown') FROM account_verdicts a
           WHERE a.account_id = batch.account_id AND a.address_key = coalesce(d.address_key, d.dedupe_key)
             AND (a.valid_until IS NULL OR a.valid_until > batch.now)),
          (SELECT s.verdict FROM address_verdicts s
           WHERE s.address_key = coalesce(d.address_key, d.dedupe_key)
             AND (s.state = 'done' OR batch.now >= batch.verify_until)
             AND (s.checked_for = batch.account_id
                  OR (SELECT true FROM check_charges c WHERE c.account_id = batch.account_id
                      AND c.address_key = s.address_key AND c.check_run_id = s.check_run_id)))) AS verdict OFFSET 0) v)
