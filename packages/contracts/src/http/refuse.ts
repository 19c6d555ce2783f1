/** Issues that carry a code of ours, for the schemas of bodies. */
import type { ErrorCode } from '@carillon/core';
import type { z } from 'zod';

/** Reports a fault of one field; the API answers with the code. */
export type Refuse = (code: ErrorCode, message: string, path: readonly (string | number)[]) => void;

/** How the refinement of a schema refuses. */
export function refuser(context: z.core.$RefinementCtx): Refuse {
  return (code, message, path) => {
    context.addIssue({ code: 'custom', message, path: [...path], params: { code }, input: undefined });
  };
}

/** An instant of an answer. */
export const instantForm = { format: 'date-time' } as const;
