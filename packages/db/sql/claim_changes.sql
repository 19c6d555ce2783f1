-- Fragment: what a claim changes of a row, by the goal that it was picked with. A row that waits for a verdict keeps its code,
-- which may say that an earlier try is in doubt.
state = p.goal,
      try = CASE p.goal WHEN 'sending' THEN d.try + 1 ELSE d.try END,
      sending_at = CASE p.goal WHEN 'sending' THEN p.now ELSE d.sending_at END,
      settled_at = CASE p.goal WHEN 'sending' THEN NULL WHEN 'scheduled' THEN d.settled_at ELSE p.now END,
      due_at = CASE p.goal WHEN 'scheduled' THEN p.again_at ELSE d.due_at END,
      code = CASE p.goal WHEN 'skipped' THEN p.reason WHEN 'scheduled' THEN coalesce(d.code, p.reason)
                         WHEN 'sent' THEN NULL WHEN 'delivered' THEN NULL ELSE d.code END
