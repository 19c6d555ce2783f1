/** What the owner of a job reads of it. */
import { expect, test } from '@jest/globals';
import { ownerWords } from '../src/index.ts';

const about = {
  name: 'Nightly',
  job: 'job_5',
  run: 'run_7',
  dueAt: '2026-11-21T12:00:00.000Z',
  failed: 1,
  deliveries: 1,
};

test('each event says what happened to what', () => {
  const words = (type: Parameters<typeof ownerWords>[0]['type']) => ownerWords({ type, data: about });
  expect(words('run.late')).toEqual({
    subject: 'Nightly is late',
    text: '"Nightly" (job_5) was due at 2026-11-21T12:00:00.000Z and has not been begun in time.',
  });
  expect(words('run.failed').text).toContain('ended with 1 of 1 failed (run_7)');
  expect(words('payment.refused').text).toContain('the payment was refused');
  expect(words('job.completed').subject).toBe('Nightly is completed');
});

test('a name is never read as a variable, and has an end', () => {
  const { subject } = ownerWords({ type: 'job.completed', data: { ...about, name: `{{email}} ${'x'.repeat(300)}` } });
  expect(subject).not.toContain('{{');
  expect(subject.length).toBeLessThan(120);
});
