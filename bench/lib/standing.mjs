/**
 * Rows that stand by while something else is measured, in states in which the product leaves them, made by set-based statements. Of a
 * hundred deliveries, 60 are of announcements that were sent on this day, 20 of ones that were sent on the three days before, 10 of ones
 * that are planned and due in a month (in the day's partition, with open batches), and 10 are jobs of one message each that were sent on
 * this day. Each twentieth that was sent needed another try. There is a recipient for each ten.
 */

/** Deliveries of one round of statements. */
const ROUND = 200_000;
/** Deliveries of one announcement. */
const RUN = 10_000;
/** As the product cuts them. */
const BATCH = 1_000;
const EARLIER_DAYS = 3;
const SECOND_TRY_EVERY = 20;
const DELIVERIES_PER_RECIPIENT = 10;

/**
 * Adds deliveries, with all that belongs to them.
 * @param account of `seedAccount`: all rows are of it, so that its own run is sent among them
 * @param tell is called after each round with how many there are
 */
export async function standBy(pool, account, rows, tell = () => {}) {
  for (let done = 0; done < rows; ) {
    const round = Math.min(ROUND, rows - done);
    const recipients = await addRecipients(pool, account, Math.ceil(round / DELIVERIES_PER_RECIPIENT));
    const planned = Math.round(round * 0.1);
    const singles = Math.round(round * 0.1);
    const earlier = Math.round(round * 0.2);
    await addRuns(pool, account, { ...recipients, kind: 'planned', rows: planned });
    await addRuns(pool, account, { ...recipients, kind: 'single', rows: singles });
    await addRuns(pool, account, {
      ...recipients,
      kind: 'sent',
      rows: earlier,
      daysAgo: 1 + ((done / ROUND) % EARLIER_DAYS),
    });
    await addRuns(pool, account, { ...recipients, kind: 'sent', rows: round - planned - singles - earlier });
    done += round;
    tell(done);
  }
}

/** Makes the table's statistics and visibility what they are in a database that grew slowly, and leaves nothing to be written. */
export async function settle(pool) {
  await pool.query('VACUUM (ANALYZE)');
  await pool.query('CHECKPOINT');
}

async function addRecipients(pool, { accountId }, count) {
  const { rows } = await pool.query(
    `WITH made AS (
       INSERT INTO recipients (account_id, external_id, name, phone, whatsapp_key, zone)
       SELECT $1, 'standing-by-' || n, 'Person ' || n, '4916' || (200000000 + n), md5('standing by ' || n)::uuid, 'Europe/Berlin'
       FROM (SELECT (SELECT coalesce(max(id), 0) FROM recipients) + g AS n FROM generate_series(1, $2::int) g) p
       RETURNING id
     )
     SELECT min(id)::float8 AS first, count(*)::int AS count FROM made`,
    [accountId, count],
  );
  return { firstRecipient: rows[0].first, recipients: rows[0].count };
}

/** Jobs, runs, batches and deliveries of one kind. */
async function addRuns(
  pool,
  { accountId, providerAccountId },
  { kind, rows, daysAgo = 0, firstRecipient, recipients },
) {
  if (rows === 0) return;
  const perRun = kind === 'single' ? 1 : Math.min(RUN, rows);
  const isPlanned = kind === 'planned';
  await pool.query(
    `SELECT ensure_partitions(((carillon_now() - make_interval(days => $1)) AT TIME ZONE 'UTC')::date)`,
    [daysAgo],
  );
  await pool.query(
    `WITH moment AS (
       SELECT planned_at, (planned_at AT TIME ZONE 'UTC')::date AS day,
              CASE WHEN $5 THEN planned_at + interval '30 days' ELSE planned_at END AS due_at,
              CASE WHEN NOT $5 THEN planned_at END AS ended_at
       FROM (SELECT carillon_now() - make_interval(days => $6) AS planned_at) now
     ), job AS (
       INSERT INTO jobs (account_id, name, kind, channel, provider_account_id, status, trigger, audience, policy, planned_at, completion_noticed_at)
       SELECT $1, 'standing by', 'message', 'whatsapp', $2, (CASE WHEN $5 THEN 'active' ELSE 'completed' END)::job_status, '{"type":"now"}',
              '{"audienceIds":[1]}', '{}', due_at, ended_at
       FROM moment, generate_series(1, $3::int)
       RETURNING id
     ), content AS (
       INSERT INTO contents (account_id, job_id, version, body)
       SELECT $1, id, 1, '{"type":"text","text":"The canteen opens at eleven today."}' FROM job
     ), run AS (
       INSERT INTO runs (account_id, job_id, occurrence_key, day, state, due_at, people, expanded_at, completed_at, completion_noticed_at)
       SELECT $1, job.id, 'once', day, (CASE WHEN $5 THEN 'sending' ELSE 'completed' END)::run_state, due_at, $4, planned_at, ended_at, ended_at
       FROM job, moment
       RETURNING id, job_id
     ), batch AS (
       INSERT INTO batches (account_id, run_id, job_id, day, channel, provider_account_id, single, size, due_at, enqueued_at, generation,
                            fence, scheduled, sent)
       SELECT $1, run.id, run.job_id, day, 'whatsapp', $2, $7, size, due_at, ended_at,
              CASE WHEN $5 THEN 0 ELSE 1 END, CASE WHEN $5 THEN 0 ELSE 1 END,
              CASE WHEN $5 THEN size ELSE 0 END, CASE WHEN $5 THEN 0 ELSE size END
       FROM run, moment, (SELECT least(${BATCH}, $4 - n) AS size FROM generate_series(0, $4 - 1, ${BATCH}) n) cut
       RETURNING id, run_id, size
     ), delivery AS (
       INSERT INTO deliveries (account_id, batch_id, number, day, run_id, recipient_id, due_at, sending_at, settled_at, dedupe_key, state,
                               content_version, try, attempts, address, provider_message_id)
       SELECT $1, batch.id, n, day, batch.run_id, $8 + (batch.id * ${BATCH} + n) % $9, due_at, ended_at, ended_at,
              md5(batch.id || ' ' || n)::uuid, (CASE WHEN $5 THEN 'scheduled' ELSE 'sent' END)::delivery_state, 1,
              CASE WHEN $5 THEN 0 ELSE 1 END, CASE WHEN $5 THEN 0 ELSE 1 END, '4916' || (200000000 + n),
              CASE WHEN NOT $5 THEN 'wamid.' || md5(batch.id || ' ' || n) END
       FROM batch, moment, generate_series(1, batch.size) n
     )
     INSERT INTO attempts (account_id, batch_id, number, try, day, outcome, code, started_at, ended_at)
     SELECT $1, batch.id, n, 1, day, 'retry', 'throttled', planned_at, planned_at
     FROM batch, moment, generate_series(1, batch.size) n
     WHERE NOT $5 AND (batch.id + n) % ${SECOND_TRY_EVERY} = 0`,
    [
      accountId,
      providerAccountId,
      Math.ceil(rows / perRun),
      perRun,
      isPlanned,
      daysAgo,
      kind === 'single',
      firstRecipient,
      recipients,
    ],
  );
}
