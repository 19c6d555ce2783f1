-- Fragment: as told_by.sql, in the partitions of the statement's day.
(SELECT {{most_known}} FROM {{known_tries_that_day}} HAVING count(*) > 0)
