import { Form, useFetcher } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import type { AdAccount } from '../../../server/domain/ad-accounts/schema.ts';
import type { FormFailure } from '../../bridge/forms.server.ts';
import { paths, withQuery } from '../../lib/paths.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Select } from '../../ui/input.tsx';
import { Panel } from '../../ui/panel.tsx';
import { toast } from '../../ui/toast.ts';
import { useMay } from '../shell/use-account.ts';

export interface AccountActionsProps {
  account: AdAccount;
  /** A run of it waits or works already. */
  isSyncing: boolean;
}

/** Sync now, pause or resume, and the way to disconnect. */
export function AccountActions({ account, isSyncing }: AccountActionsProps) {
  const mayStart = useMay('sync-runs.start');
  const mayWrite = useMay('ad-accounts.write');
  const mayConnect = useMay('ad-accounts.connect');
  const isPaused = account.syncStatus === 'PAUSED';
  const hasEnded = account.connectionState !== null && account.connectionState !== 'CONNECTED';
  return (
    <>
      {mayConnect && account.connectionId && !hasEnded && (
        <LinkButton href={withQuery(paths.connectAdAccounts(), { end: account.connectionId })}>
          Disconnect
        </LinkButton>
      )}
      {mayWrite && (
        <Form method="post">
          <input type="hidden" name="expectedVersion" value={account.version} />
          <Button type="submit" name="intent" value={isPaused ? 'resume' : 'pause'}>
            {isPaused ? 'Resume' : 'Pause'}
          </Button>
        </Form>
      )}
      {mayStart && !isPaused && !hasEnded && <SyncButton isSyncing={isSyncing} />}
    </>
  );
}

/** Answers with the page itself, whose newest run it is; with a script a refusal is a toast. */
function SyncButton({ isSyncing }: { isSyncing: boolean }) {
  const fetcher = useFetcher<FormFailure>();
  const told = useRef<FormFailure | undefined>(undefined);
  const { data } = fetcher;
  useEffect(() => {
    if (!data || told.current === data) return;
    told.current = data;
    toast.error('The sync was not started', data.message);
  }, [data]);
  return (
    <fetcher.Form method="post">
      <Button
        type="submit"
        name="intent"
        value="sync"
        variant="primary"
        isPending={isSyncing || fetcher.state !== 'idle'}
      >
        {isSyncing ? 'Syncing' : 'Sync now'}
      </Button>
    </fetcher.Form>
  );
}

export interface BrandFormProps {
  account: AdAccount;
  brands: readonly { id: string; name: string }[];
  failure: FormFailure | undefined;
}

/** Which brand the account belongs to: that brand's people see it and what runs in it. */
export function BrandForm({ account, brands, failure }: BrandFormProps) {
  const canWrite = useMay('ad-accounts.write');
  const current = brands.find(({ id }) => id === account.brandId)?.name ?? 'No brand';
  return (
    <Panel title="Brand">
      {canWrite ? (
        <Form method="post" className="grid gap-3">
          <input type="hidden" name="expectedVersion" value={account.version} />
          <Field
            name="brandId"
            label="Belongs to"
            hint="Its people see this account and its figures. Platform campaigns may still be attached to any campaign."
            required
            error={failure?.fields.brandId}
          >
            {({ required: _required, ...control }) => (
              <Select
                key={account.version}
                {...control}
                emptyLabel="No brand: the agency alone"
                options={brands.map(({ id, name }) => ({ value: id, label: name }))}
                defaultValue={failure?.values.brandId ?? account.brandId ?? ''}
              />
            )}
          </Field>
          <div>
            <Button type="submit" name="intent" value="brand">
              Save brand
            </Button>
          </div>
        </Form>
      ) : (
        <p>{current}</p>
      )}
    </Panel>
  );
}
