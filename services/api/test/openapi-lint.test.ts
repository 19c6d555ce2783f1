/** The description against a public linter (Redocly's, with its recommended rules): not one warning. */

import { expect, test } from '@jest/globals';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { apiDocument } from '../src/openapi/document.ts';

/** Runs the linter over a document; `error` and `warn` alike. */
async function problemsOf(document: object): Promise<string[]> {
  const config = await createConfig({ extends: ['recommended'], telemetry: 'off' });
  const problems = await lintFromString({ source: JSON.stringify(document), absoluteRef: 'openapi.json', config });
  return problems.map(
    ({ severity, ruleId, message, location }) => `${severity} ${ruleId} at ${location[0]?.pointer ?? '?'}: ${message}`,
  );
}

test('the linter has nothing to say about the description', async () => {
  expect(await problemsOf(apiDocument())).toEqual([]);
});

test('the linter sees an operation without a summary, a broken reference and a wrong example', async () => {
  const document = structuredClone(apiDocument()) as {
    paths: Record<string, Record<string, Record<string, unknown>>>;
  };
  const list = document.paths['/v1/jobs']?.get as Record<string, unknown>;
  const create = document.paths['/v1/jobs']?.post as Record<string, unknown>;
  delete list.summary;
  (create.requestBody as { content: Record<string, { example: unknown }> }).content['application/json'] = {
    example: { name: 7 },
    ...{ schema: { $ref: '#/components/schemas/CreateJobBody' } },
  };
  create.parameters = [{ $ref: '#/components/parameters/Nowhere' }];
  const text = (await problemsOf(document)).join('\n');
  expect(text).toContain('operation-summary');
  expect(text).toContain('no-unresolved-refs');
  expect(text).toContain('no-invalid-media-type-examples');
});
