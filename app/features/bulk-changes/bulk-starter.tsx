import type { BulkNoun } from '../../../server/domain/bulk-changes/schema.ts';
import { paths } from '../../lib/paths.ts';
import { Button } from '../../ui/button.tsx';
import { useMay } from '../shell/use-account.ts';

/** The form that a list's checkboxes belong to, and its button where no script shows the bar. */
export function BulkStarter({
  noun,
  formId,
  isBin,
  returnTo,
}: {
  noun: BulkNoun;
  formId: string;
  isBin: boolean;
  returnTo: string;
}) {
  if (!useMay('bulk-changes.write')) return null;
  return (
    <form id={formId} method="post" action={paths.bulkChanges(noun)} className="needs-no-script bulk-starter">
      <input type="hidden" name="intent" value="choose" />
      <input type="hidden" name="returnTo" value={returnTo} />
      {isBin && <input type="hidden" name="isBin" value="true" />}
      <Button type="submit">{isBin ? 'Restore the selected…' : 'Change the selected…'}</Button>
    </form>
  );
}
