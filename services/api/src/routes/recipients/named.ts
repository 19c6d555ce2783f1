/** Recipients in paths, where they are named by the account's own external id. */
import { externalIdSchema } from '@carillon/contracts';
import { ApiError } from '@carillon/core';
import { validate } from '../../http/validate.ts';

/** The external id in a path. @throws ValidationError */
export function requireExternalId(text: string | undefined): string {
  return validate(externalIdSchema, text, 'externalId');
}

/** Nobody has this external id. */
export function notFound(): ApiError {
  return new ApiError('not_found', { field: 'externalId', detail: 'There is no recipient of this external id.' });
}
