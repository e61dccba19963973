/** How often a run called its platform, over all of its attempts. */
export interface CallCount {
  /** Of the whole run, up to now. */
  readonly total: number;
  readonly note: () => void;
}

/** Goes on counting where the attempts before left off. */
export function countCallsFrom(before: number): CallCount {
  let total = before;
  return {
    get total() {
      return total;
    },
    note: () => {
      total += 1;
    },
  };
}
