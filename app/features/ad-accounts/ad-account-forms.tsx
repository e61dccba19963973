import { Form, useFetcher } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import type { AdAccount } from '../../../server/domain/ad-accounts/schema.ts';
import type { FormFailure } from '../../bridge/forms.server.ts';
import { paths, withQuery } from '../../lib/paths.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { toast } from '../../ui/toast.ts';
import { useMay } from '../shell/use-account.ts';
import { hasEnded } from './attention.ts';

export interface AccountActionsProps {
  account: AdAccount;
  now: string;
}

/** Sync now, pause or resume, and the way to disconnect; of one that is out of use, the way back. */
export function AccountActions({ account, now }: AccountActionsProps) {
  const mayStart = useMay('sync-runs.start');
  const mayWrite = useMay('ad-accounts.write');
  const mayConnect = useMay('ad-accounts.connect');
  if (account.isManager) return null;
  if (!account.isActive)
    return mayConnect && <ChangeButton account={account} intent="restore" label="Use again" />;
  const isPaused = account.syncStatus === 'PAUSED';
  const isOver = hasEnded(account, now);
  const isFetched = account.source !== 'FILE';
  return (
    <>
      {mayConnect && isOver && <ChangeButton account={account} intent="archive" label="Take out of use" />}
      {mayConnect && account.connectionId && !isOver && (
        <LinkButton href={withQuery(paths.connectAdAccounts(), { end: account.connectionId })}>
          Disconnect
        </LinkButton>
      )}
      {mayWrite && isFetched && (
        <ChangeButton
          account={account}
          intent={isPaused ? 'resume' : 'pause'}
          label={isPaused ? 'Resume' : 'Pause'}
        />
      )}
      {mayStart && isFetched && !isPaused && !isOver && (
        <SyncButton isSyncing={account.syncStatus === 'SYNCING' || account.syncStatus === 'PENDING'} />
      )}
    </>
  );
}

interface ChangeButtonProps {
  account: Pick<AdAccount, 'version'>;
  intent: string;
  label: string;
}

function ChangeButton({ account, intent, label }: ChangeButtonProps) {
  return (
    <Form method="post">
      <input type="hidden" name="expectedVersion" value={account.version} />
      <Button type="submit" name="intent" value={intent}>
        {label}
      </Button>
    </Form>
  );
}

/** Answers with the page itself, whose newest run it is; with a script a refusal is a toast. */
function SyncButton({ isSyncing }: { isSyncing: boolean }) {
  const fetcher = useFetcher<{ failure?: FormFailure }>();
  const told = useRef<FormFailure | undefined>(undefined);
  const failure = fetcher.data?.failure;
  useEffect(() => {
    if (!failure || told.current === failure) return;
    told.current = failure;
    toast.error('The sync was not started', failure.message);
  }, [failure]);
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
