-- Fragment: when a row that waits for a verdict is asked for again: in whole seconds, so that such rows meet, and at the limit.
least(batch.verify_until, date_trunc('second', batch.now + batch.await_ms * interval '1 millisecond') + interval '1 second')
