import type { CreatorPlatform } from '../../../../server/domain/creator-platforms/schema.ts';
import type { CreatorSyncRun } from '../../../../server/domain/creator-sync/schema.ts';
import { platformLabels } from '../../../../server/domain/creators/fields.ts';
import type { Creator } from '../../../../server/domain/creators/schema.ts';
import { paths } from '../../../lib/paths.ts';
import { LinkButton } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { useTimeZone } from '../../shell/use-account.ts';
import { AccountActions, OneButton } from './account-actions.tsx';
import { AccountCard } from './account-card.tsx';
import { ConnectPanel, type ConnectPanelProps } from './connect-panel.tsx';
import { useCanChange } from './profile-page.tsx';
import { SyncRunTable } from './sync-run-table.tsx';
import { useLiveAccounts } from './use-live-accounts.ts';

export interface AccountsViewProps extends Pick<ConnectPanelProps, 'options' | 'links' | 'made' | 'people'> {
  creator: Creator;
  accounts: readonly CreatorPlatform[];
  /** Those that were taken off. */
  archived: readonly CreatorPlatform[];
  runs: readonly CreatorSyncRun[];
  now: string;
}

/** A creator's accounts: connecting them, writing them by hand, and what was fetched. */
export function AccountsView(props: AccountsViewProps) {
  const { creator, archived, options, links, made, people } = props;
  const timeZone = useTimeZone();
  const canChange = useCanChange(creator);
  const { value, news, at } = useLiveAccounts(creator.id, props);
  const now = at ?? props.now;
  return (
    <>
      <p className="sr-only" role="status">
        {news}
      </p>
      {canChange && (
        <ConnectPanel
          creator={creator}
          options={options}
          links={links}
          made={made}
          people={people}
          timeZone={timeZone}
        />
      )}
      <Accounts creator={creator} accounts={value.accounts} canChange={canChange} now={now} />
      {canChange && archived.length > 0 && <Archived archived={archived} />}
      <SyncRunTable runs={value.runs} timeZone={timeZone} now={now} />
    </>
  );
}

interface AccountsProps {
  creator: Creator;
  accounts: readonly CreatorPlatform[];
  canChange: boolean;
  now: string;
}

function Accounts({ creator, accounts, canChange, now }: AccountsProps) {
  const timeZone = useTimeZone();
  const add = canChange && (
    <LinkButton href={paths.newCreatorPlatform(creator.id)} size="small">
      Add by hand
    </LinkButton>
  );
  return (
    <Panel title="Accounts" padded={false} actions={add}>
      {accounts.length === 0 ? (
        <EmptyState
          kind="unused"
          title="No accounts yet"
          description="Connect one, or write a handle and its figures by hand."
        />
      ) : (
        <div className="account-cards">
          {accounts.map((account) => (
            <AccountCard
              key={account.id}
              account={account}
              timeZone={timeZone}
              now={now}
              actions={canChange && <AccountActions account={account} today={now.slice(0, 10)} />}
            />
          ))}
        </div>
      )}
    </Panel>
  );
}

function Archived({ archived }: { archived: readonly CreatorPlatform[] }) {
  return (
    <Panel title="Taken off" description="Their history is kept.">
      <ul className="grid gap-2">
        {archived.map(({ id, version, platform, handle }) => {
          const name = `${platformLabels[platform]} @${handle}`;
          return (
            <li key={id} className="flex items-center justify-between gap-3">
              <span className="min-w-0 break-words">{name}</span>
              <OneButton id={id} version={version} intent="restore-account" label="Bring back" name={name} />
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
