const WINDOW_MS = 1_000;

/**
 * So many calls in any second, refused ones not counted. It goes by the process's own clock: the world's may stand
 * still, and politeness is a matter of real seconds.
 */
export class CallLimiter {
  readonly #most: number;
  readonly #clock: () => number;
  #taken: number[] = [];

  constructor(most: number, clock: () => number = () => performance.now()) {
    this.#most = most;
    this.#clock = clock;
  }

  /** Whether one more call is allowed now; it is counted when it is. */
  take(): boolean {
    const now = this.#clock();
    this.#taken = this.#taken.filter((at) => now - at < WINDOW_MS);
    if (this.#taken.length >= this.#most) return false;
    this.#taken.push(now);
    return true;
  }
}
