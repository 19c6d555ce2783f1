/**
 * The jobs of the steady load: of the four kinds in the shares that a scheduler of this size is asked for, once as those that come
 * again and again and are the load, and once as the many that stand by for later days.
 */
import { createClient } from '@carillon/client';
import { seededPhone } from '@carillon/testkit';

/** How many of a hundred runs are of each kind. */
export const SHARES = { webhook: 80, message: 12, payment: 5, script: 3 };
export const KINDS = Object.keys(SHARES);

/** From one run of a job of the load to its next. */
export const INTERVAL_SECONDS = 10;
const INTERVAL_MS = INTERVAL_SECONDS * 1_000;

const CREATED_AT_ONCE = 16;
/** No factor in common with a hundred, so that of any hundred jobs that follow each other each kind has its share, well mixed. */
const STRIDE = 37;
const USERS = 10_000;
const DAY_MS = 86_400_000;
/** The jobs that stand by are due over so many days, from tomorrow on. */
const STANDING_DAYS = 30;
const SEEDED_AT_ONCE = 50_000;

const SCRIPT = 'import json, sys\nprint(json.load(sys.stdin)["n"])\n';

/** Of which kind the n-th job is. */
export function kindOf(n) {
  let slot = (n * STRIDE) % 100;
  for (const kind of KINDS) {
    if (slot < SHARES[kind]) return kind;
    slot -= SHARES[kind];
  }
  throw new Error('the shares are less than a hundred');
}

/** What a job of a kind does, as the API takes it. */
function taskOf(kind, n, callUrl) {
  switch (kind) {
    case 'webhook':
      return { kind, webhook: { url: callUrl, body: { n } } };
    case 'message':
      return {
        kind,
        channel: 'whatsapp',
        content: { text: 'It is time.' },
        audience: { addresses: [{ address: `+${seededPhone(n)}` }] },
        // The benchmark may be run at night.
        policy: { quietHours: 'ignore' },
      };
    case 'payment':
      return { kind, payment: { sender: 'acct_1', receiver: `acct_${n}`, amount: 100, currency: 'EUR' } };
    default:
      return { kind, script: { language: 'python', source: SCRIPT, parameters: { n } } };
  }
}

/**
 * Creates the load through the API: as many jobs as make `perSecond` runs a second, each every {@link INTERVAL_SECONDS}, with beginnings
 * spread evenly over the first interval. Each ends by itself after `seconds`.
 * @param load `startMs` is the first moment of all
 * @returns how many runs of each kind are to be
 */
export async function createLoad(baseUrl, apiKey, { perSecond, seconds, startMs, callUrl }) {
  const carillon = createClient({ baseUrl, apiKey });
  const count = perSecond * INTERVAL_SECONDS;
  const maxOccurrences = seconds / INTERVAL_SECONDS;
  const runs = Object.fromEntries(KINDS.map((kind) => [kind, 0]));
  let next = 0;
  const create = async () => {
    while (next < count) {
      const n = next++;
      const kind = kindOf(n);
      const startsAt = new Date(Math.round(startMs + (n / count) * INTERVAL_MS)).toISOString();
      await carillon.post('/v1/jobs', {
        body: {
          name: `Load ${n}`,
          userId: `u-${n % USERS}`,
          ...taskOf(kind, n, callUrl),
          trigger: { type: 'every', interval: INTERVAL_SECONDS, startsAt, maxOccurrences },
        },
      });
      runs[kind] += maxOccurrences;
    }
  };
  await Promise.all(Array.from({ length: CREATED_AT_ONCE }, create));
  return runs;
}

/** Jobs that happen once, from tomorrow on: one of each kind through the API, and copies of it. They have no runs yet. */
export async function createStandingBy(pool, { baseUrl, apiKey, rows, callUrl }) {
  const carillon = createClient({ baseUrl, apiKey });
  const at = new Date(Date.now() + DAY_MS).toISOString();
  for (const kind of KINDS) {
    const count = Math.round((rows * SHARES[kind]) / 100);
    if (count === 0) continue;
    const first = await carillon.post('/v1/jobs', {
      body: { name: 'Stands by', userId: 'u-0', ...taskOf(kind, 1_000_000, callUrl), trigger: { type: 'at', at } },
    });
    const jobId = Number(first.id.replace('job_', ''));
    for (let from = 1; from < count; from += SEEDED_AT_ONCE) {
      const to = Math.min(count - 1, from + SEEDED_AT_ONCE - 1);
      await copyJob(pool, { jobId, from, to, stepMs: (STANDING_DAYS * DAY_MS) / count });
    }
  }
  await pool.query('VACUUM ANALYZE jobs, contents');
}

async function copyJob(pool, { jobId, from, to, stepMs }) {
  await pool.query(
    `WITH made AS (
       INSERT INTO jobs (account_id, name, kind, channel, provider_account_id, status, trigger, audience, policy, user_id, tags,
                         next_run_at, planned_at)
       SELECT t.account_id, t.name || ' ' || n, t.kind, t.channel, t.provider_account_id, t.status,
              jsonb_set(t.trigger, '{instantMs}', to_jsonb((t.trigger ->> 'instantMs')::float8 + round(n * $4::float8))),
              t.audience, t.policy, 'u-' || n % $5, t.tags, t.next_run_at + round(n * $4) * interval '1 millisecond',
              t.planned_at + round(n * $4) * interval '1 millisecond'
       FROM jobs t, generate_series($2::int, $3::int) n WHERE t.id = $1
       RETURNING account_id, id
     )
     INSERT INTO contents (account_id, job_id, version, body)
     SELECT made.account_id, made.id, 1, c.body FROM made, contents c WHERE c.job_id = $1`,
    [jobId, from, to, stepMs, USERS],
  );
}
