/** The values of a statement that is put together from parts, each part adding its own. */
export class Parameters {
  readonly values: unknown[] = [];

  /** Adds a value; returns how the statement names it, such as `$3`. */
  add(value: unknown): string {
    return `$${this.values.push(value)}`;
  }
}
