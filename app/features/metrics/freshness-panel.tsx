import type { FreshnessMark as Mark } from '../../../server/domain/metrics/dashboard-schema.ts';
import { paths } from '../../lib/paths.ts';
import { Panel } from '../../ui/panel.tsx';
import { platformLabel } from '../ad-accounts/labels.ts';
import { zoneWords } from '../sync/labels.ts';
import { FRESHNESS_ID, FreshnessMark } from './freshness-mark.tsx';
import type { ReaderClock } from './freshness-words.ts';

export interface FreshnessPanelProps extends ReaderClock {
  freshness: readonly Mark[];
}

const FEW = 6;

/** Both clocks of each account, the worst first, with why; a page of many shows the worst and folds the others. */
export function FreshnessPanel({ freshness, ...reader }: FreshnessPanelProps) {
  if (freshness.length === 0) return null;
  const [first, others] = [freshness.slice(0, FEW), freshness.slice(FEW)];
  return (
    <div id={FRESHNESS_ID} tabIndex={-1} className="scroll-mt-4">
      <Panel title="Freshness">
        <Marks marks={first} reader={reader} />
        {others.length > 0 && (
          <details className="pt-3">
            <summary className="inline-flex min-h-6 items-center rounded-sm text-link">
              {others.length === 1 ? '1 more ad account' : `${others.length} more ad accounts`}
            </summary>
            <div className="pt-3">
              <Marks marks={others} reader={reader} />
            </div>
          </details>
        )}
      </Panel>
    </div>
  );
}

function Marks({ marks, reader }: { marks: readonly Mark[]; reader: ReaderClock }) {
  return (
    <ul className="grid gap-3">
      {marks.map((mark) => (
        <li key={mark.adAccountId}>
          <a className="link break-words" href={paths.adAccount(mark.adAccountId)}>
            {mark.name}
          </a>
          <p className="text-sm text-muted">
            {platformLabel(mark.platform)} · {mark.currency} · {zoneWords(mark.timeZone)}
          </p>
          <FreshnessMark mark={mark} {...reader} />
          <p className="text-sm break-words text-muted">{mark.reason}</p>
        </li>
      ))}
    </ul>
  );
}
