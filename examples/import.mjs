/**
 * Imports a CSV file of people, however long, and lists the lines that could not be kept.
 *
 *   CARILLON_URL=http://127.0.0.1:7100 CARILLON_KEY=ck_... node examples/import.mjs examples/people.csv
 */
import { createReadStream } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createClient } from '@carillon/client';

const { CARILLON_URL = 'http://127.0.0.1:7100', CARILLON_KEY = '' } = process.env;
const carillon = createClient({ baseUrl: CARILLON_URL, apiKey: CARILLON_KEY });
const file = process.argv[2] ?? fileURLToPath(new URL('people.csv', import.meta.url));

const report = await carillon.post('/v1/imports', {
  query: { format: 'csv', audience: 'Imported' },
  contentType: 'text/csv',
  // A function, because a retry reads the file from its beginning.
  body: () => createReadStream(file),
});
console.log(`${report.id} is ${report.state}: ${report.rowsKept} of ${report.rowsRead} lines kept`);

for await (const { line, field, code, detail } of carillon.list('/v1/imports/{id}/errors', { path: { id: report.id } }))
  console.log(`line ${line}, ${field ?? 'whole line'}: ${code}: ${detail}`);
