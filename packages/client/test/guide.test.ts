/** The TypeScript in docs/api.md, checked by the compiler against this client, as its reader will use it. */
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, expect, test } from '@jest/globals';

const root = fileURLToPath(new URL('../../../', import.meta.url));
/** Inside the package, so that its name leads to it; what is built is not kept. */
const folder = fileURLToPath(new URL(`../dist/guide-${process.pid}/`, import.meta.url));
const SETTINGS = [
  '--ignoreConfig',
  '--noEmit',
  '--strict',
  '--skipLibCheck',
  '--module',
  'nodenext',
  '--types',
  'node',
];
/** What the guide's lines take from around them. */
const AROUND = `import { CarillonError, createClient, type NewJob, verifyWebhook } from '@carillon/client';
declare const body: NewJob;
declare const rawBody: string;
declare const request: { headers: Headers };
declare const secret: string;
`;

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the compiler says of the lines; empty when nothing. */
async function complaintsOf(lines: string): Promise<string> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}guide.ts`, AROUND + lines);
  const compiler = `${root}node_modules/typescript/bin/tsc`;
  return await promisify(execFile)(process.execPath, [compiler, ...SETTINGS, '--target', 'es2023', 'guide.ts'], {
    cwd: folder,
  }).then(
    () => '',
    (error: { stdout: string; stderr: string }) => error.stdout + error.stderr,
  );
}

test('compiles, and would not if it named what is not there', async () => {
  const guide = readFileSync(`${root}docs/api.md`, 'utf8');
  const blocks = [...guide.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, block = '']) => block);
  expect(blocks.length).toBeGreaterThan(4);
  // Imports stand above, once for all.
  const lines = blocks.join('\n').replace(/^import .*$/gm, '');
  expect(await complaintsOf(lines)).toBe('');
  const wrong = lines.replace("'/v1/jobs/{id}'", "'/v1/jobs/{name}'");
  expect(await complaintsOf(wrong)).toContain('/v1/jobs/{name}');
}, 120_000);
