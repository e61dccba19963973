import { useEffect, useState } from 'react';
import type { MatchPreview } from '../../../server/domain/campaign-match-rules/schema.ts';
import { areWhole, type MatchRow, rulesOf } from './match-rule-rows.ts';

const QUIET_MS = 300;

export interface KnownPreview {
  preview: MatchPreview | null;
  /** Why there is none, in the procedure's words. */
  problem: string | null;
}

/** What rules would do, asked a moment after the last key; until each says enough, what was known stays. */
export function useMatchPreview(
  campaignId: string,
  rows: readonly MatchRow[],
  known: MatchPreview | null,
): KnownPreview {
  const [answer, setAnswer] = useState<KnownPreview | null>(null);
  const asked = areWhole(rows) ? JSON.stringify(rulesOf(rows)) : null;
  useEffect(() => {
    if (asked === null) return;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      ask(campaignId, asked, stop.signal).then(
        (preview) => setAnswer({ preview, problem: null }),
        (error: unknown) => {
          if (stop.signal.aborted) return;
          setAnswer({ preview: null, problem: error instanceof Error ? error.message : 'No answer came.' });
        },
      );
    }, QUIET_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [campaignId, asked]);
  return answer ?? { preview: known, problem: null };
}

async function ask(campaignId: string, asked: string, signal: AbortSignal): Promise<MatchPreview> {
  const { liveApi } = await import('../../bridge/live.ts');
  const rules = JSON.parse(asked) as ReturnType<typeof rulesOf>;
  return liveApi.campaignMatchRules.preview.query({ campaignId, rules }, { signal });
}
