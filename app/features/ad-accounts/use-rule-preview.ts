import { useEffect, useState } from 'react';
import type { BrandRulePreview } from '../../../server/domain/brand-rules/schema.ts';
import { areWhole, type RuleRow, rulesOf } from './rule-rows.ts';

const QUIET_MS = 300;

export interface RulePreview {
  preview: BrandRulePreview | null;
  /** Why there is none, in the procedure's words. */
  problem: string | null;
}

/** What rules would do, asked a moment after the last key; until each says all of it, what was known stays. */
export function useRulePreview(
  adAccountId: string,
  rows: readonly RuleRow[],
  known: BrandRulePreview | null,
): RulePreview {
  const [answer, setAnswer] = useState<RulePreview | null>(null);
  const asked = areWhole(rows) ? JSON.stringify(rulesOf(rows)) : null;
  useEffect(() => {
    if (asked === null) return;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      ask(adAccountId, asked, stop.signal).then(
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
  }, [adAccountId, asked]);
  return answer ?? { preview: known, problem: null };
}

async function ask(adAccountId: string, asked: string, signal: AbortSignal): Promise<BrandRulePreview> {
  const { liveApi } = await import('../../bridge/live.ts');
  const rules = JSON.parse(asked) as ReturnType<typeof rulesOf>;
  return liveApi.brandRules.preview.query({ adAccountId, rules }, { signal });
}
