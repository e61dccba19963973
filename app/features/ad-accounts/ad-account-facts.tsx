import type { AdAccount, Connection } from '../../../server/domain/ad-accounts/schema.ts';
import { formatDateTime, formatMoney, formatRelative } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { Badge, StatusDot } from '../../ui/badge.tsx';
import { DetailList, Panel } from '../../ui/panel.tsx';
import { newestDay } from './ad-account-table.tsx';
import {
  accountState,
  connectionLabels,
  connectionTones,
  nativeTone,
  nativeWord,
  platformLabels,
} from './labels.ts';

export interface AdAccountFactsProps {
  account: AdAccount;
  /** null where there is none, or it is not the reader's to see. */
  connection: Connection | null;
  /** User id to name. */
  people: Readonly<Record<string, string>>;
  /** The agency's zone. */
  timeZone: string;
  now: string;
}

/** What the account is, its two clocks, and whose permission it is read with. */
export function AdAccountFacts({ account, connection, people, timeZone, now }: AdAccountFactsProps) {
  const state = accountState(account);
  const nameOf = (userId: string | null) => (userId && people[userId]) || null;
  return (
    <>
      <Panel title="About">
        <DetailList
          details={[
            { term: 'Status', value: <Badge tone={state.tone}>{state.label}</Badge> },
            { term: 'Platform', value: platformLabels[account.platform] },
            {
              term: 'Platform’s id',
              value: <code className="font-mono text-sm select-all">{account.nativeId}</code>,
            },
            {
              term: 'Status there',
              value: (
                <StatusDot tone={nativeTone(account.nativeStatus)} title={account.nativeStatus ?? ''}>
                  {nativeWord(account.nativeStatus)}
                </StatusDot>
              ),
            },
            { term: 'Currency', value: account.currency },
            { term: 'Time zone', value: account.timeZone.replaceAll('_', ' ') },
            { term: 'Daily limit', value: account.dailyLimit && formatMoney(account.dailyLimit) },
            { term: 'Monthly limit', value: account.monthlyLimit && formatMoney(account.monthlyLimit) },
          ]}
        />
      </Panel>
      <Panel title="Freshness">
        <DetailList
          details={[
            {
              term: 'Last success',
              value: account.lastSyncedAt && (
                <time dateTime={account.lastSyncedAt} title={formatDateTime(account.lastSyncedAt, timeZone)}>
                  {formatRelative(account.lastSyncedAt, now)}
                </time>
              ),
            },
            { term: 'Newest day', value: newestDay(account) },
          ]}
        />
      </Panel>
      <Panel title="Access">
        <DetailList
          details={[
            {
              term: 'State',
              value: account.connectionState && (
                <Badge tone={connectionTones[account.connectionState]}>
                  {connectionLabels[account.connectionState]}
                </Badge>
              ),
            },
            { term: 'Allowed by', value: connection?.nativeUserName },
            { term: 'Connected by', value: nameOf(connection?.grantedById ?? account.connectedById) },
            {
              term: 'Since',
              value: formatDateTime(connection?.grantedAt ?? account.connectedAt, timeZone),
            },
            { term: 'Until', value: connection && validUntil(connection, timeZone) },
            { term: 'May', value: connection && connection.scopes.join(', ') },
          ]}
        />
        {connection && (
          <p className="pt-3">
            <a className="link" href={paths.connectAdAccounts()}>
              All connections
            </a>
          </p>
        )}
      </Panel>
    </>
  );
}

function validUntil({ expiresAt }: Connection, timeZone: string): string {
  return expiresAt ? formatDateTime(expiresAt, timeZone) : 'No end date';
}
