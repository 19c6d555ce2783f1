/**
 * Whether two announcements say nearly the same, so that their sender can be warned before everybody is told twice.
 *
 * The measure is that of PostgreSQL's pg_trgm: the share of trigrams that two texts have in common. It forgives a changed word
 * or greeting, and does not care for the order of words. Compared with the extension itself, texts in ASCII get the same figure
 * to seven digits; beyond ASCII the extension goes by the database's locale, this by Unicode, whatever the database.
 */

/**
 * A text as it is compared: compatibility forms unified (NFKC), lower case, and whatever is neither letter, mark nor digit
 * taken for a space. Numbers and the words of links stay, since a date or a link is often the whole difference. Diacritics
 * stay too: dropping them would make different words of many languages equal, and one letter costs few trigrams. A text
 * without any letter or digit (only pictures) keeps its characters, or all such texts would be equal.
 */
export function normalizeForSimilarity(text: string): string {
  // Lower-casing can leave a letter decomposed, and composing comes first so that it has whole letters to work on.
  const lower = text.normalize('NFKC').toLowerCase().normalize('NFKC');
  const words = lower.replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ').trim();
  return words === '' ? lower.replace(/\s+/gu, ' ').trim() : words;
}

/** The trigrams of a text, in code points: those of each word, with two spaces put before it and one after. */
export function trigramsOf(text: string): ReadonlySet<string> {
  const trigrams = new Set<string>();
  const normalized = normalizeForSimilarity(text);
  if (normalized === '') return trigrams;
  for (const word of normalized.split(' ')) {
    const letters = [' ', ' ', ...word, ' '];
    for (let i = 2; i < letters.length; i += 1) {
      trigrams.add(`${letters[i - 2]}${letters[i - 1]}${letters[i]}`);
    }
  }
  return trigrams;
}

/** What two sets of trigrams have in common, as a share of what they have together: 0 to 1. Two empty ones are equal. */
export function similarityOfTrigrams(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const [small, large] = one.size <= other.size ? [one, other] : [other, one];
  let shared = 0;
  for (const trigram of small) if (large.has(trigram)) shared += 1;
  const together = one.size + other.size - shared;
  return together === 0 ? 1 : shared / together;
}

/** The similarity of two texts: 0 (nothing in common) to 1 (the same trigrams). */
export function trigramSimilarity(one: string, other: string): number {
  return similarityOfTrigrams(trigramsOf(one), trigramsOf(other));
}

/** Whether two texts are equal as normalized, or at least as similar as `threshold` (0 to 1) asks. */
export function isSimilar(one: string, other: string, threshold: number): boolean {
  if (normalizeForSimilarity(one) === normalizeForSimilarity(other)) return true;
  return trigramSimilarity(one, other) >= threshold;
}
