import { X } from 'lucide-react';
import { useState } from 'react';
import type { BulkNoun, RefusedRecords } from '../../../server/domain/bulk-changes/schema.ts';
import { paths } from '../../lib/paths.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import type { BulkSelection } from './bulk-answer.ts';
import { BulkDialog } from './bulk-dialog.tsx';
import { bulkWords, countOf } from './bulk-fields.ts';
import { RefusalList } from './refusal-list.tsx';
import type { BulkPick } from './use-bulk-selection.ts';
import { useBulkChange } from './use-bulk-change.ts';

export interface BulkBarProps {
  noun: BulkNoun;
  pick: BulkPick;
  /** What the list shows, as its query string. */
  query: string;
  /** How many match; above 10,000 not all can be taken. */
  total: number;
  /** Whether the list is the recycle bin. */
  isBin: boolean;
  /** The list's own address. */
  returnTo: string;
}

const MOST = 10_000;

/** What can be done with the selected rows: at the bottom while any are, and afterwards with what was refused. */
export function BulkBar({ noun, pick, query, total, isBin, returnTo }: BulkBarProps) {
  const [isEditing, setIsEditing] = useState(false);
  const [refused, setRefused] = useState<readonly RefusedRecords[]>([]);
  const { send, isBusy, answer } = useBulkChange(({ result }) => {
    setIsEditing(false);
    setRefused(result.refused);
    pick.keep(result.refused.flatMap(({ recordIds }) => recordIds));
  });
  const selection: BulkSelection = {
    noun,
    recordIds: pick.isAll ? [] : pick.selectedIds,
    list: pick.isAll ? query : null,
    expectedCount: pick.isAll ? total : null,
    isBin,
    returnTo,
  };
  const clear = () => {
    setRefused([]);
    pick.clear();
  };
  const isShown = pick.count > 0 || refused.length > 0;
  return (
    <>
      <p className="sr-only" role="status">
        {pick.count > 0 ? `${countOf(noun, pick.count)} selected` : ''}
      </p>
      {isShown && (
        <section className="bulk-bar" aria-label="Selected rows" aria-busy={isBusy}>
          <Picked noun={noun} pick={pick} total={total} />
          {refused.length > 0 && <Refused noun={noun} refused={refused} />}
          {pick.count > 0 && (
            <Acts
              selection={selection}
              isBusy={isBusy}
              onEdit={() => setIsEditing(true)}
              onSend={(act) => send(selection, act)}
            />
          )}
          <Button variant="quiet" iconOnly aria-label="Clear the selection" onClick={clear}>
            <X aria-hidden="true" />
          </Button>
        </section>
      )}
      <BulkDialog
        isOpen={isEditing}
        onClose={() => setIsEditing(false)}
        selection={selection}
        count={pick.count}
        isBusy={isBusy}
        failure={answer?.kind === 'failure' ? answer.failure : undefined}
        onSend={(form) => send(selection, 'edit', form)}
      />
    </>
  );
}

function Picked({ noun, pick, total }: Pick<BulkBarProps, 'noun' | 'pick' | 'total'>) {
  const { count, isAll, canTakeAll, takeAll } = pick;
  if (count === 0) return null;
  return (
    <span className="bulk-count">
      <strong className="font-medium">
        {isAll ? `All ${countOf(noun, count)} that match` : `${count.toLocaleString('en')} selected`}
      </strong>
      {canTakeAll && total <= MOST && (
        <Button variant="quiet" size="small" onClick={takeAll}>
          Select all {countOf(noun, total)}
        </Button>
      )}
      {canTakeAll && total > MOST && (
        <span className="text-muted">Narrow the list to 10,000 to select all</span>
      )}
    </span>
  );
}

interface ActsProps {
  selection: BulkSelection;
  isBusy: boolean;
  onEdit: () => void;
  onSend: (act: 'archive' | 'restore') => void;
}

function Acts({ selection, isBusy, onEdit, onSend }: ActsProps) {
  const merge = mergeHref(selection);
  if (selection.isBin) {
    return (
      <Button variant="primary" isPending={isBusy} onClick={() => onSend('restore')}>
        Restore
      </Button>
    );
  }
  return (
    <span className="flex flex-wrap gap-2">
      {merge !== null && <LinkButton href={merge}>Merge</LinkButton>}
      <Button isPending={isBusy} onClick={() => onSend('archive')}>
        Delete
      </Button>
      <Button variant="primary" isPending={isBusy} onClick={onEdit}>
        Edit
      </Button>
    </span>
  );
}

/** Two records are merged on a page of their own; the first that was selected stays. */
function mergeHref({ noun, recordIds }: BulkSelection): string | null {
  const [keepId, mergeId] = recordIds;
  if (recordIds.length !== 2 || keepId === undefined || mergeId === undefined) return null;
  if (noun === 'COMPANY') return paths.mergeCompany(keepId, mergeId);
  return noun === 'CONTACT' ? paths.mergeContact(keepId, mergeId) : null;
}

function Refused({ noun, refused }: { noun: BulkNoun; refused: readonly RefusedRecords[] }) {
  const [isOpen, setIsOpen] = useState(false);
  const count = refused.reduce((sum, group) => sum + group.count, 0);
  return (
    <>
      <Button variant="quiet" size="small" className="text-danger-ink" onClick={() => setIsOpen(true)}>
        {count.toLocaleString('en')} refused: why?
      </Button>
      <Dialog
        isOpen={isOpen}
        onClose={() => setIsOpen(false)}
        title={`${countOf(noun, count)} refused`}
        description={`Nothing of these ${bulkWords[noun].many} was changed.`}
      >
        <RefusalList noun={noun} refused={refused} />
      </Dialog>
    </>
  );
}
