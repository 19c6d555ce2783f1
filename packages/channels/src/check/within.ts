/** Waiting for what others may bring, and not for ever. */

/** What was asked for, or `late` when it did not come within `ms`. */
export async function within<Value, Late>(asked: Promise<Value>, ms: number, late: Late): Promise<Value | Late> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<Late>((resolve) => {
    timer = setTimeout(() => resolve(late), Math.max(0, ms));
  });
  return await Promise.race([asked, limit]).finally(() => clearTimeout(timer));
}
