import { Form, useNavigation } from '@remix-run/react';
import { useRef } from 'react';
import type { FoundAccount } from '../../../server/domain/ad-accounts/schema.ts';
import type { FormFailure } from '../../bridge/forms.server.ts';
import { formatDateIn } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { StatusDot } from '../../ui/badge.tsx';
import { Button, LinkButton } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FormErrorSummary } from '../../ui/form-error-summary.tsx';
import { Select } from '../../ui/input.tsx';
import { Table } from '../../ui/table.tsx';
import { type FoundLine, toFoundLines } from './found-tree.ts';
import { nativeTone, nativeWord } from './labels.ts';

/** How an account that the platform showed stands here. */
export type PickState = 'new' | 'here' | 'elsewhere' | 'ended' | 'gone';

export interface AccountPickerProps {
  connectionId: string;
  accounts: readonly FoundAccount[];
  brands: readonly { id: string; name: string }[];
  /** What is searched for; empty shows all. */
  q: string;
  timeZone: string;
  failure: FormFailure | undefined;
}

/** An account is in use through this connection, through another one, or through one that has ended. */
export function pickState(account: FoundAccount, connectionId: string): PickState {
  const { adAccountId, usedThrough, vanishedAt } = account;
  if (adAccountId !== null && usedThrough?.connectionId === connectionId) return 'here';
  if (vanishedAt !== null) return 'gone';
  if (adAccountId === null) return 'new';
  return usedThrough?.state === 'CONNECTED' ? 'elsewhere' : 'ended';
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
  gone: 'No longer listed there',
} as const satisfies Record<PickState, string | null>;

/** What the platform showed, below its managers, each account with the brand that it belongs to. */
export function AccountPicker(props: AccountPickerProps) {
  const { connectionId, accounts, q, failure } = props;
  const form = useRef<HTMLFormElement>(null);
  const isPending = useNavigation().state !== 'idle';
  const lines = toFoundLines(accounts, q);
  const pickable = new Set(
    accounts
      .filter((account) => !account.isManager && !isSettled(pickState(account, connectionId)))
      .map(({ nativeId }) => nativeId),
  );
  /** Ticks what can be picked among these accounts. */
  const tick = (nativeIds: readonly string[]) => {
    const wanted = new Set(nativeIds);
    form.current?.querySelectorAll<HTMLInputElement>('input[name=nativeId]').forEach((box) => {
      if (wanted.has(box.value)) box.checked = true;
    });
  };
  if (lines.length === 0)
    return (
      <EmptyState
        kind="no-result"
        title="Nothing found"
        description="No ad account that the platform showed is called so, nor a manager above one."
        action={{ label: 'Show all', href: paths.pickAdAccounts(connectionId) }}
      />
    );
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
              <th scope="col">Found</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) =>
              line.account.isManager ? (
                <ManagerRow
                  key={line.account.nativeId}
                  line={line}
                  pickable={line.below.filter((nativeId) => pickable.has(nativeId))}
                  onPick={tick}
                />
              ) : (
                accountRow(line, props)
              ),
            )}
          </tbody>
        </Table>
      </div>
      {pickable.size === 0 ? (
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
          <Button className="needs-script" onClick={() => tick([...pickable])}>
            Select all
          </Button>
          <LinkButton href={paths.adAccounts()}>Not now</LinkButton>
        </div>
      )}
    </Form>
  );
}

/** Nothing is to be decided of it. */
function isSettled(pick: PickState): boolean {
  return pick === 'here' || pick === 'gone';
}

interface ManagerRowProps {
  line: FoundLine<FoundAccount>;
  /** What is below it and not in use. */
  pickable: readonly string[];
  onPick: (nativeIds: readonly string[]) => void;
}

function ManagerRow({ line: { account, depth }, pickable, onPick }: ManagerRowProps) {
  const name = account.name || account.nativeId;
  return (
    <tr className="tree-heading">
      <th scope="rowgroup" colSpan={6}>
        <div
          className="tree-line flex w-max max-w-[calc(100vw-4rem)] flex-wrap items-center gap-x-3 whitespace-normal"
          data-depth={depth}
        >
          <span>
            {name} <span className="font-normal text-muted">{account.nativeId} · manager</span>
          </span>
          {pickable.length > 0 && (
            <Button
              className="needs-script"
              variant="quiet"
              size="small"
              aria-label={`Select all ${pickable.length} below ${name}`}
              onClick={() => onPick(pickable)}
            >
              Select all {pickable.length}
            </Button>
          )}
        </div>
      </th>
    </tr>
  );
}

function accountRow({ account, depth }: FoundLine<FoundAccount>, props: AccountPickerProps) {
  const { connectionId, brands, timeZone } = props;
  const { nativeId } = account;
  const pick = pickState(account, connectionId);
  const isPickable = !isSettled(pick);
  const options = brands.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <tr key={nativeId}>
      <th scope="row">
        <label className="tree-line flex items-start gap-2 py-1 font-medium" data-depth={depth}>
          {isPickable && (
            <input
              type="checkbox"
              className="checkbox"
              name="nativeId"
              value={nativeId}
              defaultChecked={pick === 'ended' || (pick === 'new' && guessesBrand(account, brands))}
            />
          )}
          <span className="min-w-0 whitespace-normal max-md:w-36">
            {account.name || nativeId}
            <span className="block text-sm font-normal text-muted">
              {nativeId}
              {marks[pick] && ` · ${marks[pick]}`}
              {depth === 0 && account.holderName && ` · held by ${account.holderName}`}
            </span>
          </span>
        </label>
      </th>
      <td>
        {isPickable ? (
          <Select
            className="min-w-32 md:min-w-40"
            name={brandField(nativeId)}
            aria-label={`Brand of ${account.name || nativeId}`}
            emptyLabel="No brand"
            options={options}
            defaultValue={account.brandId ?? guessedBrandId(account, brands) ?? ''}
          />
        ) : (
          (brands.find(({ id }) => id === account.brandId)?.name ?? '—')
        )}
      </td>
      <td>
        <StatusDot tone={nativeTone(account.nativeStatus)} title={account.nativeStatus ?? ''}>
          {nativeWord(account.nativeStatus)}
        </StatusDot>
      </td>
      <td>{account.currency}</td>
      <td className="quiet">{account.timeZone?.replaceAll('_', ' ')}</td>
      <td className="quiet">
        {account.vanishedAt
          ? `Gone since ${formatDateIn(account.vanishedAt, timeZone)}`
          : formatDateIn(account.firstSeenAt, timeZone)}
      </td>
    </tr>
  );
}

/** Agencies name accounts after their clients; the guess is only what the form begins with. */
function guessedBrandId(account: FoundAccount, brands: AccountPickerProps['brands']): string | null {
  const name = account.name.toLowerCase();
  return brands.find((brand) => name.startsWith(brand.name.toLowerCase()))?.id ?? null;
}

function guessesBrand(account: FoundAccount, brands: AccountPickerProps['brands']): boolean {
  return account.isUsable && guessedBrandId(account, brands) !== null;
}
