/** Results of pure work on what was asked lately: agents repeat themselves. Bounded in number and in what is kept of each. */
export class Recent<Result> {
  readonly #kept = new Map<string, Result>();
  readonly #most: number;

  constructor(most = 64) {
    this.#most = most;
  }

  /** Long questions are not kept: their results are large as well. */
  get(key: string, work: () => Result): Result {
    const found = this.#kept.get(key);
    if (found !== undefined) return found;
    const made = work();
    if (key.length > MOST_KEY) return made;
    this.#kept.set(key, made);
    if (this.#kept.size > this.#most) this.#kept.delete(this.#kept.keys().next().value ?? "");
    return made;
  }
}

const MOST_KEY = 8_192;
