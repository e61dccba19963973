const MOST = 5;
const WINDOW_MS = 60_000;

/** Says whether a process that died may be started again: at most five times in a minute, each for itself. */
export function createRestartBudget(now: () => number = Date.now): (name: string) => boolean {
  const restarts = new Map<string, number[]>();
  return (name) => {
    const recent = (restarts.get(name) ?? []).filter((at) => at > now() - WINDOW_MS);
    if (recent.length >= MOST) return false;
    restarts.set(name, [...recent, now()]);
    return true;
  };
}
