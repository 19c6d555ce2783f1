/** See chromium.mjs. */
export const CHROMIUM_FLAGS: readonly string[];
export function findChromium(say?: (line: string) => void): string;
