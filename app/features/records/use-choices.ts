import { useEffect, useState } from 'react';
import type { liveApi } from '../../bridge/live.ts';
import type { ListboxOption } from '../../ui/listbox.tsx';

/** Asks the procedures for what fits a text; '' asks for what is likely. Keep it stable between renders. */
export type AskForChoices = (
  api: typeof liveApi,
  asked: { q: string; signal: AbortSignal },
) => Promise<readonly ListboxOption[]>;

export interface Choices {
  options: readonly ListboxOption[];
  state: 'waiting' | 'ready' | 'failed';
}

const PAUSE_MS = 120;
const nothing: readonly ListboxOption[] = [];

/** What fits the text, a moment after the typing stops. A newer question drops the answer of an older one. */
export function useChoices(ask: AskForChoices, text: string, isOpen: boolean): Choices {
  const [answer, setAnswer] = useState<{ q: string; choices: Choices } | null>(null);
  const q = text.trim();
  useEffect(() => {
    if (!isOpen) return;
    const stop = new AbortController();
    const question = async () => {
      const choices = await answerTo(ask, { q, signal: stop.signal });
      if (!stop.signal.aborted) setAnswer({ q, choices });
    };
    const timer = setTimeout(() => void question(), q === '' ? 0 : PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [ask, q, isOpen]);
  if (answer?.q === q) return answer.choices;
  // While the next answer is under way the last one stays, so that the list does not jump.
  return { options: answer?.choices.options ?? nothing, state: 'waiting' };
}

async function answerTo(ask: AskForChoices, asked: { q: string; signal: AbortSignal }): Promise<Choices> {
  try {
    const live = await import('../../bridge/live.ts');
    return { options: await ask(live.liveApi, asked), state: 'ready' };
  } catch {
    // Said in the list, and asked again with the next letter.
    return { options: nothing, state: 'failed' };
  }
}

/** What a list says that shows no option, or may show more. */
export function inWords({ options, state }: Choices, nouns: string): string | null {
  if (state === 'failed') return 'The search could not be reached. Type again to retry.';
  if (options.length > 0) return null;
  return state === 'waiting' ? 'Searching…' : `No ${nouns} found.`;
}
