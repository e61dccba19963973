import { useFetcher, useLocation } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';
import { toast } from '../../ui/toast.ts';

/** What an archive or restore answers to a script; without one the page is simply shown again. */
export interface ArchiveAnswer {
  intent: 'archive' | 'restore';
  name: string;
}

interface ArchiveButtonProps {
  version: number;
  isOffered: boolean;
}

/**
 * The button that moves a record to the recycle bin. With a script, a toast offers the way back for ten seconds, wherever
 * its reader went meanwhile; the component stays behind the button, to hear that the record is back.
 */
function ArchiveButton({ version, isOffered }: ArchiveButtonProps) {
  const { pathname } = useLocation();
  const fetcher = useFetcher<ArchiveAnswer>();
  const told = useRef<ArchiveAnswer | null>(null);
  const { data, submit } = fetcher;
  useEffect(() => {
    if (!data || told.current === data) return;
    told.current = data;
    if (data.intent === 'restore') toast.success(`${data.name} is back`);
    else
      toast.undo({
        message: `${data.name} deleted`,
        onUndo: () => submit({ intent: 'restore' }, { method: 'post', action: pathname }),
      });
  }, [data, submit, pathname]);
  if (!isOffered) return null;
  return (
    <fetcher.Form method="post">
      <input type="hidden" name="expectedVersion" value={version} />
      <Button type="submit" name="intent" value="archive" isPending={fetcher.state !== 'idle'}>
        Delete
      </Button>
    </fetcher.Form>
  );
}

export interface RecordActionsProps {
  record: { isActive: boolean; version: number };
  editHref: string;
  canWrite: boolean;
}

/** What a record's page offers at its top; nothing to who may only read, or in the recycle bin. */
export function RecordActions({ record, editHref, canWrite }: RecordActionsProps) {
  if (!canWrite) return null;
  return (
    <>
      <ArchiveButton version={record.version} isOffered={record.isActive} />
      {record.isActive && (
        <LinkButton
          href={editHref}
          variant="primary"
          data-shortcut="edit"
          aria-keyshortcuts="e"
          title="Edit (e)"
        >
          Edit
        </LinkButton>
      )}
    </>
  );
}

/** What stands over a record in the recycle bin. */
export function ArchivedCallout({ noun, canRestore }: { noun: string; canRestore: boolean }) {
  return (
    <Callout
      tone="warning"
      title={`This ${noun} is in the recycle bin`}
      actions={
        canRestore && (
          <form method="post">
            <Button type="submit" name="intent" value="restore">
              Restore
            </Button>
          </form>
        )
      }
    >
      It is hidden from lists and totals; everything that belongs to it is kept.
    </Callout>
  );
}
