/** The bodies that the Cloud API answers with. */

/** Titles of the codes that are asked for most; others get a general one. */
const TITLES: ReadonlyMap<number, string> = new Map([
  [1, 'An unknown error occurred'],
  [2, 'Service temporarily unavailable'],
  [100, 'Invalid parameter'],
  [190, 'Access token has expired'],
  [80007, 'Rate limit hit'],
  [130429, 'Rate limit hit'],
  [131000, 'Something went wrong'],
  [131008, 'Required parameter is missing'],
  [131009, 'Parameter value is not valid'],
  [131016, 'Service unavailable'],
  [131026, 'Message undeliverable'],
  [131042, 'Business eligibility payment issue'],
  [131047, 'Re-engagement message'],
  [131048, 'Spam rate limit hit'],
  [131056, '(Business account, consumer account) pair rate limit hit'],
  [131057, 'Account in maintenance mode'],
]);

/** HTTP status that usually comes with a code. */
export function statusOfCode(code: number): number {
  if (code === 4 || code === 80007 || code === 130429) return 429;
  if (code === 190 || code === 0) return 401;
  if (code === 3 || code === 10 || code === 131005 || code === 131031 || (code >= 200 && code <= 299)) return 403;
  if (code === 1 || code === 131000) return 500;
  if (code === 2 || code === 131016 || code === 131057 || code === 133004) return 503;
  return 400;
}

export function titleOfCode(code: number): string {
  return TITLES.get(code) ?? 'The request was refused';
}

export function errorBody(code: number, details: string): string {
  return JSON.stringify({
    error: {
      message: `(#${code}) ${titleOfCode(code)}`,
      type: 'OAuthException',
      code,
      error_data: { messaging_product: 'whatsapp', details },
      fbtrace_id: 'SimulatedTrace',
    },
  });
}

export function acceptedBody(input: string, to: string, wamid: string): string {
  return `{"messaging_product":"whatsapp","contacts":[{"input":${JSON.stringify(input)},"wa_id":"${to}"}],"messages":[{"id":"${wamid}","message_status":"accepted"}]}`;
}
