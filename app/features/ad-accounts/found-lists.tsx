import type { FoundByConnection } from '../../../server/domain/ad-accounts/schema.ts';
import { formatDateTime } from '../../lib/format.ts';
import { paths, withQuery } from '../../lib/paths.ts';
import { LinkButton } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PageBody } from '../../ui/page-header.tsx';
import { AccountPicker } from './account-picker.tsx';
import { platformLabels } from './labels.ts';

export interface FoundListsProps {
  found: readonly FoundByConnection[];
  brands: readonly { id: string; name: string }[];
  timeZone: string;
  canConnect: boolean;
}

/** What the connections show and nobody uses, by the permission that shows it. */
export function FoundLists({ found, brands, timeZone, canConnect }: FoundListsProps) {
  if (!canConnect)
    return (
      <EmptyState
        kind="no-right"
        title="Not yours to pick from"
        description="An owner or admin of the agency takes ad accounts into use."
      />
    );
  if (found.length === 0)
    return (
      <EmptyState
        kind="unused"
        title="Every ad account that was found is in use"
        description="The platforms are asked once a day which ad accounts they show. New ones appear here."
        action={{ label: 'Connections', href: paths.connectAdAccounts() }}
      />
    );
  return (
    <PageBody>
      <p className="max-w-160 text-pretty text-muted">
        The platforms show these ad accounts, and nothing is fetched of them. Tick what should be synced, say
        whose it is, and take it into use.
      </p>
      {found.map((group) => (
        <section key={group.connectionId} className="grid gap-3" aria-label={titleOf(group)}>
          <h2 className="text-md">{titleOf(group)}</h2>
          {group.state === 'CONNECTED' ? (
            <AccountPicker
              connectionId={group.connectionId}
              accounts={group.accounts}
              brands={brands}
              q=""
              timeZone={timeZone}
              failure={undefined}
            />
          ) : (
            <EndedAccess group={group} timeZone={timeZone} />
          )}
        </section>
      ))}
    </PageBody>
  );
}

function titleOf({ platform, nativeUserName, accounts }: FoundByConnection): string {
  const count = accounts.length === 1 ? '1 ad account' : `${accounts.length} ad accounts`;
  return `${platformLabels[platform]}, shown to ${nativeUserName ?? 'an unnamed person'}: ${count}`;
}

/** Nothing can be picked through it; the names say what would be there again. */
function EndedAccess({ group, timeZone }: { group: FoundByConnection; timeZone: string }) {
  const { accounts, connectionId } = group;
  const seen = accounts.reduce((last, one) => (one.lastSeenAt > last ? one.lastSeenAt : last), '');
  return (
    <Callout
      tone="warning"
      title="This access has ended"
      actions={
        <LinkButton href={withQuery(paths.connectAdAccounts(), { link: connectionId })}>Reconnect</LinkButton>
      }
    >
      Last listed {formatDateTime(seen || null, timeZone)}: {accounts.map(({ name }) => name).join(', ')}.
    </Callout>
  );
}
