/** A file that is made as it is sent to POST /v1/imports, so that nothing but the api could hold it. */
import { once } from 'node:events';
import { request } from 'node:http';

const CHUNK_CHARACTERS = 65_536;

/**
 * Sends a CSV and returns the API's report.
 * @param baseUrl the api's
 * @param lines the header first, each with its line break
 */
export async function uploadCsv(baseUrl, key, lines) {
  const outgoing = request(`${baseUrl}/v1/imports?format=csv`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'text/csv', 'Idempotency-Key': `bench-${Date.now()}` },
  });
  const answered = new Promise((resolve, reject) => {
    outgoing.once('error', reject);
    outgoing.once('response', (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part) => {
        text += part;
      });
      response.once('end', () => resolve(JSON.parse(text)));
    });
  });
  let chunk = '';
  for (const line of lines) {
    chunk += line;
    if (chunk.length < CHUNK_CHARACTERS) continue;
    // An answer before the end is a refusal.
    if (!outgoing.write(chunk)) await Promise.race([once(outgoing, 'drain'), answered]);
    chunk = '';
  }
  outgoing.end(chunk);
  return answered;
}
