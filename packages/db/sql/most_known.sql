-- Fragment, what told_by.sql selects: the most that is known of some tries.
CASE WHEN bool_or(known.status IN ('delivered', 'read')) THEN 'delivered' ELSE 'sent' END::delivery_state
