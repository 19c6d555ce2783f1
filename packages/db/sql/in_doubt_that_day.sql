-- Fragment: as in_doubt.sql, in the attempts of the statement's day: the hot statements name no other day's partition.
(d.code = 'restored' OR d.try > 0 AND (SELECT count(*) > 0 FROM {{attempts}} a
                   WHERE a.account_id = d.account_id AND a.batch_id = d.batch_id AND a.number = d.number AND a.outcome IN ('unknown', 'accepted')))
