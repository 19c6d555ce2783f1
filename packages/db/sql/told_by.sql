-- Fragment: what the tries of the row d are known to have come to: `delivered`, `sent`, or NULL when nobody is known to have been told.
(SELECT {{most_known}} FROM {{known_tries}} HAVING count(*) > 0)
