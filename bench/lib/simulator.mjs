/** Telling the simulator what to do, and asking it what was done. */
import { ledgerReader } from '@carillon/testkit';

/**
 * Sets what `PUT /control/<what>` sets.
 * @throws Error with the simulator's answer when it refuses
 */
export async function tellSimulator({ baseUrl }, what, body) {
  const response = await fetch(`${baseUrl}/control/${what}`, { method: 'PUT', body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`the simulator answered ${response.status}: ${await response.text()}`);
}

/**
 * Whether so many messages arrived, each once.
 * @throws Error when one is missing or was told twice
 */
export async function judgeMessages({ baseUrl }, wanted) {
  const { acceptances, duplicates } = await ledgerReader(baseUrl).totals();
  if (duplicates !== 0 || acceptances !== wanted) {
    throw new Error(`${acceptances} of ${wanted} were accepted, ${duplicates} addresses were told twice`);
  }
}
