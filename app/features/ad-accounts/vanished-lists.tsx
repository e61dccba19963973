import { Form } from '@remix-run/react';
import type { VanishedAccounts } from '../../../server/domain/ad-accounts/schema.ts';
import { formatDate, formatDateTime } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PageBody } from '../../ui/page-header.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Table } from '../../ui/table.tsx';
import { AccountCell } from './account-cell.tsx';
import { platformLabels } from './labels.ts';

export interface VanishedListsProps {
  vanished: VanishedAccounts;
  timeZone: string;
  /** Whether the reader may take accounts out of use. */
  canArchive: boolean;
}

/** What the platforms no longer list: what that means, since when, and how far the figures that stay reach. */
export function VanishedLists({ vanished, timeZone, canArchive }: VanishedListsProps) {
  const { inUse, found } = vanished;
  if (inUse.length === 0 && found.length === 0)
    return (
      <EmptyState
        kind="no-result"
        title="Nothing has vanished"
        description="Every ad account is still listed by its platform. One that no longer is would stand here, its figures kept."
        action={{ label: 'To the ad accounts', href: paths.adAccounts() }}
      />
    );
  return (
    <PageBody>
      <p className="max-w-160 text-pretty text-muted">
        Their platform no longer lists them to the permission that they are read with: they were closed, or
        that person lost them. Figures that are here stay. Where an account should come on, somebody who still
        sees it connects; else take it out of use.
      </p>
      {inUse.length > 0 && (
        <Panel title="In use" padded={false}>
          <InUse accounts={inUse} timeZone={timeZone} canArchive={canArchive} />
        </Panel>
      )}
      {found.length > 0 && (
        <Panel title="Never taken into use" padded={false}>
          <NeverUsed found={found} timeZone={timeZone} />
        </Panel>
      )}
    </PageBody>
  );
}

type InUseProps = Omit<VanishedListsProps, 'vanished'> & { accounts: VanishedAccounts['inUse'] };

function InUse({ accounts, timeZone, canArchive }: InUseProps) {
  return (
    <Table label="Vanished ad accounts in use">
      <thead>
        <tr>
          <th scope="col">Ad account</th>
          <th scope="col">No longer listed since</th>
          <th scope="col">Figures kept</th>
          {canArchive && (
            <th scope="col">
              <span className="sr-only">What to do</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {accounts.map((account) => (
          <tr key={account.id}>
            <AccountCell account={account} />
            <td>{formatDateTime(account.vanishedAt, timeZone)}</td>
            <td>
              {account.newestBusinessDate ? `to ${formatDate(account.newestBusinessDate)}` : 'none came in'}
            </td>
            {canArchive && (
              <td>
                <Form method="post" action={`${paths.adAccounts()}?index`}>
                  <input type="hidden" name="adAccountId" value={account.id} />
                  <input type="hidden" name="expectedVersion" value={account.version} />
                  <Button
                    type="submit"
                    name="intent"
                    value="archive"
                    size="small"
                    aria-label={`Take ${account.name} out of use`}
                  >
                    Take out of use
                  </Button>
                </Form>
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function NeverUsed({ found, timeZone }: { found: VanishedAccounts['found']; timeZone: string }) {
  return (
    <Table label="Vanished ad accounts that were never used">
      <thead>
        <tr>
          <th scope="col">Ad account</th>
          <th scope="col">No longer listed since</th>
          <th scope="col">Was shown to</th>
        </tr>
      </thead>
      <tbody>
        {found.flatMap(({ connectionId, platform, nativeUserName, accounts }) =>
          accounts.map(({ nativeId, name, vanishedAt }) => (
            <tr key={`${connectionId} ${nativeId}`}>
              <th scope="row">
                {name || nativeId}
                <span className="line-note">
                  {platformLabels[platform]} {nativeId}
                </span>
              </th>
              <td>{formatDateTime(vanishedAt, timeZone)}</td>
              <td>{nativeUserName ?? 'an unnamed person'}</td>
            </tr>
          )),
        )}
      </tbody>
    </Table>
  );
}
