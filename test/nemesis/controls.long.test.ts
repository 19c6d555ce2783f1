/** Whether the nemesis can say no: each mechanism that the promise rests on is switched off in turn, and the harm must be found. */
import { expect, test } from '@jest/globals';
import { CONTROLS } from '../../nemesis/controls.mjs';
import { nemesis } from './nemesis.ts';

interface Control {
  readonly seconds: number;
  readonly finds: readonly string[];
}

test.each(Object.entries(CONTROLS as Record<string, Control>))(
  'finds what goes wrong without %s',
  async (name, { seconds, finds }) => {
    const { verdict, code } = await nemesis('--without', name, '--seed', '1', '--seconds', String(seconds));
    const found = new Set(verdict.violations.map(({ kind }) => kind));
    expect([...found].filter((kind) => finds.includes(kind))).not.toEqual([]);
    expect(code).toBe(1);
  },
  600_000,
);
