import type { SyncRun } from '../../../server/domain/sync/schema.ts';
import {
  formatDate,
  formatDateTime,
  formatMoney,
  formatMoneyExact,
  formatRelative,
} from '../../lib/format.ts';
import { paths, withQuery } from '../../lib/paths.ts';
import { StatusDot } from '../../ui/badge.tsx';
import { grantUntil } from './attention.ts';
import { accountState, nativeTone, nativeWord } from './labels.ts';
import type { TreeLine } from './tree-lines.ts';

type Money = NonNullable<TreeLine['dailyLimit']>;

/** Whose an account is: its own brand's, or its campaigns are shared out by rules. */
export function brandCell({ brandId, brandIds }: TreeLine, brands: Readonly<Record<string, string>>) {
  const own = brandId === null ? null : (brands[brandId] ?? 'Another brand');
  const shared = brandIds.map((id) => brands[id] ?? 'another brand').join(', ');
  if (shared === '') return own ?? <span className="text-muted">No brand</span>;
  return (
    <>
      <span title={shared}>Shared: {shared}</span>
      {own && <span className="line-note">else {own}</span>}
    </>
  );
}

/** How its sync stands; of one that runs, how far it is. */
export function stateCell(line: TreeLine, run: SyncRun | undefined) {
  const { label, tone } = accountState(line);
  if (run?.status === 'SYNCING') {
    const isCut = run.slicesTotal > 1;
    return (
      <>
        <StatusDot tone="accent">{run.work === 'BACKFILL' ? 'Bringing in history' : 'Syncing'}</StatusDot>
        {isCut && (
          <progress
            className="meter line-meter"
            aria-label={`${run.slicesDone} of ${run.slicesTotal} parts in`}
            title={`${run.slicesDone} of ${run.slicesTotal} parts in`}
            value={run.slicesDone}
            max={run.slicesTotal}
          />
        )}
      </>
    );
  }
  return (
    <>
      <StatusDot tone={tone}>{label}</StatusDot>
      {line.vanishedAt !== null ? (
        <span className="line-note text-warning-ink">No longer listed there</span>
      ) : (
        tone === 'danger' &&
        line.syncError && (
          <span className="line-note line-clip" title={line.syncError}>
            {line.syncError}
          </span>
        )
      )}
    </>
  );
}

/** The two clocks: when it last went well, and how far the figures reach. */
export function clocksCell(line: TreeLine, { now, timeZone }: { now: string; timeZone: string }) {
  const { lastSyncedAt, newestBusinessDate, today, isLate } = line;
  return (
    <>
      {lastSyncedAt ? (
        <time dateTime={lastSyncedAt} title={formatDateTime(lastSyncedAt, timeZone)}>
          {formatRelative(lastSyncedAt, now)}
        </time>
      ) : (
        <span className="text-muted">Never synced</span>
      )}
      <span className={isLate ? 'line-note text-warning-ink' : 'line-note'}>
        {newestBusinessDate === null
          ? 'No figures yet'
          : newestBusinessDate === today
            ? 'Figures to today, partial'
            : `${isLate ? 'Late: figures' : 'Figures'} to ${formatDate(newestBusinessDate)}`}
      </span>
    </>
  );
}

interface AccessContext {
  now: string;
  /** User id to name. */
  people: Readonly<Record<string, string>>;
  canConnect: boolean;
}

/** Who allowed it and until when; what has ended or soon will offers the way to renew it. */
export function accessCell(line: TreeLine, { now, people, canConnect }: AccessContext) {
  const { grantedBy, connectionId } = line;
  const { tone, words } = grantUntil(line, now);
  const here = grantedBy?.userId ? people[grantedBy.userId] : undefined;
  const who = grantedBy && (grantedBy.nativeUserName ?? here ?? 'Unknown person');
  const colour = { quiet: '', warning: ' text-warning-ink', danger: ' text-danger-ink' }[tone];
  return (
    <>
      {who && <span title={here ? `Connected here by ${here}` : undefined}>{who}</span>}
      <span className={`${who ? 'line-note' : ''}${colour}`}>
        {words}
        {canConnect && tone !== 'quiet' && connectionId && (
          <>
            {' · '}
            <a className="link" href={withQuery(paths.connectAdAccounts(), { link: connectionId })}>
              Reconnect
            </a>
          </>
        )}
      </span>
    </>
  );
}

/** The limits that the agency set, with what is spent of them. */
export function limitsCell({ dailyLimit, monthlyLimit, spend }: TreeLine) {
  if (!spend || (!dailyLimit && !monthlyLimit)) return <span className="text-muted">—</span>;
  const note = spend.isWhole ? '' : ', of the campaigns that you see';
  return (
    <>
      {dailyLimit && <Limit spent={spend.today} limit={dailyLimit} of={`today${note}`} />}
      {monthlyLimit && <Limit spent={spend.month} limit={monthlyLimit} of={`this month${note}`} />}
    </>
  );
}

export interface LimitProps {
  spent: Money;
  limit: Money;
  /** "today", "this month". */
  of: string;
}

/** The words say it exactly; the bar shows the share. */
export function Limit({ spent, limit, of }: LimitProps) {
  const share = Number(limit.amount) > 0 ? Number(spent.amount) / Number(limit.amount) : 1;
  return (
    <span className="limit" title={`${formatMoneyExact(spent)} of ${formatMoneyExact(limit)} ${of}`}>
      <span className={share > 1 ? 'text-danger-ink' : undefined}>
        {formatMoney(spent)} of {formatMoney(limit)} {of.split(',')[0]}
        {share > 1 && ', over'}
      </span>
      <progress
        className="meter"
        data-tone={share > 1 ? 'danger' : share > 0.9 ? 'warning' : undefined}
        aria-hidden="true"
        value={Math.min(share, 1)}
        max={1}
      />
    </span>
  );
}

/** Its money and its days: both are the account's own, whatever the agency's are. */
export function basisCell({ currency, timeZone, localTime, today }: TreeLine) {
  return (
    <>
      {currency}
      <span className="line-note" title={`It is ${formatDate(today)} there`}>
        {timeZone.replaceAll('_', ' ')}
        {localTime && ` · ${localTime}`}
      </span>
    </>
  );
}

export function nativeCell({ nativeStatus }: TreeLine) {
  return (
    <StatusDot tone={nativeTone(nativeStatus)} title={nativeStatus ?? ''}>
      {nativeWord(nativeStatus)}
    </StatusDot>
  );
}
