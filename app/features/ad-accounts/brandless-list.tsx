import { Form, useNavigation } from '@remix-run/react';
import type { AdAccount } from '../../../server/domain/ad-accounts/schema.ts';
import { paths } from '../../lib/paths.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Select } from '../../ui/input.tsx';
import { PageBody } from '../../ui/page-header.tsx';
import { Table } from '../../ui/table.tsx';
import { useMay } from '../shell/use-account.ts';
import { AccountCell } from './account-cell.tsx';
import { brandField } from './account-picker.tsx';

export interface BrandlessListProps {
  accounts: readonly Pick<AdAccount, 'id' | 'name' | 'platform' | 'nativeId' | 'currency'>[];
  brands: readonly { id: string; name: string }[];
}

/** Accounts in use that are nobody's: only those who see the whole agency see their figures. */
export function BrandlessList({ accounts, brands }: BrandlessListProps) {
  const canWrite = useMay('ad-accounts.write');
  const isPending = useNavigation().state === 'submitting';
  const options = brands.map(({ id, name }) => ({ value: id, label: name }));
  if (accounts.length === 0)
    return (
      <EmptyState
        kind="no-result"
        title="Every ad account has a brand"
        description="Each belongs to one brand, or rules share its campaigns between several."
        action={{ label: 'To the ad accounts', href: paths.adAccounts() }}
      />
    );
  return (
    <PageBody>
      <p className="max-w-160 text-pretty text-muted">
        These ad accounts are synced and belong to no brand: a brand’s people do not see them. An account that
        several brands share is opened to give it rules.
      </p>
      <Form method="post" action={`${paths.adAccounts()}?index`} className="grid gap-4">
        <div className="overflow-clip rounded-lg border border-line">
          <Table label="Ad accounts without a brand">
            <thead>
              <tr>
                <th scope="col">Ad account</th>
                <th scope="col">Currency</th>
                {canWrite && <th scope="col">Brand</th>}
              </tr>
            </thead>
            <tbody>
              {accounts.map((account) => (
                <tr key={account.id}>
                  <AccountCell account={account} />
                  <td>{account.currency}</td>
                  {canWrite && (
                    <td>
                      <Select
                        className="min-w-40"
                        name={brandField(account.id)}
                        aria-label={`Brand of ${account.name}`}
                        emptyLabel="No brand"
                        options={options}
                      />
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </Table>
        </div>
        {canWrite && (
          <div>
            <Button type="submit" name="intent" value="brands" variant="primary" isPending={isPending}>
              Save brands
            </Button>
          </div>
        )}
      </Form>
    </PageBody>
  );
}
