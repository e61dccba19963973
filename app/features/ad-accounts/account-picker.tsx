import { Form, useNavigation } from '@remix-run/react';
import { useRef } from 'react';
import type { AdAccount, FoundAccount } from '../../../server/domain/ad-accounts/schema.ts';
import type { FormFailure } from '../../bridge/forms.server.ts';
import { paths } from '../../lib/paths.ts';
import { StatusDot } from '../../ui/badge.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { FormErrorSummary } from '../../ui/form-error-summary.tsx';
import { Select } from '../../ui/input.tsx';
import { Table } from '../../ui/table.tsx';
import { nativeTone, nativeWord } from './labels.ts';

/** How an account that the platform showed stands here. */
export type PickState = 'new' | 'here' | 'elsewhere' | 'ended';

export interface Pickable extends FoundAccount {
  pick: PickState;
}

export interface AccountPickerProps {
  connectionId: string;
  accounts: readonly Pickable[];
  brands: readonly { id: string; name: string }[];
  failure: FormFailure | undefined;
}

/** An account of this connection is in use through it, through another one, or through one that has ended. */
export function pickState(
  account: FoundAccount,
  known: ReadonlyMap<string, Pick<AdAccount, 'connectionId' | 'connectionState'>>,
  connectionId: string,
): PickState {
  const inUse = account.adAccountId ? known.get(account.adAccountId) : undefined;
  if (!account.adAccountId) return 'new';
  if (inUse?.connectionId === connectionId) return 'here';
  return inUse?.connectionState === 'CONNECTED' ? 'elsewhere' : 'ended';
}

/** The name of the field that holds an account's brand. */
export function brandField(nativeId: string): string {
  return `brand:${nativeId}`;
}

const marks = {
  new: null,
  here: 'In use',
  elsewhere: 'In use through another connection',
  ended: 'In use, but its access has ended',
} as const satisfies Record<PickState, string | null>;

/** The accounts that the platform showed, each with the brand that it belongs to. */
export function AccountPicker({ connectionId, accounts, brands, failure }: AccountPickerProps) {
  const form = useRef<HTMLFormElement>(null);
  const isPending = useNavigation().state !== 'idle';
  const selectAll = () => {
    form.current
      ?.querySelectorAll<HTMLInputElement>('input[name=nativeId]')
      .forEach((box) => (box.checked = true));
  };
  return (
    <Form ref={form} method="post" action={paths.pickAdAccounts(connectionId)} className="grid gap-4">
      <FormErrorSummary formError={failure?.fields.picks ?? failure?.message} />
      <input type="hidden" name="connectionId" value={connectionId} />
      <div className="overflow-clip rounded-lg border border-line">
        <Table label="Ad accounts that the platform showed">
          <thead>
            <tr>
              <th scope="col">Ad account</th>
              <th scope="col">Brand</th>
              <th scope="col">Status there</th>
              <th scope="col">Currency</th>
              <th scope="col">Time zone</th>
              <th scope="col">Held by</th>
            </tr>
          </thead>
          <tbody>{accounts.map((account) => accountRow(account, brands))}</tbody>
        </Table>
      </div>
      {accounts.every(({ pick }) => pick === 'here') ? (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <LinkButton href={paths.adAccounts()} variant="primary">
            To the ad accounts
          </LinkButton>
          <p className="text-muted">All of them are in use already, and their syncs go on.</p>
        </div>
      ) : (
        <div className="flex flex-wrap gap-2">
          <Button type="submit" name="intent" value="pick" variant="primary" isPending={isPending}>
            Take into use and sync
          </Button>
          <Button className="needs-script" onClick={selectAll}>
            Select all
          </Button>
          <LinkButton href={paths.adAccounts()}>Not now</LinkButton>
        </div>
      )}
    </Form>
  );
}

function accountRow(account: Pickable, brands: AccountPickerProps['brands']) {
  const { nativeId, pick } = account;
  const options = brands.map(({ id, name }) => ({ value: id, label: name }));
  const isChecked = pick === 'ended' || guessesBrand(account, brands);
  return (
    <tr key={nativeId}>
      <th scope="row">
        <label className="flex items-start gap-2 py-1 font-medium">
          {pick !== 'here' && (
            <input
              type="checkbox"
              className="checkbox"
              name="nativeId"
              value={nativeId}
              defaultChecked={isChecked}
            />
          )}
          <span className="min-w-0">
            {account.name || nativeId}
            <span className="block text-sm font-normal text-muted">
              {nativeId}
              {marks[pick] && ` · ${marks[pick]}`}
            </span>
          </span>
        </label>
      </th>
      <td>
        {pick === 'here' ? (
          (brands.find(({ id }) => id === account.brandId)?.name ?? '—')
        ) : (
          <Select
            className="min-w-40"
            name={brandField(nativeId)}
            aria-label={`Brand of ${account.name || nativeId}`}
            emptyLabel="No brand"
            options={options}
            defaultValue={account.brandId ?? guessedBrandId(account, brands) ?? ''}
          />
        )}
      </td>
      <td>
        <StatusDot tone={nativeTone(account.nativeStatus)} title={account.nativeStatus ?? ''}>
          {nativeWord(account.nativeStatus)}
        </StatusDot>
      </td>
      <td>{account.currency}</td>
      <td className="quiet">{account.timeZone?.replaceAll('_', ' ')}</td>
      <td className="quiet">{account.holderName ?? '—'}</td>
    </tr>
  );
}

/** Agencies name accounts after their clients; the guess is only what the form begins with. */
function guessedBrandId(account: FoundAccount, brands: AccountPickerProps['brands']): string | null {
  const name = account.name.toLowerCase();
  return brands.find((brand) => name.startsWith(brand.name.toLowerCase()))?.id ?? null;
}

function guessesBrand(account: Pickable, brands: AccountPickerProps['brands']): boolean {
  return account.pick === 'new' && account.isUsable && guessedBrandId(account, brands) !== null;
}
