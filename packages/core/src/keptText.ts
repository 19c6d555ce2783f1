/** The beginning of what a program answered or printed, fit to be stored as text. */

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** A text of bounded length, and whether something was left out. */
export interface KeptText {
  readonly text: string;
  readonly truncated: boolean;
}

/**
 * Keeps at most `bytesMax` bytes of UTF-8, whole characters only. Bytes that are no UTF-8 and the NUL character, which Postgres takes
 * in no text, become U+FFFD.
 */
export function keepText(written: string | Uint8Array, bytesMax: number): KeptText {
  // A character that is cut in two at the end of these bytes lies behind what fits.
  const begin = typeof written === 'string' ? written.slice(0, bytesMax + 1) : written.subarray(0, bytesMax + 4);
  const decoded = typeof begin === 'string' ? begin : decoder.decode(begin);
  const clean = decoded.replaceAll('\0', '\uFFFD');
  const room = new Uint8Array(bytesMax);
  const { written: used } = encoder.encodeInto(clean, room);
  const text = decoder.decode(room.subarray(0, used));
  return { text, truncated: text.length < clean.length || begin.length < written.length };
}
