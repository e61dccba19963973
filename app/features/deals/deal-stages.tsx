import type { Deal, StageHistory } from '../../../server/domain/deals/schema.ts';
import { paths } from '../../lib/paths.ts';
import { Badge } from '../../ui/badge.tsx';
import { Panel } from '../../ui/panel.tsx';
import { dealStatusLabels, dealStatusTones, stageLabels, stageOrder } from './labels.ts';
import { ClosingFields, type OfferedReason, StageButtons } from './stage-form.tsx';
import { StageHistoryList } from './stage-history.tsx';

export interface DealStagesProps {
  deal: Deal;
  canMove: boolean;
  history: StageHistory;
  reasons: readonly OfferedReason[];
  /** The agency's zone. */
  timeZone: string;
}

/** Where a deal stands and stood, and the forms that move it. Plain posts: they work before any script. */
export function DealStages({ deal, canMove, history, reasons, timeZone }: DealStagesProps) {
  const action = paths.dealStage(deal.id);
  const reached = stageOrder.indexOf(deal.stage);
  return (
    <Panel
      title="Stage"
      actions={<Badge tone={dealStatusTones[deal.status]}>{dealStatusLabels[deal.status]}</Badge>}
    >
      <div id="stage" className="grid gap-4">
        <ol className="grid grid-cols-5 gap-1 text-xs sm:text-sm" aria-label="Stages">
          {stageOrder.map((stage, index) => (
            <li
              key={stage}
              className={`truncate rounded-sm px-0.5 py-1 text-center ${index <= reached ? 'bg-accent-soft font-medium text-accent-ink' : 'bg-active text-muted'}`}
              aria-current={stage === deal.stage ? 'step' : undefined}
            >
              {stageLabels[stage]}
            </li>
          ))}
        </ol>
        {deal.closeReason && <p className="break-words text-muted">Reason: {deal.closeReason}</p>}
        {canMove && (
          <details>
            <summary className="link">Move this deal</summary>
            <div className="grid gap-4 pt-3 sm:grid-cols-2">
              <form method="post" action={action}>
                <StageButtons current={deal.stage} />
              </form>
              <form method="post" action={action}>
                <ClosingFields idPrefix="page-" reasons={reasons} />
              </form>
            </div>
          </details>
        )}
        <StageHistoryList history={history} timeZone={timeZone} />
      </div>
    </Panel>
  );
}
