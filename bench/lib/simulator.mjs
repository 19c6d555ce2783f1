/** What benchmarks tell the simulator, and ask it as the judge. */
import { ledgerReader } from '@carillon/testkit';
import { Explained } from '../../scripts/bootstrap.mjs';

/**
 * Changes a setting of the simulator, or takes it back where there is no body.
 * @param what the path below /control, such as `latency`
 * @throws Error with the simulator's answer when it refuses
 */
export async function tellSimulator({ baseUrl }, what, body) {
  const response = await fetch(`${baseUrl}/control/${what}`, {
    method: body === undefined ? 'DELETE' : 'PUT',
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`the simulator answered ${response.status}: ${await response.text()}`);
}

/**
 * Compares the simulator's ledger with what was to be sent.
 * @param wanted messages that are to be accepted, each by an address of its own
 * @param runId of one run; of all without it
 * @throws Explained when somebody is missing or was told twice
 */
export async function judgeLedger({ baseUrl }, wanted, runId) {
  const { acceptances, addresses, duplicates } = await ledgerReader(baseUrl).totals(runId);
  if (duplicates > 0) throw new Explained(`${duplicates} of ${addresses} addresses were told twice`);
  if (addresses !== wanted) throw new Explained(`${addresses} addresses were told, and not ${wanted}`);
  if (acceptances !== wanted) throw new Explained(`${acceptances} messages were accepted, and not ${wanted}`);
}
