import { useState, type MouseEvent } from 'react';
import type { RangeLimits, SyncRun } from '../../../server/domain/sync/schema.ts';
import { paths } from '../../lib/paths.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useMay } from '../shell/use-account.ts';
import { isLive, isStopping } from './labels.ts';
import { RangeForm } from './range-form.tsx';
import { IntentButton } from './sync-buttons.tsx';

export interface RunActionsProps {
  run: SyncRun;
  /** null where no range of the account can be asked for. */
  limits: RangeLimits | null;
}

/** Stop a run, let it go on, or fetch its days once more. */
export function RunActions({ run, limits }: RunActionsProps) {
  const mayStart = useMay('sync-runs.start');
  if (!mayStart) return null;
  return (
    <>
      {limits && <PullRange run={run} limits={limits} />}
      {run.status === 'PAUSED' && (
        <IntentButton intent="resume" variant="primary">
          Resume
        </IntentButton>
      )}
      {isLive(run) && (
        <IntentButton intent="stop" isBusy={isStopping(run)}>
          {isStopping(run) ? 'Stopping' : 'Stop'}
        </IntentButton>
      )}
      {(run.status === 'SUCCESS' || run.status === 'ERROR') && limits && (
        <IntentButton intent="again" variant="primary">
          Run again
        </IntentButton>
      )}
    </>
  );
}

/** A link to the form's page; with a script the same form opens over this one. */
function PullRange({ run, limits }: { run: SyncRun; limits: RangeLimits }) {
  const [isOpen, setIsOpen] = useState(false);
  const range = {
    from: clamp(run.windowStart ?? limits.today, limits),
    to: clamp(run.windowEnd ?? limits.today, limits),
  };
  const open = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    setIsOpen(true);
  };
  return (
    <>
      <LinkButton href={paths.syncRange(run.adAccountId, range)} aria-haspopup="dialog" onClick={open}>
        Pull a range again
      </LinkButton>
      <Dialog
        isOpen={isOpen}
        onClose={() => setIsOpen(false)}
        title="Pull a range again"
        description={limits.adAccountName}
      >
        <RangeForm limits={limits} values={range} failure={undefined} />
      </Dialog>
    </>
  );
}

/** A day within what the platform keeps. */
function clamp(day: string, { oldest, today }: RangeLimits): string {
  if (day < oldest) return oldest;
  return day > today ? today : day;
}
