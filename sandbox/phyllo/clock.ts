import { type SandboxState } from '../state.ts';
import { advance } from './life.ts';

const TICK_MS = 100;

/**
 * Lets what is due happen and sends what is to be sent, by the process's own clock. A served sandbox has one; a test
 * turns the clock and sends by hand. Answers how to stop it.
 */
export function startClock(state: SandboxState, onFailure: (error: unknown) => void): () => void {
  let isBusy = false;
  const beat = async () => {
    if (isBusy) return;
    isBusy = true;
    try {
      advance(state);
      await state.phyllo.outbox.flush();
    } catch (error) {
      onFailure(error);
    } finally {
      isBusy = false;
    }
  };
  const timer = setInterval(() => void beat(), TICK_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
  };
}
