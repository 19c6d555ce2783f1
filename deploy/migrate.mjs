/** Brings the database of DATABASE_URL to the newest migration and ends; it runs before the services do. */
import { migrate } from '../packages/db/dist/index.js';

const { DATABASE_URL } = process.env;
if (!DATABASE_URL) {
  process.stderr.write('DATABASE_URL is missing: set it to postgresql://user:password@host:5432/carillon\n');
  process.exit(1);
}
try {
  const { applied } = await migrate(DATABASE_URL);
  process.stdout.write(applied.length === 0 ? 'the schema is up to date\n' : `applied ${applied.join(', ')}\n`);
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
