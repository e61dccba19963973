import type { ReactNode } from 'react';
import type { AccountSpend, AdAccount, Connection } from '../../../server/domain/ad-accounts/schema.ts';
import { formatDate, formatDateTime, formatMoney, formatRelative } from '../../lib/format.ts';
import { paths, withQuery } from '../../lib/paths.ts';
import { Badge, StatusDot } from '../../ui/badge.tsx';
import { LinkButton } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { type Detail, DetailList, Panel } from '../../ui/panel.tsx';
import { grantUntil } from './attention.ts';
import {
  accountState,
  connectionLabels,
  connectionTones,
  nativeTone,
  nativeWord,
  platformLabels,
} from './labels.ts';
import { withoutScope } from './scope-words.ts';
import { Limit } from './tree-cells.tsx';
import { localTime } from './tree-lines.ts';

export interface AdAccountFactsProps {
  account: AdAccount;
  /** null where there is none, or it is not the reader's to see. */
  connection: Connection | null;
  /** null for a manager. */
  spend: AccountSpend | null;
  /** User id to name. */
  people: Readonly<Record<string, string>>;
  /** The reader's zone. */
  timeZone: string;
  canConnect: boolean;
  now: string;
}

/** What the account is, its two clocks, what is spent of its limits, and whose permission it is read with. */
export function AdAccountFacts(props: AdAccountFactsProps) {
  const { account, spend } = props;
  return (
    <>
      <About {...props} />
      {!account.isManager && (
        <>
          <Panel title="Freshness">
            <DetailList details={clocks(props)} />
          </Panel>
          {spend && <Spent account={account} spend={spend} />}
          <Access {...props} />
        </>
      )}
    </>
  );
}

function About({ account, now }: AdAccountFactsProps) {
  const state = accountState(account);
  const clock = localTime(now, account.timeZone);
  const details: (Detail | false)[] = [
    !account.isManager && { term: 'Sync', value: <Badge tone={state.tone}>{state.label}</Badge> },
    { term: 'Platform', value: platformLabels[account.platform] },
    {
      term: 'Platform’s id',
      value: (
        <span className="flex flex-wrap items-center gap-2">
          <code className="font-mono text-sm select-all">{account.nativeId}</code>
          <CopyButton value={account.nativeId} label="Copy" />
        </span>
      ),
    },
    {
      term: 'Status there',
      value: (
        <StatusDot tone={nativeTone(account.nativeStatus)} title={account.nativeStatus ?? ''}>
          {nativeWord(account.nativeStatus)}
        </StatusDot>
      ),
    },
    !account.isManager && { term: 'Currency', value: account.currency },
    !account.isManager && { term: 'Time zone', value: account.timeZone.replaceAll('_', ' ') },
    !account.isManager && { term: 'It is there', value: clock && `${clock}, ${formatDate(account.today)}` },
  ];
  return (
    <Panel title="About">
      <DetailList details={details.filter((detail) => detail !== false)} />
    </Panel>
  );
}

function clocks({ account, timeZone, now }: AdAccountFactsProps): Detail[] {
  const { lastSyncedAt, newestBusinessDate, isLate, backfilledFrom } = account;
  return [
    {
      term: 'Last success',
      value: lastSyncedAt && (
        <time dateTime={lastSyncedAt} title={formatDateTime(lastSyncedAt, timeZone)}>
          {formatRelative(lastSyncedAt, now)}
        </time>
      ),
    },
    {
      term: 'Figures to',
      value: (
        <>
          {newestDay(account)} {isLate && <Badge tone="warning">Late</Badge>}
          {isLate && (
            <span className="block text-sm text-muted">
              By nine in its own day they should cover the day before.
            </span>
          )}
        </>
      ),
    },
    { term: 'Figures from', value: newestBusinessDate && backfilledFrom && formatDate(backfilledFrom) },
  ];
}

/** The newest business day that the figures cover; the account's own today is partial. */
export function newestDay({ newestBusinessDate, today }: AdAccount): string {
  const day = formatDate(newestBusinessDate);
  return newestBusinessDate === today ? `${day}, partial` : day;
}

function Spent({ account, spend }: { account: AdAccount; spend: AccountSpend }) {
  const line = (limit: AdAccount['dailyLimit'], spent: AccountSpend['today'], of: string): ReactNode =>
    limit ? <Limit spent={spent} limit={limit} of={of} /> : `${formatMoney(spent)}, no limit set`;
  return (
    <Panel
      title="Spent"
      {...(!spend.isWhole && { description: 'Of the campaigns that you see, which need not be all.' })}
    >
      <DetailList
        details={[
          { term: 'Today', value: line(account.dailyLimit, spend.today, 'today') },
          { term: 'This month', value: line(account.monthlyLimit, spend.month, 'this month') },
        ]}
      />
    </Panel>
  );
}

function Access(props: AdAccountFactsProps) {
  const { account, connection, people, timeZone, canConnect, now } = props;
  const nameOf = (userId: string | null) => (userId && people[userId]) || null;
  const until = grantUntil(account, now);
  const colour = { quiet: undefined, warning: 'text-warning-ink', danger: 'text-danger-ink' }[until.tone];
  const state = account.connectionState;
  return (
    <Panel title="Access">
      <DetailList
        details={[
          {
            term: 'State',
            value: state ? (
              <Badge tone={connectionTones[state]}>{connectionLabels[state]}</Badge>
            ) : (
              account.source === 'FILE' && 'By files'
            ),
          },
          { term: 'Allowed by', value: connection?.nativeUserName },
          { term: 'Connected by', value: nameOf(connection?.grantedById ?? account.connectedById) },
          { term: 'Since', value: formatDateTime(connection?.grantedAt ?? account.connectedAt, timeZone) },
          {
            term: 'Until',
            value: connection && (
              <span
                className={colour}
                title={connection.expiresAt ? formatDateTime(connection.expiresAt, timeZone) : ''}
              >
                {connection.isRenewed && until.tone === 'quiet' ? 'Renewed by itself' : until.words}
              </span>
            ),
          },
          { term: 'Not allowed', value: connection?.missingScopes.map(withoutScope).join('; ') || null },
        ]}
      />
      {connection && canConnect && (
        <div className="flex flex-wrap gap-2 pt-3">
          <LinkButton size="small" href={withQuery(paths.connectAdAccounts(), { link: connection.id })}>
            Reconnect link
          </LinkButton>
          <LinkButton size="small" variant="quiet" href={paths.connectAdAccounts()}>
            All connections
          </LinkButton>
        </div>
      )}
    </Panel>
  );
}
