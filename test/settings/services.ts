/** The services, and the one schema that each config.ts exports. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';

export const root = join(import.meta.dirname, '../..');

/** What a service cannot start without, and what no file may give a default for. */
export const REQUIRED: Readonly<Record<string, string>> = {
  DATABASE_URL: 'postgresql://user:password@127.0.0.1:5432/carillon',
  REDIS_URL: 'redis://127.0.0.1:6379',
  CARILLON_SECRET: 'a'.repeat(64),
  DASHBOARD_PASSWORD: 'b'.repeat(24),
};

export const services = new Map<string, z.ZodObject>();
for (const folder of readdirSync(join(root, 'services'))) {
  const file = join(root, 'services', folder, 'src/config.ts');
  if (!existsSync(file)) continue;
  const module = (await import(pathToFileURL(file).href)) as object;
  const schemas = Object.values(module).filter((value): value is z.ZodObject => value instanceof z.ZodObject);
  if (schemas[0] === undefined || schemas.length > 1) throw new Error(`${file} must export one schema`);
  services.set(folder, schemas[0]);
}
