-- Fragment: what a claim changes of a row, by the goal that it was picked with.
state = p.goal,
      try = CASE p.goal WHEN 'sending' THEN d.try + 1 ELSE d.try END,
      sending_at = CASE p.goal WHEN 'sending' THEN p.now ELSE d.sending_at END,
      settled_at = CASE p.goal WHEN 'sending' THEN NULL ELSE p.now END,
      code = CASE p.goal WHEN 'skipped' THEN 'suppressed' ELSE d.code END
