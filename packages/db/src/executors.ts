/** Who can run scripts: executors say every few seconds that they are there, and the API accepts scripts while one of them is. */
import type { ScriptLanguage } from '@carillon/contracts';
import type { Queryable } from './pool.ts';

/** Unheard of for so long it counts as gone: several beats, so that one that is late ends nothing. */
const ALIVE_SECONDS = 30;

/** What an executor says of itself. */
export interface ExecutorBeat {
  /** Unique among those that live at the same time. */
  readonly name: string;
  readonly languages: readonly ScriptLanguage[];
  /** Scripts at once. */
  readonly places: number;
}

/** Says that it is alive; and removes those that were not heard of for a day. */
export async function beatExecutor(db: Queryable, { name, languages, places }: ExecutorBeat): Promise<void> {
  await db.query({
    name: 'beat_executor',
    text: `WITH gone AS (DELETE FROM executors WHERE seen_at < carillon_now() - interval '1 day' AND name <> $1)
           INSERT INTO executors (name, languages, places, seen_at) VALUES ($1, $2::text[], $3, carillon_now())
           ON CONFLICT (name) DO UPDATE
           SET languages = excluded.languages, places = excluded.places, seen_at = excluded.seen_at`,
    values: [name, languages, places],
  });
}

/** Says that it leaves. */
export async function forgetExecutor(db: Queryable, name: string): Promise<void> {
  await db.query('DELETE FROM executors WHERE name = $1', [name]);
}

/** Whether somebody alive runs scripts in a language. @param db of role `worker`: executors are no rows of an account */
export async function hasExecutor(db: Queryable, language: ScriptLanguage): Promise<boolean> {
  const { rows } = await db.query<{ found: boolean }>({
    name: 'has_executor',
    text: `SELECT EXISTS (SELECT FROM executors WHERE $1 = ANY (languages)
                          AND seen_at > carillon_now() - ${ALIVE_SECONDS} * interval '1 second') AS found`,
    values: [language],
  });
  return rows[0]?.found ?? false;
}
