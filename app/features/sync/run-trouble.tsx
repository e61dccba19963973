import type { SyncRunDetail } from '../../../server/domain/sync/schema.ts';
import { formatCapped, formatDateTime } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Callout, type CalloutTone } from '../../ui/callout.tsx';
import { DetailList } from '../../ui/panel.tsx';
import { useMay } from '../shell/use-account.ts';
import { isStopping, soonWords } from './labels.ts';

export interface RunTroubleProps {
  run: SyncRunDetail;
  /** Who stopped it, where somebody did. */
  stoppedBy: string | null;
  /** The reader's zone. */
  timeZone: string;
  now: string;
}

/** What keeps a run from its end, what the platform said of it, what that means, and what to do. */
export function RunTrouble(props: RunTroubleProps) {
  const { run } = props;
  return (
    <>
      <Stopped {...props} />
      {run.error !== null && <Failure {...props} error={run.error} />}
      {run.note && (
        <Callout tone="info" title="It is done, with something left out">
          {run.note}
        </Callout>
      )}
    </>
  );
}

function Failure({ run, timeZone, now, error }: RunTroubleProps & { error: string }) {
  const { tone, title } = standing(run);
  const details = [
    { term: 'What it means', value: run.meaning?.what },
    // Who stopped a run has said what is to be done.
    { term: 'What to do', value: run.status === 'PAUSED' ? null : run.meaning?.whatToDo },
    { term: 'The platform said', value: run.platformMessage && <q>{run.platformMessage}</q> },
    { term: 'Code', value: run.errorCode && <code className="font-mono text-sm">{run.errorCode}</code> },
  ].filter(({ value }) => value);
  const next = run.status === 'PENDING' ? run.nextAttemptAt : null;
  return (
    <Callout tone={tone} title={title} actions={<Help run={run} />}>
      <p>
        {error}
        {next && (
          <>
            {' '}
            It is tried again{' '}
            <time dateTime={next} title={formatDateTime(next, timeZone)}>
              {soonWords(next, now)}
            </time>
            .
          </>
        )}
      </p>
      {details.length > 0 && (
        <div className="pt-2">
          <DetailList details={details} />
        </div>
      )}
    </Callout>
  );
}

function standing({ status, slicesDone }: SyncRunDetail): { tone: CalloutTone; title: string } {
  switch (status) {
    case 'ERROR':
      return {
        tone: 'danger',
        title:
          slicesDone > 0
            ? 'This sync failed; what it brought in stays, and so do the figures of before'
            : 'This sync failed; the figures of before stand',
      };
    case 'PENDING':
      return { tone: 'warning', title: 'This sync waits before its next try' };
    case 'SYNCING':
      return { tone: 'info', title: 'The last try did not go through; this one is at work' };
    default:
      return { tone: 'info', title: 'What went wrong before it was stopped' };
  }
}

/** The way to what is to be done, for who may do it. */
function Help({ run: { meaning, adAccountId, windowStart, windowEnd } }: { run: SyncRunDetail }) {
  const mayConnect = useMay('ad-accounts.connect');
  const maySet = useMay('platform-settings.write');
  const mayStart = useMay('sync-runs.start');
  if (meaning?.help === 'reconnect' && mayConnect)
    return (
      <LinkButton href={paths.connectAdAccounts()} size="small">
        Connections
      </LinkButton>
    );
  if (meaning?.help === 'settings' && maySet)
    return (
      <LinkButton href={paths.settingsPlatforms()} size="small">
        Platform settings
      </LinkButton>
    );
  if (meaning?.help === 'range' && mayStart) {
    const range = windowStart && windowEnd ? { from: windowStart, to: windowEnd } : {};
    return (
      <LinkButton href={paths.syncRange(adAccountId, range)} size="small">
        Pull a shorter range
      </LinkButton>
    );
  }
  return null;
}

function Stopped({ run, stoppedBy, timeZone }: RunTroubleProps) {
  if (run.status !== 'PAUSED' && !isStopping(run)) return null;
  const who = stoppedBy ?? 'Somebody';
  const rest = run.slicesTotal - run.slicesDone;
  if (isStopping(run))
    return (
      <Callout tone="info" title="It is being stopped">
        {who} stopped it. It ends at its next safe point, within seconds.
      </Callout>
    );
  return (
    <Callout tone="info" title={`${who} stopped this sync on ${formatDateTime(run.finishedAt, timeZone)}`}>
      {rest > 0
        ? `What came in stays. ${rest} of ${formatCapped(run.slicesTotal, 'slice', 'slices', Infinity)} still to come; it can go on with the rest.`
        : 'What came in stays, and it can go on.'}
    </Callout>
  );
}
