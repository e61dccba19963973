import { Form, useNavigation } from '@remix-run/react';
import { paths } from '../../lib/paths.ts';
import { Button } from '../../ui/button.tsx';
import { useMay } from '../shell/use-account.ts';

/** The form that the tree's checkboxes belong to, wherever they stand. */
export const BULK_FORM = 'bulk-accounts';

/** What can be done to the accounts that are ticked. The stylesheet shows it, and counts, once one is. */
export function BulkAccounts({ back }: { back: string }) {
  const isPending = useNavigation().state === 'submitting';
  const mayStart = useMay('sync-runs.start');
  const mayWrite = useMay('ad-accounts.write');
  return (
    <Form id={BULK_FORM} method="post" action={`${paths.adAccounts()}?index`} className="tree-bulk">
      <input type="hidden" name="back" value={back} />
      <span className="tree-bulk-count" />
      {mayStart && (
        <Button type="submit" name="intent" value="sync" isPending={isPending}>
          Sync now
        </Button>
      )}
      {mayWrite && (
        <>
          <Button type="submit" name="intent" value="pause">
            Pause
          </Button>
          <Button type="submit" name="intent" value="resume">
            Resume
          </Button>
        </>
      )}
      <Button type="reset" variant="quiet">
        Clear
      </Button>
    </Form>
  );
}
