/** The ledger: what it counts, that it survives a kill, and that the counts agree with a plain count. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { RunCounts } from '../src/ledger/counts.ts';
import { afterwards, ask, post, referenceOf, startSimulator, temporaryFolder, textMessage, until } from './harness.ts';

interface Totals {
  attempts: number;
  acceptances: number;
  addresses: number;
  duplicates: number;
}
interface Page {
  addresses: { run: string; to: string; attempts: number; acceptances: number }[];
  cursor?: string;
}

describe('counting', () => {
  test('agrees with a Map, for any addresses in any order', () => {
    const address = fc.oneof(
      fc.constantFrom('491700000001', '491700000002', '0049170', '', '999999999999999', '9999999999999999'),
      fc.integer({ min: 1, max: 300 }).map(String),
      fc.string({ maxLength: 3 }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(address, fc.boolean()), { maxLength: 600 }), (sends) => {
        const counts = new RunCounts();
        const plain = new Map<string, { attempts: number; acceptances: number }>();
        for (const [to, accepted] of sends) {
          counts.add(to, accepted);
          const count = plain.get(to) ?? { attempts: 0, acceptances: 0 };
          plain.set(to, { attempts: count.attempts + 1, acceptances: count.acceptances + Number(accepted) });
        }
        const all = Array.from({ length: counts.size }, (_, i) => counts.at(i));
        expect(all).toEqual([...plain].map(([to, count]) => ({ to, ...count })));
        const values = [...plain.values()];
        expect(counts.attempts).toBe(sends.length);
        expect(counts.addresses).toBe(values.filter(({ acceptances }) => acceptances > 0).length);
        expect(counts.duplicates).toBe(values.filter(({ acceptances }) => acceptances > 1).length);
      }),
    );
  });

  test('a million addresses take less than 100 MB and are all found', () => {
    const before = process.memoryUsage().arrayBuffers;
    const counts = new RunCounts();
    for (let i = 0; i < 1_000_000; i += 1) counts.add(String(491_700_000_000 + i), true);
    for (let i = 0; i < 1_000_000; i += 7) counts.add(String(491_700_000_000 + i), true);
    expect(counts.size).toBe(1_000_000);
    expect(counts.duplicates).toBe(142_858);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100e6);
  });
});

describe('questions', () => {
  test('two spellings of one number are one person, per run', async () => {
    const { url } = await startSimulator();
    await post(url, textMessage('+49 170 1234567', referenceOf(1, 1)));
    await post(url, textMessage('491701234567', referenceOf(1, 2)));
    await post(url, textMessage('491701234567', referenceOf(2, 1)));
    await post(url, textMessage('491701234568', referenceOf(2, 2)));
    await post(url, textMessage('491701234568'));
    await post(url, textMessage('491701234568', 'not one of ours'));
    expect(await ask<Totals>(url, 'GET /ledger/totals?run=1')).toEqual({
      attempts: 2,
      acceptances: 2,
      addresses: 1,
      duplicates: 1,
    });
    expect(await ask<Totals>(url, 'GET /ledger/totals?run=2')).toMatchObject({ addresses: 2, duplicates: 0 });
    expect(await ask<Totals>(url, 'GET /ledger/totals?run=')).toMatchObject({ acceptances: 2, duplicates: 1 });
    expect(await ask<Totals>(url, 'GET /ledger/totals?run=99')).toMatchObject({ attempts: 0, duplicates: 0 });
    expect(await ask<Totals>(url, 'GET /ledger/totals')).toMatchObject({ attempts: 6, duplicates: 2 });
    expect(await ask(url, 'GET /ledger/duplicates?run=1')).toEqual({
      duplicates: 1,
      addresses: [{ run: '1', to: '491701234567', attempts: 2, acceptances: 2 }],
    });
    expect(await ask(url, 'GET /ledger/duplicates?run=2')).toEqual({ duplicates: 0, addresses: [] });
  });

  test('pages hold every address once, and the counts go on while sends come in', async () => {
    const { url } = await startSimulator();
    for (let i = 0; i < 25; i += 1) {
      await post(url, textMessage(String(491_701_000_000 + i), referenceOf(1 + (i % 2), i + 1)));
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page: Page = await ask(
        url,
        `GET /ledger/addresses?limit=4${cursor === undefined ? '' : `&cursor=${cursor}`}`,
      );
      expect(page.addresses.length).toBeLessThanOrEqual(4);
      seen.push(...page.addresses.map(({ to }) => to));
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(seen.sort()).toEqual(Array.from({ length: 25 }, (_, i) => String(491_701_000_000 + i)));
    const one = await ask<Page>(url, 'GET /ledger/addresses?run=1');
    expect(one.addresses).toHaveLength(13);
    await post(url, textMessage('491709999999', referenceOf(1, 99)));
    expect(await ask<Totals>(url, 'GET /ledger/totals?run=1')).toMatchObject({ attempts: 14 });
  });

  test('the export has each acceptance with its time and reference', async () => {
    const { url } = await startSimulator({ nowMs: () => 1_767_225_600_123 });
    await ask(url, 'PUT /control/rules', { rules: [{ match: { to: '491701000002' }, does: { code: 131026 } }] });
    for (const i of [1, 2, 3]) await post(url, textMessage(`49170100000${i}`, referenceOf(5, i)));
    const text = await (await fetch(`${url}/ledger/export?run=5`)).text();
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(lines).toMatchObject([
      { run: '5', to: '491701000001', at: 1_767_225_600_123, reference: referenceOf(5, 1), number: '1065' },
      { run: '5', to: '491701000003', at: 1_767_225_600_123, reference: referenceOf(5, 3), number: '1065' },
    ]);
    expect(await (await fetch(`${url}/ledger/export?run=6`)).text()).toBe('');
  });

  test('emptying it empties the counts', async () => {
    const { url } = await startSimulator();
    await post(url, textMessage('491701234567'));
    expect(await ask<Totals>(url, 'GET /ledger/totals')).toMatchObject({ acceptances: 1 });
    await ask(url, 'DELETE /ledger');
    expect(await ask<Totals>(url, 'GET /ledger/totals')).toMatchObject({ attempts: 0 });
    await post(url, textMessage('491701234567'));
    expect(await ask<Totals>(url, 'GET /ledger/totals')).toMatchObject({ acceptances: 1, duplicates: 0 });
  });

  test('the page shows the totals and lets no text through as markup', async () => {
    const { url } = await startSimulator();
    await post(url, textMessage('491701234567', referenceOf(12, 1)));
    const page = await (await fetch(url)).text();
    expect(page).toContain('run 12');
    expect(page).not.toMatch(/src=|href=|<script/);
  });
});

/** Starts the built program on a free port. */
async function startProcess(dataDir: string) {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../dist/main.js')], {
    env: { ...process.env, SIMULATOR_PORT: '0', SIMULATOR_DATA_DIR: dataDir, LOG_LEVEL: 'info' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  afterwards(() => {
    child.kill('SIGKILL');
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const url = await until(() => /"url":"([^"]+)"/.exec(output)?.[1]);
  return { child, url };
}

describe('a kill', () => {
  test('-9 in the middle of it all: whatever was answered is in the ledger of the next one', async () => {
    const dataDir = temporaryFolder();
    const first = await startProcess(dataDir);
    const answered: string[] = [];
    let tried = 0;
    const senders = Array.from({ length: 16 }, async () => {
      for (;;) {
        const to = String(491_700_000_000 + tried++);
        try {
          const response = await post(first.url, textMessage(to, referenceOf(1, tried)));
          if (response.status === 200) answered.push(to);
        } catch {
          return;
        }
        if (answered.length === 500) first.child.kill('SIGKILL');
      }
    });
    await Promise.all(senders);
    expect(answered.length).toBeGreaterThanOrEqual(500);
    // As if the kill had come in the middle of a line.
    appendFileSync(join(dataDir, 'ledger.ndjson'), '{"at":1,"number":"1065","to":"4917');

    const second = await startProcess(dataDir);
    await post(second.url, textMessage('491799999999', referenceOf(1, 1)));
    const { addresses } = await ask<Page>(second.url, 'GET /ledger/addresses?run=1&limit=10000');
    const accepted = new Set(addresses.filter(({ acceptances }) => acceptances === 1).map(({ to }) => to));
    expect(answered.filter((to) => !accepted.has(to))).toEqual([]);
    expect(accepted.has('491799999999')).toBe(true);
    expect(await ask<Totals>(second.url, 'GET /ledger/totals?run=1')).toMatchObject({ duplicates: 0 });
    expect(readFileSync(join(dataDir, 'ledger.ndjson'), 'utf8')).toContain('"to":"4917\n');
  });

  test('SIGTERM ends it within two seconds, though a client hangs', async () => {
    const { child, url } = await startProcess(temporaryFolder());
    await ask(url, 'PUT /control/rules', { rules: [{ does: { fault: 'accept_and_hang' } }] });
    const hanging = post(url, textMessage('491701234567'));
    hanging.catch(() => {});
    await until(async () => (await ask<Totals>(url, 'GET /ledger/totals')).attempts === 1);
    const started = performance.now();
    child.kill('SIGTERM');
    const [code] = (await once(child, 'exit')) as [number | null];
    expect(code).toBe(0);
    expect(performance.now() - started).toBeLessThan(2_000);
    await expect(hanging).rejects.toThrow();
  });
});
