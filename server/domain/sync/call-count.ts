/** How often a run called its platform, over all of its attempts. */
export interface CallCount {
  /** Of the whole run, up to now. */
  readonly total: number;
  /** Of these, calls that were made again. */
  readonly repeats: number;
  readonly note: () => void;
  readonly noteRepeat: () => void;
}

/** Goes on counting where the attempts before left off. */
export function countCallsFrom(before: { calls: number; repeats: number }): CallCount {
  let { calls, repeats } = before;
  return {
    get total() {
      return calls;
    },
    get repeats() {
      return repeats;
    },
    note: () => {
      calls += 1;
    },
    noteRepeat: () => {
      repeats += 1;
    },
  };
}
